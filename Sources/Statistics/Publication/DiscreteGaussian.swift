import RealModule

/// Discrete Gaussian noise for counts: P(k) ∝ exp(-k²/2σ²), and its zero-concentrated privacy loss.
///
/// Reference: Canonne, Kamath & Steinke 2020; Bun & Steinke 2016 (zCDP). Better than geometric noise when many counts
/// are released together. For the arithmetic of a release; no sampler is given here.
package struct DiscreteGaussian: Sendable, Hashable {
    package let sigma: Double
    private let normaliser: Double

    /// Nil unless 1e-3 ≤ σ ≤ 1e6.
    package init?(sigma: Double) {
        guard sigma >= 1e-3, sigma <= 1e6 else { return nil }
        self.sigma = sigma
        var sum = 1.0
        var k = 1.0
        while true {
            let term = Double.exp(-k * k / (2 * sigma * sigma))
            if term < 1e-18 * sum { break }
            sum += 2 * term
            k += 1
        }
        normaliser = sum
    }

    package func mass(_ k: Int) -> Double {
        let x = Double(k)
        return Double.exp(-x * x / (2 * sigma * sigma)) / normaliser
    }

    /// ρ of one release: sensitivity²/(2σ²).
    package func rho(sensitivity: Double = 1) -> Double { sensitivity * sensitivity / (2 * sigma * sigma) }

    /// The smallest whole a with P(|noise| ≥ a) ≤ α; nil for α outside (0, 1).
    package func accuracy(alpha: Double) -> Int? {
        guard alpha > 0, alpha < 1 else { return nil }
        // Summed from the far end, so that small tails keep their digits.
        var k = Int(40 * sigma) + 10
        var tail = 0.0
        while k > 0 {
            tail += 2 * mass(k)
            if tail > alpha { return k + 1 }
            k -= 1
        }
        return 1
    }
}
