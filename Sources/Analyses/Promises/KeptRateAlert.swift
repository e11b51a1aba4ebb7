internal import Statistics

/// Has a service's kept rate shifted? Laney's p′ chart over periods, its width set by the false alarms one will stand.
///
/// Limits are estimated from the periods before the last one, so that the period judged does not widen its own limits.
/// Below 20 earlier periods the answer is provisional; below 8 there is none.
package struct KeptRateAlert: Sendable, Hashable {
    package var share: Double
    package var lower: Double
    package var upper: Double
    /// Overdispersion σz: above 1, periods differ more than chance alone would make them.
    package var dispersion: Double
    package var hasShifted: Bool
    package var isProvisional: Bool
    /// False alarms a year of this chart at these limits.
    package var falseAlarmsPerYear: Double

    /// - Parameters:
    ///   - kept: promises kept a period, oldest first; the last one is judged.
    ///   - judged: promises judged a period; periods without any are left out.
    package static func judge(
        kept: [Int], judged: [Int], periodsPerYear: Double, falseAlarmsPerYear: Double = 1
    ) -> KeptRateAlert? {
        let pairs = zip(kept, judged).filter { $0.1 > 0 && $0.0 >= 0 && $0.0 <= $0.1 }
        guard pairs.count > 8, kept.count == judged.count, let last = pairs.last, falseAlarmsPerYear > 0,
            let runLength = AlarmRate.runLengthNeeded(
                streams: 1, observationsPerYear: periodsPerYear, alarmsPerYear: falseAlarmsPerYear),
            runLength > 1
        else { return nil }
        let before = pairs.dropLast()
        let width = Normal.quantile(1 - 1 / (2 * runLength))
        guard
            let chart = ProportionChart.make(
                events: before.map { Double($0.0) }, totals: before.map { Double($0.1) }, width: width)
        else { return nil }
        let dispersion = max(1, chart.dispersion ?? 1)
        let n = Double(last.1)
        let share = Double(last.0) / n
        // A history without a single failure (or success) still has an error: one half of one is assumed.
        let total = before.reduce(0) { $0 + Double($1.1) }
        let centre = min(max(chart.centre, 0.5 / total), 1 - 0.5 / total)
        let reach = width * dispersion * (centre * (1 - centre) / n).squareRoot()
        return KeptRateAlert(
            share: share, lower: max(0, centre - reach), upper: min(1, centre + reach), dispersion: dispersion,
            hasShifted: share < centre - reach || share > centre + reach, isProvisional: before.count < 20,
            falseAlarmsPerYear: falseAlarmsPerYear)
    }
}
