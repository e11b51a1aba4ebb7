/// Which forecast to show: ETS only where it beats the seasonal naive on the past.
///
/// - Rule: rolling origins over the last season(s); both methods forecast `horizon` steps from each; ETS is used only when its
///   mean absolute error is smaller (MASE relative to naive < 1). Less than two seasons: seasonal naive. Less than one:
///   mean of four. The interval is ETS's, or empirical from the naive errors.
/// - Reference: Hyndman & Koehler 2006; Tashman 2000 (rolling origin), *Int. J. Forecasting* 16:437.
package struct ForecastChoice: Sendable, Equatable {
    package enum Method: String, Sendable {
        case exponentialSmoothing
        case seasonalNaive
        case recentMean
    }

    package let method: Method
    package let forecast: [Double]
    /// Error of ETS over error of seasonal naive at rolling origins; `nil` when they could not be compared.
    package let relativeError: Double?

    /// Chooses and forecasts.
    ///
    /// - Returns: `nil` for no value, a value that is not finite, a period below 1 or a horizon outside 1...1000.
    package static func choose(
        _ values: [Double], period: Int, horizon: Int, origins: Int = 6
    ) -> ForecastChoice? {
        guard let recent = SeasonalNaive.recentMean(values), values.allSatisfy(\.isFinite), period >= 1,
            (1...1000).contains(horizon)
        else { return nil }
        guard let naive = SeasonalNaive.forecast(values, period: period, horizon: horizon) else {
            return ForecastChoice(
                method: .recentMean, forecast: Array(repeating: recent, count: horizon), relativeError: nil)
        }
        guard let relative = relativeError(values, period: period, horizon: horizon, origins: origins), relative < 1,
            let model = ExponentialSmoothing.fit(values, period: period)
        else {
            let error = relativeError(values, period: period, horizon: horizon, origins: origins)
            return ForecastChoice(method: .seasonalNaive, forecast: naive, relativeError: error)
        }
        return ForecastChoice(
            method: .exponentialSmoothing, forecast: model.forecast(horizon: horizon).map(\.mean),
            relativeError: relative)
    }

    /// Mean absolute error of ETS over that of seasonal naive; origins lie `horizon` apart, counted back from the end.
    package static func relativeError(
        _ values: [Double], period: Int, horizon: Int, origins: Int
    ) -> Double? {
        var ets = 0.0
        var naive = 0.0
        var compared = 0
        let step = max(1, min(horizon, period / 2 + 1))
        for origin in 1...max(1, min(origins, 50)) {
            let cut = values.count - origin * step
            guard cut >= 2 * period else { break }
            let training = Array(values[..<cut])
            let actual = Array(values[cut..<min(cut + horizon, values.count)])
            guard let model = ExponentialSmoothing.fit(training, period: period),
                let simple = SeasonalNaive.forecast(training, period: period, horizon: actual.count)
            else { continue }
            let smooth = model.forecast(horizon: actual.count).map(\.mean)
            ets += ForecastError.meanAbsolute(actual: actual, forecast: smooth) ?? 0
            naive += ForecastError.meanAbsolute(actual: actual, forecast: simple) ?? 0
            compared += 1
        }
        return compared > 0 && naive > 0 ? ets / naive : nil
    }
}
