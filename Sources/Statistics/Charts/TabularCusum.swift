/// Two-sided tabular CUSUM of standardised values.
///
/// - Formula: `C⁺ = max(0, C⁺ + z − k)`, `C⁻ = max(0, C⁻ − z − k)`, alarm when either exceeds `h`; the change is placed
///   after the last observation at which the alarming sum was zero.
/// - Reference: Page 1954; Montgomery, *Introduction to Statistical Quality Control*, ch. 9; NIST e-Handbook 6.3.2.3.
/// - Start values: k 0.5, h 5 (one false alarm in 465, see ``RunLength``).
/// - Smallest n: mean and sd from ≥ 100 observations. Do not use it on autocorrelated or seasonal series.
package struct TabularCusum: Sendable, Equatable {
    package let upper: [Double]
    package let lower: [Double]
    /// Position (from 0) of the first alarm; `nil` = none.
    package let firstAlarm: Int?
    /// Number of observations before the change that the first alarm points at; `nil` = no alarm.
    package let changeAfter: Int?

    /// Runs the chart; `nil` when σ or h is not positive, k negative, or a value not finite.
    package static func run(
        values: [Double], mean: Double, sigma: Double, reference k: Double = 0.5, decision h: Double = 5
    ) -> TabularCusum? {
        guard sigma > 0, sigma.isFinite, k >= 0, k.isFinite, h > 0, mean.isFinite, values.allSatisfy(\.isFinite)
        else { return nil }
        var plus = 0.0
        var minus = 0.0
        var plusZero = 0
        var minusZero = 0
        var uppers: [Double] = []
        var lowers: [Double] = []
        var alarm: Int?
        var change: Int?
        for (index, value) in values.enumerated() {
            let z = (value - mean) / sigma
            plus = max(0, plus + z - k)
            minus = max(0, minus - z - k)
            if plus == 0 { plusZero = index + 1 }
            if minus == 0 { minusZero = index + 1 }
            uppers.append(plus)
            lowers.append(minus)
            if alarm == nil, plus > h || minus > h {
                alarm = index
                change = plus > h ? plusZero : minusZero
            }
        }
        return TabularCusum(upper: uppers, lower: lowers, firstAlarm: alarm, changeAfter: change)
    }
}
