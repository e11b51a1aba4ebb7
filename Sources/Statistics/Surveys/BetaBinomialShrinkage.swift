/// Shares of many offices pulled towards the common share, small offices most.
///
/// Moment estimate of the between-office variance s² = Σ nᵢ(pᵢ - m)²/N - (k/N)·m(1-m), floored at 0; prior
/// Beta(mA, (1-m)A) with A = m(1-m)/s² - 1; shrunk = (xᵢ + mA)/(nᵢ + A). Reference: Casella 1985; Martuzzi & Elliott
/// 1996. At least 5 offices, or the variance is a guess. Ignores the uncertainty of m and A, so intervals are a
/// little narrow. Not for a single office, and not for offices known to differ in kind.
package struct BetaBinomialShrinkage: Sendable, Hashable {
    /// m = Σx/Σn.
    package let pooled: Double
    package let betweenVariance: Double
    /// A, in respondents; nil when the offices differ no more than chance: then every share is the pooled one.
    package let priorStrength: Double?
    package let shrunk: [Double]
    /// Posterior intervals, equal tails. Without between-office variance: the Wilson interval of the pooled share.
    package let intervals: [ConfidenceInterval]

    /// Nil when lengths differ, a count lies outside 0...n, or nobody answered. Offices with n = 0 get the prior.
    package init?(successes: [Int], n: [Int], confidence: Double = 0.95) {
        guard successes.count == n.count, confidence > 0, confidence < 1,
            zip(successes, n).allSatisfy({ $0 >= 0 && $0 <= $1 })
        else { return nil }
        let size: Double = n.reduce(0) { $0 + Double($1) }
        guard size > 0 else { return nil }
        let m: Double = successes.reduce(0) { $0 + Double($1) } / size
        let answering = n.count { $0 > 0 }
        var spread = 0.0
        for (x, count) in zip(successes, n) where count > 0 {
            let deviation: Double = Double(x) / Double(count) - m
            spread += Double(count) * deviation * deviation
        }
        let noise: Double = Double(answering) / size * m * (1 - m)
        let variance = max(0, spread / size - noise)
        pooled = m
        betweenVariance = variance
        let tail = (1 - confidence) / 2
        guard variance > 0 else {
            priorStrength = nil
            shrunk = n.map { _ in m }
            let wilson = ProportionInterval.wilson.interval(successes: m * size, n: size, confidence: confidence)
            intervals = n.map { _ in wilson ?? ConfidenceInterval(lower: 0, upper: 1) }
            return
        }
        let strength: Double = m * (1 - m) / variance - 1
        priorStrength = strength
        shrunk = zip(successes, n).map { (Double($0) + m * strength) / (Double($1) + strength) }
        intervals = zip(successes, n).map { x, count in
            let a: Double = Double(x) + m * strength
            let b: Double = Double(count - x) + (1 - m) * strength
            return ConfidenceInterval(lower: Beta.quantile(tail, a, b), upper: Beta.quantile(1 - tail, a, b))
        }
    }
}
