/// How many of a group of people remain when each stays with their own probability: head-count after an authority expires.
///
/// - Formula: the exact distribution of a sum of independent yes/no draws, one person added at a time.
/// - Reference: Hoeffding 1956; Hong 2013, *CSDA* 59:41.
/// - Cost n²/2 steps: up to 20,000 people.
/// - Assumes people stay or go independently. One decision for all makes the true spread all-or-nothing: where a
///   probability is shared, show both outcomes as scenarios instead.
package struct PoissonBinomial: Sendable, Equatable {
    /// Probability of 0, 1, …, n remaining.
    package let mass: [Double]
    package let mean: Double
    package let variance: Double

    /// `nil` for a probability outside 0...1 or more than 20,000 people; nobody at all gives mass 1 at 0.
    package init?(_ probabilities: [Double]) {
        guard probabilities.count <= 20_000, probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
        var mass = Array(repeating: 0.0, count: probabilities.count + 1)
        mass[0] = 1
        for (index, p) in probabilities.enumerated() {
            for k in stride(from: index + 1, to: 0, by: -1) { mass[k] = mass[k] * (1 - p) + mass[k - 1] * p }
            mass[0] *= 1 - p
        }
        self.mass = mass
        mean = probabilities.reduce(0, +)
        variance = probabilities.reduce(0) { $0 + $1 * (1 - $1) }
    }

    /// Smallest count with cumulative probability ≥ p; `nil` outside 0...1.
    package func quantile(_ p: Double) -> Int? {
        guard p >= 0, p <= 1 else { return nil }
        var sum = 0.0
        for (count, value) in mass.enumerated() {
            sum += value
            // The sum of many terms may fall short of 1 by rounding.
            if sum >= p - 1e-12 { return count }
        }
        return mass.count - 1
    }
}
