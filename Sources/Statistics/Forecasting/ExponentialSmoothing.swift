import RealModule

/// ETS(A,A,A): additive Holt–Winters in error-correction form.
///
/// - Formula: `f = l + b + s`, `e = y − f`, `l' = l + b + αe`, `b' = b + βe`, `s' = s + γe`; forecast `l + h b + s`;
///   variance `σ²[1 + Σ_{j<h} c_j²]`, `c_j = α + βj + γ·1{m | j}`, σ² = SSE/n.
/// - Reference: Hyndman, Koehler, Ord & Snyder 2008, *Forecasting with Exponential Smoothing*, ch. 2 and 6; Winters 1960.
/// - Units: those of the series. Assumes additive season and errors of constant spread.
/// - Smallest n: two full seasons. The analytic interval ignores that parameters were estimated; widen it with
///   rolling-origin errors. Do not use it where it does not beat the seasonal naive forecast: ask ``ForecastChoice``.
package struct ExponentialSmoothing: Sendable, Equatable {
    /// Smoothing of level, trend and season, in error-correction form.
    package struct Parameters: Sendable, Equatable {
        package let alpha: Double
        package let beta: Double
        package let gamma: Double

        package init(alpha: Double, beta: Double, gamma: Double) {
            self.alpha = alpha
            self.beta = beta
            self.gamma = gamma
        }
    }

    /// Level, trend and seasonal effects; the effect for time t is at `t mod period`.
    package struct State: Sendable, Equatable {
        package var level: Double
        package var trend: Double
        package var season: [Double]

        package init(level: Double, trend: Double, season: [Double]) {
            self.level = level
            self.trend = trend
            self.season = season
        }
    }

    package let parameters: Parameters
    /// One-step forecasts of the observed values.
    package let fitted: [Double]
    package let sumOfSquares: Double
    /// State after the last observation.
    package let final: State

    /// Error variance, SSE/n.
    package var variance: Double { fitted.isEmpty ? 0 : sumOfSquares / Double(fitted.count) }

    /// Gaussian log-likelihood at the estimated variance.
    package var logLikelihood: Double {
        let n = Double(fitted.count)
        return -n / 2 * (Double.log(2 * Double.pi * variance) + 1)
    }

    /// Runs the filter over a series from a given state.
    ///
    /// - Returns: `nil` for no value, a season without effects, or a number that is not finite.
    package static func run(_ values: [Double], parameters: Parameters, initial: State) -> ExponentialSmoothing? {
        let period = initial.season.count
        guard !values.isEmpty, period >= 1, values.allSatisfy(\.isFinite) else { return nil }
        var state = initial
        var fitted: [Double] = []
        fitted.reserveCapacity(values.count)
        var squares = 0.0
        for (time, value) in values.enumerated() {
            let slot = time % period
            let forecast = state.level + state.trend + state.season[slot]
            let error = value - forecast
            fitted.append(forecast)
            squares += error * error
            state.level += state.trend + parameters.alpha * error
            state.trend += parameters.beta * error
            state.season[slot] += parameters.gamma * error
        }
        guard squares.isFinite, state.level.isFinite else { return nil }
        return ExponentialSmoothing(
            parameters: parameters, fitted: fitted, sumOfSquares: squares, final: state)
    }

    /// One forecast with its analytic interval.
    package struct Forecast: Sendable, Equatable {
        package let mean: Double
        /// Standard deviation of the future value, parameters taken as known.
        package let deviation: Double
        package let lower: Double
        package let upper: Double
    }

    /// Forecasts for 1...horizon steps; empty for a horizon outside 1...10,000 or a level outside 0 < level < 1.
    package func forecast(horizon: Int, level: Double = 0.95) -> [Forecast] {
        guard (1...10_000).contains(horizon), level > 0, level < 1 else { return [] }
        let z = Normal.twoSidedZ(level)
        let period = final.season.count
        var spread = 1.0
        return (1...horizon).map { step in
            if step > 1 {
                let lag = step - 1
                let weight =
                    parameters.alpha + parameters.beta * Double(lag)
                    + (lag % period == 0 ? parameters.gamma : 0)
                spread += weight * weight
            }
            let mean =
                final.level + Double(step) * final.trend
                + final.season[(fitted.count + step - 1) % period]
            let deviation = (variance * spread).squareRoot()
            return Forecast(
                mean: mean, deviation: deviation, lower: mean - z * deviation, upper: mean + z * deviation)
        }
    }
}
