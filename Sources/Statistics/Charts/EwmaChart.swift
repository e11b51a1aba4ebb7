import RealModule

/// Exponentially weighted moving average with limits that widen from the start.
///
/// - Formula: `z_t = λ y_t + (1 − λ) z_{t−1}`, `z_0 = μ₀`; limits `μ₀ ± L σ √(λ/(2 − λ)·(1 − (1 − λ)^{2t}))`.
/// - Reference: Roberts 1959; NIST/SEMATECH e-Handbook 6.3.2.4; Lucas & Saccucci 1990, *Technometrics* 32:1.
/// - Start values: λ 0.1, L 2.814 (one false alarm in 500 observations, see ``RunLength``).
/// - Smallest n: mean and sd from ≥ 100 observations, else mark the chart provisional.
/// - Do not use it on autocorrelated or seasonal series: chart the forecast's residual.
package struct EwmaChart: Sendable, Equatable {
    package let points: [ChartPoint]

    /// Position (from 0) of the first alarm; `nil` = none.
    package var firstAlarm: Int? { points.firstIndex(where: \.isAlarm) }

    /// Runs the chart; `nil` when λ is outside 0 < λ ≤ 1, σ or L not positive, or a value not finite.
    package static func run(
        values: [Double], mean: Double, sigma: Double, lambda: Double = 0.1, width: Double = 2.814
    ) -> EwmaChart? {
        guard lambda > 0, lambda <= 1, sigma > 0, sigma.isFinite, width > 0, width.isFinite, mean.isFinite,
            values.allSatisfy(\.isFinite)
        else { return nil }
        var level = mean
        var decay = 1.0
        let keep = (1 - lambda) * (1 - lambda)
        var points: [ChartPoint] = []
        points.reserveCapacity(values.count)
        for value in values {
            level = lambda * value + (1 - lambda) * level
            decay *= keep
            let half = width * sigma * Double.sqrt(lambda / (2 - lambda) * (1 - decay))
            points.append(ChartPoint(value: level, lower: mean - half, upper: mean + half))
        }
        return EwmaChart(points: points)
    }
}
