import RealModule

/// How a quantile is read off n ordered values.
///
/// Reference: Hyndman & Fan 1996, Am. Stat. 50:361 (the numbers are theirs). A promise to a person uses
/// ``invertedCDF``: an interpolated quantile can lie below every value that was ever reached.
package enum QuantileType: String, Sendable, CaseIterable, Codable {
    /// Type 1: the first value whose share of values at or below it reaches p. Always an observed value.
    case invertedCDF
    /// Type 4: linear between the steps of the empirical distribution.
    case interpolatedInvertedCDF
    /// Type 5 (Hazen).
    case hazen
    /// Type 6 (Weibull).
    case weibull
    /// Type 7: linear between order statistics; the default of R, numpy and spreadsheets.
    case linear
    /// Type 8: about median-unbiased whatever the distribution.
    case medianUnbiased
    /// Type 9: about unbiased for normal data.
    case normalUnbiased
    /// The order statistic at or below position (n - 1)p.
    case lower
    /// The order statistic at or above position (n - 1)p.
    case higher

    /// The two zero-based order statistics and the weight of the second, for n ≥ 1 values and 0 ≤ p ≤ 1.
    package func position(_ p: Double, count n: Int) -> (low: Int, high: Int, fraction: Double) {
        let size = Double(n)
        let last = n - 1
        let virtual: Double
        switch self {
        case .invertedCDF:
            let index = min(max(Int((size * p).rounded(.up)) - 1, 0), last)
            return (index, index, 0)
        case .lower:
            let index = min(max(Int(((size - 1) * p).rounded(.down)), 0), last)
            return (index, index, 0)
        case .higher:
            let index = min(max(Int(((size - 1) * p).rounded(.up)), 0), last)
            return (index, index, 0)
        case .linear: virtual = (size - 1) * p
        case .interpolatedInvertedCDF: virtual = Self.index(size, p, 0, 1)
        case .hazen: virtual = Self.index(size, p, 0.5, 0.5)
        case .weibull: virtual = Self.index(size, p, 0, 0)
        case .medianUnbiased: virtual = Self.index(size, p, 1.0 / 3, 1.0 / 3)
        case .normalUnbiased: virtual = Self.index(size, p, 3.0 / 8, 3.0 / 8)
        }
        let clamped = min(max(virtual, 0), Double(last))
        let low = Int(clamped)
        return (low, min(low + 1, last), clamped - Double(low))
    }

    private static func index(_ n: Double, _ p: Double, _ alpha: Double, _ beta: Double) -> Double {
        n * p + (alpha + p * (1 - alpha - beta)) - 1
    }
}
