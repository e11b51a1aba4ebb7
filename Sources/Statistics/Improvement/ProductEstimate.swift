/// Mean and spread of a product of independent uncertain factors (people × share × hours).
///
/// - Formula: mean = Πμ; variance = Π(μ² + σ²) − Πμ² (exact).
/// - Reference: Goodman 1960, *JASA* 55:708.
/// - Assumes independence. Estimates that were picked because they are high shrink later (winner's curse).
package struct ProductEstimate: Sendable, Equatable {
    package let mean: Double
    package let standardDeviation: Double

    /// A factor with its standard deviation, from data or a named estimate.
    package struct Factor: Sendable, Equatable {
        package let mean: Double
        package let standardDeviation: Double

        package init(mean: Double, standardDeviation: Double) {
            self.mean = mean
            self.standardDeviation = standardDeviation
        }
    }

    /// `nil` without factors, or for a negative deviation or a number that is not finite.
    package init?(_ factors: [Factor]) {
        guard !factors.isEmpty,
            factors.allSatisfy({ $0.mean.isFinite && $0.standardDeviation >= 0 && $0.standardDeviation.isFinite })
        else { return nil }
        mean = factors.reduce(1) { $0 * $1.mean }
        let second = factors.reduce(1.0) { $0 * ($1.mean * $1.mean + $1.standardDeviation * $1.standardDeviation) }
        standardDeviation = max(0, second - mean * mean).squareRoot()
    }

    /// P(first > second) for two independent, about normal estimates; `nil` when both are certain.
    package static func probabilityFirstLarger(_ first: Factor, _ second: Factor) -> Double? {
        let variance =
            first.standardDeviation * first.standardDeviation
            + second.standardDeviation * second.standardDeviation
        guard variance > 0, variance.isFinite else { return nil }
        return Normal.cdf((first.mean - second.mean) / variance.squareRoot())
    }
}
