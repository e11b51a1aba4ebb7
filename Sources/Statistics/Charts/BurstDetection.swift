import RealModule

/// Kleinberg's two-state burst automaton on batched counts: in which batches is an item unusually frequent?
///
/// - Formula: state 1 has rate `p₁ = min(s·p₀, 0.9999)`; cost of a batch = `−ln(C(d, r) p^r (1 − p)^{d − r})`; rising costs
///   `γ ln(n)`; the cheapest state sequence is found by Viterbi (ties stay in the lower state).
/// - Reference: Kleinberg 2003, *Data Mining and Knowledge Discovery* 7:373, section 4.
/// - Start values: s 2, γ 1. Smallest n: about 8 batches.
/// - Do not use it as an alarm with a known error rate (``PoissonCusum``), nor on counts with a daily rhythm of their own.
package struct BurstDetection: Sendable, Equatable {
    /// 0 = usual, 1 = burst, per batch.
    package let states: [Int]
    /// Total cost of that sequence, nats.
    package let cost: Double
    /// The usual share.
    package let baseRate: Double

    /// Finds bursts.
    ///
    /// - Parameters:
    ///   - relevant: events of interest per batch.
    ///   - totals: all events per batch, each ≥ relevant ≥ 0.
    ///   - s: rate in a burst over the usual rate, > 1.
    ///   - gamma: how much the evidence must exceed the usual before a burst opens, ≥ 0.
    ///   - baseRate: usual share p₀; `nil` = Σ relevant / Σ total.
    /// - Returns: `nil` for no batch, unequal lengths, counts out of range, s ≤ 1, γ < 0, or a base rate outside 0 < p < 1.
    package static func detect(
        relevant: [Double], totals: [Double], ratio s: Double = 2, gamma: Double = 1, baseRate: Double? = nil
    ) -> BurstDetection? {
        guard !relevant.isEmpty, relevant.count == totals.count, s > 1, s.isFinite, gamma >= 0, gamma.isFinite,
            zip(relevant, totals).allSatisfy({ $0 >= 0 && $1 >= $0 && $1.isFinite })
        else { return nil }
        let sum = totals.reduce(0, +)
        let p0 = baseRate ?? (sum > 0 ? relevant.reduce(0, +) / sum : 0)
        guard p0 > 0, p0 < 1 else { return nil }
        let p1 = min(p0 * s, 0.9999)
        guard p1 > p0 else { return nil }
        let rise = gamma * Double.log(Double(relevant.count))
        func cost(_ r: Double, _ d: Double, _ p: Double) -> Double {
            let ways = Double.logGamma(d + 1) - Double.logGamma(r + 1) - Double.logGamma(d - r + 1)
            return -(ways + r * Double.log(p) + (d - r) * Double.log(onePlus: -p))
        }
        var low = 0.0
        var high = Double.infinity
        var cameFrom: [(low: Int, high: Int)] = []
        for (r, d) in zip(relevant, totals) {
            let toHighFromLow = low + rise
            let back = (low: low <= high ? 0 : 1, high: toHighFromLow < high ? 0 : 1)
            cameFrom.append(back)
            let nextLow = min(low, high) + cost(r, d, p0)
            high = min(toHighFromLow, high) + cost(r, d, p1)
            low = nextLow
        }
        var state = low <= high ? 0 : 1
        let total = min(low, high)
        var states = Array(repeating: 0, count: relevant.count)
        for index in relevant.indices.reversed() {
            states[index] = state
            state = state == 0 ? cameFrom[index].low : cameFrom[index].high
        }
        return BurstDetection(states: states, cost: total, baseRate: p0)
    }
}
