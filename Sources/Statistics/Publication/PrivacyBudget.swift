import RealModule

/// What several noisy releases cost together.
package enum PrivacyBudget {
    /// Basic composition: ε adds up. Nil for a negative or non-finite ε.
    package static func composed(epsilons: [Double]) -> Double? { sum(epsilons) }

    /// ρ of zero-concentrated privacy adds up (Bun & Steinke 2016). Nil as above.
    package static func composed(rhos: [Double]) -> Double? { sum(rhos) }

    /// (ε, δ) of a ρ: ε = ρ + 2√(ρ ln(1/δ)). Nil for ρ < 0 or δ outside (0, 1).
    package static func epsilon(rho: Double, delta: Double) -> Double? {
        guard rho >= 0, rho.isFinite, delta > 0, delta < 1 else { return nil }
        return rho + 2 * (-rho * Double.log(delta)).squareRoot()
    }

    private static func sum(_ losses: [Double]) -> Double? {
        guard losses.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
        return losses.reduce(0, +)
    }
}
