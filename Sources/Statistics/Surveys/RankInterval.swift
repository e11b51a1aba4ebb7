import RealModule

/// Which ranks a unit may hold, given how uncertain every unit is.
///
/// Best rank = 1 + number of units whose interval lies wholly above, worst = n - number wholly below. Reference: Klein,
/// Wright & Wieczorek 2020, JRSS-A 183:589. With the Šidák level the ranks of all units hold jointly. Estimates must
/// be independent and about normal; leave suppressed units out before ranking, not after.
package struct RankInterval: Sendable, Hashable {
    package let best: Int
    package let worst: Int

    /// Ranks of every unit, 1 = largest (or smallest). Nil when lengths differ, a standard error is negative, a value
    /// is not finite, or the level is outside (0, 1). No units: empty.
    package static func of(
        estimates: [Double], standardErrors: [Double], perUnitConfidence: Double, largestFirst: Bool = true
    ) -> [RankInterval]? {
        guard estimates.count == standardErrors.count, perUnitConfidence > 0, perUnitConfidence < 1,
            estimates.allSatisfy(\.isFinite), standardErrors.allSatisfy({ $0 >= 0 && $0.isFinite })
        else { return nil }
        let z = Normal.twoSidedZ(perUnitConfidence)
        let sign: Double = largestFirst ? 1 : -1
        let lower = estimates.indices.map { sign * estimates[$0] - z * standardErrors[$0] }
        let upper = estimates.indices.map { sign * estimates[$0] + z * standardErrors[$0] }
        let lowersAscending = lower.sorted()
        let uppersAscending = upper.sorted()
        return estimates.indices.map { unit in
            let above = lower.count - count(of: lowersAscending, notAbove: upper[unit])
            let below = count(of: uppersAscending, below: lower[unit])
            return RankInterval(best: 1 + above, worst: estimates.count - below)
        }
    }

    /// The per-unit level at which `units` intervals hold jointly with probability `confidence`: c^(1/n).
    package static func sidakLevel(confidence: Double, units: Int) -> Double? {
        guard confidence > 0, confidence < 1, units > 0 else { return nil }
        return Double.pow(confidence, 1 / Double(units))
    }

    private static func count(of ascending: [Double], notAbove limit: Double) -> Int {
        firstIndex(ascending) { $0 > limit }
    }

    private static func count(of ascending: [Double], below limit: Double) -> Int {
        firstIndex(ascending) { $0 >= limit }
    }

    private static func firstIndex(_ ascending: [Double], _ predicate: (Double) -> Bool) -> Int {
        var low = 0
        var high = ascending.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(ascending[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
