/// Confidence intervals for one proportion.
///
/// Default is ``wilson``: right on average also for small n and for shares near 0 and 1 (Brown, Cai & DasGupta 2001).
/// `successes` and `n` may be fractional, so that weighted data enter with the effective n; independence is assumed,
/// so clustered answers (many from one person) need their design effect first. Smallest sensible n: 10; below, show
/// nothing (``SmallSampleRule``). The Wald interval p ± z·se is left out on purpose.
package enum ProportionInterval: String, Sendable, CaseIterable, Codable {
    /// Score interval. Wilson 1927.
    case wilson
    /// Score interval with continuity correction; conservative.
    case wilsonContinuityCorrected
    /// “Exact” interval from beta quantiles, never below the level, therefore wide. Clopper & Pearson 1934.
    case clopperPearson
    /// Equal-tailed posterior interval under the Beta(½, ½) prior.
    case jeffreys
    /// Adjusted Wald interval, clipped to 0-1. Agresti & Coull 1998.
    case agrestiCoull

    /// The interval for `successes` of `n`; nil for n ≤ 0, successes outside 0...n, or a level outside (0, 1).
    package func interval(successes x: Double, n: Double, confidence: Double = 0.95) -> ConfidenceInterval? {
        guard n > 0, n.isFinite, x >= 0, x <= n, confidence > 0, confidence < 1 else { return nil }
        let z = Normal.twoSidedZ(confidence)
        let tail = (1 - confidence) / 2
        switch self {
        case .wilson: return Self.wilson(x, n, z)
        case .wilsonContinuityCorrected: return Self.corrected(x, n, z)
        case .clopperPearson:
            return ConfidenceInterval(
                lower: x == 0 ? 0 : Beta.quantile(tail, x, n - x + 1),
                upper: x == n ? 1 : Beta.quantile(1 - tail, x + 1, n - x))
        case .jeffreys:
            return ConfidenceInterval(
                lower: Beta.quantile(tail, x + 0.5, n - x + 0.5),
                upper: Beta.quantile(1 - tail, x + 0.5, n - x + 0.5))
        case .agrestiCoull:
            let size: Double = n + z * z
            let p: Double = (x + z * z / 2) / size
            let reach: Double = z * (p * (1 - p) / size).squareRoot()
            return ConfidenceInterval(lower: max(0, p - reach), upper: min(1, p + reach))
        }
    }

    private static func wilson(_ x: Double, _ n: Double, _ z: Double) -> ConfidenceInterval {
        let p = x / n
        let denominator: Double = 1 + z * z / n
        let centre: Double = (p + z * z / (2 * n)) / denominator
        let variance: Double = p * (1 - p) / n + z * z / (4 * n * n)
        let reach: Double = z * variance.squareRoot() / denominator
        return ConfidenceInterval(
            lower: x == 0 ? 0 : max(0, centre - reach), upper: x == n ? 1 : min(1, centre + reach))
    }

    private static func corrected(_ x: Double, _ n: Double, _ z: Double) -> ConfidenceInterval {
        let p = x / n
        let q = 1 - p
        let denominator: Double = 2 * (n + z * z)
        let centre: Double = (2 * n * p + z * z) / denominator
        let below: Double = z * z - 2 - 1 / n + 4 * p * (n * q + 1)
        let above: Double = z * z + 2 - 1 / n + 4 * p * (n * q - 1)
        let lower: Double = centre - (1 + z * max(0, below).squareRoot()) / denominator
        let upper: Double = centre + (1 + z * max(0, above).squareRoot()) / denominator
        return ConfidenceInterval(lower: x == 0 ? 0 : max(0, lower), upper: x == n ? 1 : min(1, upper))
    }
}
