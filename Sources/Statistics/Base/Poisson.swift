import RealModule

/// Poisson probabilities of k events with mean mu ≥ 0. NaN for a negative or infinite mean.
package enum Poisson {
    /// P(X = k); 0 for k < 0.
    package static func mass(_ k: Int, mean mu: Double) -> Double {
        guard mu >= 0, mu.isFinite else { return .nan }
        guard k >= 0 else { return 0 }
        if mu == 0 { return k == 0 ? 1 : 0 }
        if k == 0 { return Double.exp(-mu) }
        let count = Double(k)
        let exponent: Double = -SpecialFunction.stirlingError(count) - SpecialFunction.deviance(count, mu)
        return Double.exp(exponent) / (2 * Double.pi * count).squareRoot()
    }

    /// P(X ≤ k).
    package static func cdf(_ k: Int, mean mu: Double) -> Double {
        guard mu >= 0, mu.isFinite else { return .nan }
        return k < 0 ? 0 : Gamma.survival(mu, Double(k) + 1)
    }

    /// P(X > k), exact in the far tail.
    package static func survival(_ k: Int, mean mu: Double) -> Double {
        guard mu >= 0, mu.isFinite else { return .nan }
        return k < 0 ? 1 : Gamma.cdf(mu, Double(k) + 1)
    }
}
