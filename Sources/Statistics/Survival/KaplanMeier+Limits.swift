import RealModule

extension KaplanMeier {
    package enum Transform: Sendable {
        /// Limits of ln(-ln S): stay inside 0-1. The default.
        case logLog
        /// S ± z·se, clipped to 0-1; poor near the ends.
        case plain
    }

    /// Greenwood's standard error of S at every time; nil where S has reached 0, and everywhere with weights.
    package var standardErrors: [Double?] {
        survival.indices.map { index in
            guard let variance = greenwood?[index], variance.isFinite else { return nil }
            return survival[index] * variance.squareRoot()
        }
    }

    /// Pointwise limits at every time. Nil where S is 0, for `logLog` also where it is still 1, and with weights.
    package func limits(confidence: Double = 0.95, _ transform: Transform = .logLog) -> [ConfidenceInterval?] {
        guard confidence > 0, confidence < 1 else { return survival.map { _ in nil } }
        let z = Normal.twoSidedZ(confidence)
        return survival.indices.map { limits(at: $0, z: z, transform) }
    }

    private func limits(at index: Int, z: Double, _ transform: Transform) -> ConfidenceInterval? {
        let s = survival[index]
        guard let variance = greenwood?[index], variance.isFinite, s > 0 else { return nil }
        let error = variance.squareRoot()
        switch transform {
        case .plain:
            return ConfidenceInterval(lower: max(0, s - z * s * error), upper: min(1, s + z * s * error))
        case .logLog:
            guard s < 1 else { return nil }
            let centre: Double = Double.log(-Double.log(s))
            let reach: Double = z * error / Double.log(s)
            return ConfidenceInterval(
                lower: Double.exp(-Double.exp(centre - reach)), upper: Double.exp(-Double.exp(centre + reach)))
        }
    }
}
