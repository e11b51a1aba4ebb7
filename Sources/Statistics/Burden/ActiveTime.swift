/// Time actively spent in an event log, with long gaps cut out.
///
/// - Formula: sum of the gaps between successive events that are ≤ the cut, plus a credit per longer gap.
/// - Units: those of the times (seconds). Show two cuts (5 and 30 minutes) as a sensitivity band, and waiting apart.
/// - Smallest n: 2 events; fewer have no gap, the time is 0 and means "not measurable".
/// - Do not use it for paper and phone (unseen), or on completers only: add those who gave up.
package enum ActiveTime {
    /// Active time; `nil` when times descend or are not finite, or cut or credit is negative.
    package static func sum(times: [Double], idleCut: Double, creditForIdle: Double = 0) -> Double? {
        guard idleCut >= 0, creditForIdle >= 0, times.allSatisfy(\.isFinite),
            zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        return zip(times, times.dropFirst()).reduce(0) { total, pair in
            let gap = pair.1 - pair.0
            return total + (gap <= idleCut ? gap : creditForIdle)
        }
    }

    /// From the first to the last event; `nil` for no event.
    package static func elapsed(times: [Double]) -> Double? {
        guard let first = times.min(), let last = times.max(), (last - first).isFinite else { return nil }
        return last - first
    }
}
