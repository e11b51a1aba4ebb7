import RealModule

/// Binomial probabilities of k successes in n trials with probability p.
///
/// Reference: Loader 2000 for the mass, I_{1-p}(n-k, k+1) for the tails. NaN for n < 0 or p outside [0, 1].
package enum Binomial {
    /// P(X = k); 0 for k outside 0...n.
    package static func mass(_ k: Int, n: Int, p: Double) -> Double {
        guard n >= 0, p >= 0, p <= 1 else { return .nan }
        guard k >= 0, k <= n else { return 0 }
        if p == 0 { return k == 0 ? 1 : 0 }
        if p == 1 { return k == n ? 1 : 0 }
        let size = Double(n)
        if k == 0 { return Double.exp(size * Double.log(onePlus: -p)) }
        if k == n { return Double.exp(size * Double.log(p)) }
        let hits = Double(k)
        let misses = size - hits
        let errors: Double =
            SpecialFunction.stirlingError(size) - SpecialFunction.stirlingError(hits)
            - SpecialFunction.stirlingError(misses)
        let deviance: Double =
            SpecialFunction.deviance(hits, size * p) + SpecialFunction.deviance(misses, size * (1 - p))
        return (size / (2 * Double.pi * hits * misses)).squareRoot() * Double.exp(errors - deviance)
    }

    /// P(X ≤ k).
    package static func cdf(_ k: Int, n: Int, p: Double) -> Double {
        guard n >= 0, p >= 0, p <= 1 else { return .nan }
        if k < 0 { return 0 }
        if k >= n { return 1 }
        return Beta.tails(1 - p, y: p, Double(n - k), Double(k) + 1).lower
    }

    /// P(X > k).
    package static func survival(_ k: Int, n: Int, p: Double) -> Double {
        guard n >= 0, p >= 0, p <= 1 else { return .nan }
        if k < 0 { return 1 }
        if k >= n { return 0 }
        return Beta.tails(p, y: 1 - p, Double(k) + 1, Double(n - k)).lower
    }

    /// Exact two-sided p-value: the probability of all outcomes no likelier than k.
    ///
    /// Sums n + 1 masses, so for n above 10^7 (where it returns NaN) use a likelihood-ratio or normal test.
    package static func twoSidedP(_ k: Int, n: Int, p: Double) -> Double {
        guard n >= 0, n <= 10_000_000, k >= 0, k <= n, p >= 0, p <= 1 else { return .nan }
        let limit = mass(k, n: n, p: p) * (1 + 1e-7)
        var total = 0.0
        for outcome in 0...n {
            let probability = mass(outcome, n: n, p: p)
            if probability <= limit { total += probability }
        }
        return min(1, total)
    }
}
