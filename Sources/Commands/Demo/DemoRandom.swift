import Foundation

/// The seeded stream behind the simulation (SplitMix64; Steele, Lea & Flood 2014). The same seed gives the same year.
/// Never for secrets.
struct DemoRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform on [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func below(_ n: Int) -> Int { n <= 1 ? 0 : min(n - 1, Int(unit() * Double(n))) }

    /// Exponential with this mean.
    mutating func exponential(mean: Double) -> Double { -log(1 - unit()) * mean }

    /// Lognormal by its median and the standard deviation of its logarithm; held to 20 medians, so that one draw
    /// does not outlast the year.
    mutating func lognormal(median: Double, sigma: Double) -> Double {
        let normal = (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
        return min(median * exp(sigma * normal), 20 * median)
    }

    /// A Poisson count: by multiplication for small means, by the normal for large ones.
    mutating func poisson(mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        if mean > 60 {
            let normal = (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
            return max(0, Int((mean + mean.squareRoot() * normal).rounded()))
        }
        let limit = exp(-mean)
        var product = unit()
        var count = 0
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    /// One of the choices, by weight. The choices must not be empty.
    mutating func pick<T>(_ choices: [(T, Double)]) -> T {
        var left = unit() * choices.reduce(0) { $0 + $1.1 }
        for (choice, weight) in choices {
            left -= weight
            if left < 0 { return choice }
        }
        return choices[choices.count - 1].0
    }
}
