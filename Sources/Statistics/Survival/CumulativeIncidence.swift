import RealModule

/// How often each of several endings has come by a time, when some cases still run.
///
/// Aalen-Johansen: F_k(t) = Σ S(s-)·d_k(s)/n(s) over s ≤ t, S the share still open; Σ F_k + S = 1. References: Aalen
/// & Johansen 1978; Kalbfleisch & Prentice 1980; Putter, Fiocco & Geskus 2007. Units: those of the times; shares 0-1.
/// Smallest sensible n: 30 cases and 10 endings of the kind shown. Assumes that leaving the data is unrelated to the
/// ending to come. A case remanded or reopened is a new state, not a new case.
package struct CumulativeIncidence: Sendable, Equatable {
    /// Distinct times, ascending.
    package let times: [Double]
    package let atRisk: [Int]
    /// `endings[k][i]`: endings of kind k + 1 at time i.
    package let endings: [[Int]]
    /// S just after each time.
    package let open: [Double]
    /// `incidence[k][i]`: F of kind k + 1 just after time i.
    package let incidence: [[Double]]
    package let n: Int

    package var kinds: Int { endings.count }
    package var longestTime: Double { times.last ?? 0 }

    /// `outcomes`: 0 still open, 1…kinds the ending. Nil for no cases, lengths that differ, a time that is negative
    /// or not finite, an outcome outside 0…kinds, or more than 1,000 kinds.
    package init?(times: [Double], outcomes: [Int], kinds: Int) {
        guard !times.isEmpty, times.count == outcomes.count, (1...1000).contains(kinds),
            times.allSatisfy({ $0 >= 0 && $0.isFinite }), outcomes.allSatisfy({ (0...kinds).contains($0) })
        else { return nil }
        let order = times.indices.sorted { times[$0] < times[$1] }
        var distinct: [Double] = []
        var risk: [Int] = []
        var counts = [[Int]](repeating: [], count: kinds)
        var curves = [[Double]](repeating: [], count: kinds)
        var open: [Double] = []
        var surviving = 1.0
        var running = [Double](repeating: 0, count: kinds)
        var i = 0
        while i < order.count {
            let time = times[order[i]]
            let left = order.count - i
            var here = [Int](repeating: 0, count: kinds)
            while i < order.count, times[order[i]] == time {
                let outcome = outcomes[order[i]]
                if outcome > 0 { here[outcome - 1] += 1 }
                i += 1
            }
            distinct.append(time)
            risk.append(left)
            for k in 0..<kinds {
                running[k] += surviving * (Double(here[k]) / Double(left))
                counts[k].append(here[k])
                curves[k].append(running[k])
            }
            surviving *= Double(left - here.reduce(0, +)) / Double(left)
            open.append(surviving)
        }
        self.times = distinct
        atRisk = risk
        endings = counts
        self.open = open
        incidence = curves
        n = times.count
    }

    /// Number of distinct times ≤ t.
    func count(upTo t: Double) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] > t { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// F of `kind` (1…kinds) at t. Nil for an unknown kind, a negative t, and beyond the longest time seen while
    /// cases are open.
    package func incidence(of kind: Int, at t: Double) -> Double? {
        guard (1...kinds).contains(kind), t >= 0 else { return nil }
        let index = count(upTo: t)
        if t > longestTime, open[index - 1] > 0 { return nil }
        return index == 0 ? 0 : incidence[kind - 1][index - 1]
    }

    /// The share still open at t; nil as above.
    package func open(at t: Double) -> Double? {
        guard t >= 0 else { return nil }
        let index = count(upTo: t)
        if t > longestTime, open[index - 1] > 0 { return nil }
        return index == 0 ? 1 : open[index - 1]
    }

    /// Probability that a case open for `s` ends as `kind` within the next `u`: (F(s+u) - F(s))/S(s).
    package func probability(of kind: Int, within u: Double, afterOpenFor s: Double) -> Double? {
        guard u >= 0, let now = open(at: s), now > 0, let before = incidence(of: kind, at: s),
            let after = incidence(of: kind, at: s + u)
        else { return nil }
        return (after - before) / now
    }
}
