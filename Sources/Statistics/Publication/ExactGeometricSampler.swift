/// Draws two-sided geometric noise for a release, in integer arithmetic only.
///
/// Canonne, Kamath & Steinke 2020, algorithm 2, with the scale `thousand/epsilonThousandths` for sensitivity 1. Use
/// it with a cryptographic generator (`SystemRandomNumberGenerator`), never with ``SplitMix64`` outside tests.
package struct ExactGeometricSampler: Sendable, Hashable {
    /// ε in thousandths, so that it is a fraction exactly.
    package let epsilonThousandths: Int

    /// Nil unless 1…1,000,000 (ε 0.001-1000).
    package init?(epsilonThousandths: Int) {
        guard (1...1_000_000).contains(epsilonThousandths) else { return nil }
        self.epsilonThousandths = epsilonThousandths
    }

    package func draw(using generator: inout some RandomNumberGenerator) -> Int {
        let t = 1000
        while true {
            let u = Int.random(in: 0..<t, using: &generator)
            guard Self.bernoulliExp(u, t, &generator) else { continue }
            var v = 0
            // Each further step has probability 1/e: 10^6 of them never happen.
            while v < 1_000_000, Self.bernoulliExp(1, 1, &generator) { v += 1 }
            let magnitude = (u + t * v) / epsilonThousandths
            let isNegative = Bool.random(using: &generator)
            if isNegative, magnitude == 0 { continue }
            return isNegative ? -magnitude : magnitude
        }
    }

    /// True with probability exp(-numerator/denominator), 0 ≤ numerator ≤ denominator.
    private static func bernoulliExp(
        _ numerator: Int, _ denominator: Int, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        var k = 1
        while k < 1_000_000, Int.random(in: 0..<(denominator * k), using: &generator) < numerator { k += 1 }
        return !k.isMultiple(of: 2)
    }
}
