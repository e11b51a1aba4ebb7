/// The forecast every other has to beat: the value of the same season a period ago.
///
/// - Reference: Hyndman & Koehler 2006, *Int. J. Forecasting* 22:679 (MASE).
/// - Smallest n: one full season; without one, the mean of the last four values (``recentMean(_:)``).
package enum SeasonalNaive {
    /// Forecasts for 1...horizon steps after the series; `nil` with less than one season or a horizon outside
    /// 1...10,000.
    package static func forecast(_ values: [Double], period: Int, horizon: Int) -> [Double]? {
        guard period >= 1, values.count >= period, (1...10_000).contains(horizon) else { return nil }
        let last = values.suffix(period)
        return (0..<horizon).map { last[last.startIndex + $0 % period] }
    }

    /// Mean of the last four values: all that can be said with less than a season. `nil` without values.
    package static func recentMean(_ values: [Double]) -> Double? {
        let recent = values.suffix(4)
        return recent.isEmpty ? nil : recent.reduce(0, +) / Double(recent.count)
    }
}

/// Size of forecast errors.
package enum ForecastError {
    /// Mean absolute error; `nil` when lengths differ or nothing is given.
    package static func meanAbsolute(actual: [Double], forecast: [Double]) -> Double? {
        guard !actual.isEmpty, actual.count == forecast.count else { return nil }
        return zip(actual, forecast).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(actual.count)
    }

    /// Mean absolute scaled error: MAE over the in-sample MAE of the seasonal naive forecast. Below 1 beats it.
    ///
    /// - Returns: `nil` when `training` holds no more than one season or never changes from season to season.
    package static func scaled(
        actual: [Double], forecast: [Double], training: [Double], period: Int
    ) -> Double? {
        guard period >= 1, training.count > period,
            let error = meanAbsolute(actual: actual, forecast: forecast),
            let scale = meanAbsolute(
                actual: Array(training.dropFirst(period)), forecast: Array(training.dropLast(period))), scale > 0
        else { return nil }
        return error / scale
    }
}
