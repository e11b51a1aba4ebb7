import RealModule

/// The seeded stream behind every resample, so that a result can be replayed bit for bit.
///
/// Reference: Steele, Lea & Flood, OOPSLA 2014. Period 2^64. Never for secrets, ids, or the noise of a privacy release:
/// its state can be read off two outputs.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform on [0, 1): the top 53 bits.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform on 0..<n: the high 64 bits of next·n (bias below n/2^64). 0 for n ≤ 0.
    package mutating func below(_ n: Int) -> Int {
        guard n > 0 else { return 0 }
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(n)).high)
    }

    /// Standard normal by the inverse of one uniform draw; a draw of exactly 0 is taken as 2^-54.
    package mutating func normal() -> Double { Normal.quantile(max(unit(), 0x1p-54)) }

    /// Exponential with the given rate per unit of time (mean 1/rate); infinity for rate 0, NaN for a negative rate.
    package mutating func exponential(rate: Double) -> Double {
        guard rate >= 0 else { return .nan }
        return -Double.log(onePlus: -unit()) / rate
    }

    /// A fair shuffle of 0..<n, Fisher-Yates from the end.
    package mutating func permutation(_ n: Int) -> [Int] {
        var order = Array(0..<max(0, n))
        var last = order.count - 1
        while last > 0 {
            order.swapAt(last, below(last + 1))
            last -= 1
        }
        return order
    }
}
