/// How long things take when some are still running.
///
/// S(t) = Π(1 - d/n) over event times, n the number at risk just before t (with delayed entry: entered before t and
/// not yet out); Greenwood's variance. References: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 2002
/// (log-log limits); Brookmeyer & Crowley 1982 (limits of a quantile).
///
/// Units: those of the times (S is 0-1). Smallest sensible n: 30 cases with 10 endings; a quantile where fewer than
/// 10 remain at risk should not be quoted. Assumes that leaving the data unfinished has nothing to do with when the
/// case would have ended, and one process over the time seen. Not for several kinds of ending: 1 - S of one kind is
/// always too high, use ``CumulativeIncidence``. Completed cases alone (without the open ones) give dates that are
/// too early.
package struct KaplanMeier: Sendable, Equatable {
    /// Distinct times, ascending, at which something ended or left the data.
    package let times: [Double]
    /// Weight (count, when unweighted) at risk just before each time.
    package let atRisk: [Double]
    /// Weight of the events at each time.
    package let events: [Double]
    /// S just after each time.
    package let survival: [Double]
    /// Σ d/(n(n - d)) up to each time; infinite once S is 0. Nil with weights, where Greenwood does not hold.
    package let greenwood: [Double]?
    /// Cases.
    package let n: Int
    /// Cases that ended.
    package let eventCount: Int
    package let isWeighted: Bool

    /// From unordered data. `isEvent` false is “still running when last seen”.
    ///
    /// Nil for no cases, lengths that differ, a time that is negative or not finite, an entry that is not before its
    /// time, or a negative weight or weights that sum to 0. Sorting takes O(n log n).
    package init?(times: [Double], isEvent: [Bool], entries: [Double]? = nil, weights: [Double]? = nil) {
        guard times.count == isEvent.count, weights.map({ $0.count == times.count }) ?? true else { return nil }
        guard weights != nil || entries != nil else {
            var cases: [(time: Double, isEvent: Bool)] = []
            cases.reserveCapacity(times.count)
            for i in times.indices { cases.append((times[i], isEvent[i])) }
            // NaN would break the order, so it is looked for first.
            guard times.allSatisfy(\.isFinite) else { return nil }
            cases.sort { $0.time < $1.time }
            self.init(ascendingTimes: cases.map(\.time), isEvent: cases.map(\.isEvent))
            return
        }
        guard times.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        let order = times.indices.sorted { times[$0] < times[$1] }
        var sortedEntries: [Double]?
        if let entries {
            guard entries.count == times.count else { return nil }
            sortedEntries = order.map { entries[$0] }
        }
        self.init(
            ascendingTimes: order.map { times[$0] }, isEvent: order.map { isEvent[$0] }, entries: sortedEntries,
            weights: weights.map { weights in order.map { weights[$0] } })
    }

    /// From times already ascending, in one pass: 10^7 cases well within a second. Nil as above, or when not ascending.
    package init?(
        ascendingTimes times: [Double], isEvent: [Bool], entries: [Double]? = nil, weights: [Double]? = nil
    ) {
        guard !times.isEmpty, times.count == isEvent.count, times[0] >= 0 else { return nil }
        guard let last = times.last, last.isFinite else { return nil }
        var total = Double(times.count)
        if let weights {
            guard weights.count == times.count, weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
            total = weights.reduce(0, +)
            guard total > 0, total.isFinite else { return nil }
        }
        var distinct = 1
        for i in 1..<times.count where times[i] != times[i - 1] { distinct += 1 }
        var curve = Accumulator(capacity: distinct)
        var isAscending = true
        var entered = total
        var exited = 0.0
        // Delayed entry: those who came in before t, in order of entry.
        var arrivals: [(time: Double, weight: Double)] = []
        if let entries {
            guard entries.count == times.count, zip(entries, times).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
                return nil
            }
            arrivals = entries.indices.map { (entries[$0], weights?[$0] ?? 1) }.sorted { $0.0 < $1.0 }
            entered = 0
        }
        var nextArrival = 0
        times.withUnsafeBufferPointer { times in
            isEvent.withUnsafeBufferPointer { isEvent in
                var i = 0
                while i < times.count {
                    let time = times[i]
                    while nextArrival < arrivals.count, arrivals[nextArrival].time < time {
                        entered += arrivals[nextArrival].weight
                        nextArrival += 1
                    }
                    var leaving = 0.0
                    var ending = 0.0
                    var endings = 0
                    let first = i
                    while i < times.count, times[i] == time {
                        let weight: Double = weights?[i] ?? 1
                        leaving += weight
                        if isEvent[i] {
                            ending += weight
                            endings += 1
                        }
                        i += 1
                    }
                    guard i > first else {
                        isAscending = false
                        return
                    }
                    if i < times.count, !(times[i] > time) {
                        isAscending = false
                        return
                    }
                    curve.add(time: time, atRisk: entered - exited, events: ending, cases: endings)
                    exited += leaving
                }
            }
        }
        guard isAscending else { return nil }
        n = times.count
        eventCount = curve.cases
        self.times = curve.times
        atRisk = curve.atRisk
        events = curve.events
        survival = curve.survival
        greenwood = weights == nil ? curve.greenwood : nil
        isWeighted = weights != nil
    }

    private struct Accumulator {
        var times: [Double] = []
        var atRisk: [Double] = []
        var events: [Double] = []
        var survival: [Double] = []
        var greenwood: [Double] = []
        var cases = 0
        private var surviving = 1.0
        private var variance = 0.0

        init(capacity: Int) {
            times.reserveCapacity(capacity)
            atRisk.reserveCapacity(capacity)
            events.reserveCapacity(capacity)
            survival.reserveCapacity(capacity)
            greenwood.reserveCapacity(capacity)
        }

        mutating func add(time: Double, atRisk risk: Double, events ending: Double, cases endings: Int) {
            if ending > 0 {
                let left = risk - ending
                // Sums of weights can leave a crumb where nothing is left.
                let isOver = left <= 1e-12 * risk
                surviving = isOver ? 0 : surviving * (left / risk)
                variance = isOver ? .infinity : variance + ending / (risk * left)
            }
            cases += endings
            times.append(time)
            atRisk.append(risk)
            events.append(ending)
            survival.append(surviving)
            greenwood.append(variance)
        }
    }

    package var longestTime: Double { times.last ?? 0 }

    /// S(t): the share still running after t. Nil for a negative t, and beyond the longest time seen unless all have
    /// ended.
    package func survival(at t: Double) -> Double? {
        guard t >= 0 else { return nil }
        let index = firstIndex(after: t)
        if index == times.count, t > longestTime, survival[index - 1] > 0 { return nil }
        return index == 0 ? 1 : survival[index - 1]
    }

    /// Number of distinct times ≤ t.
    func firstIndex(after t: Double) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] > t { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
