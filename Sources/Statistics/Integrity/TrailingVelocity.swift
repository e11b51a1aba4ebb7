/// How many events of one key (device, account, address) fall in a trailing window, and how surprising the peak is.
///
/// - Formula: count of events in `[t − w, t]` at every event; peak tail `P(X ≥ max | Poisson(n·w/T))`, times the number of
///   windows looked at (Bonferroni, capped at 1).
/// - Reference: Naus 1965; Glaz, Naus & Wallenstein 2001, *Scan Statistics*.
/// - Units: integer seconds.
/// - Assumes a steady rate: office hours, benefit days and outages make honest peaks. It is a reason to look, never a reason
///   to deny. Smallest n: 2 events; with fewer the peak says nothing and ``correctedProbability`` is 1.
package struct TrailingVelocity: Sendable, Equatable {
    /// Events in the window that ends at each event, itself included.
    package let counts: [Int]
    package let peak: Int
    /// Mean number expected in one window.
    package let expected: Double
    /// Chance that one window holds the peak or more.
    package let peakProbability: Double
    /// The same, corrected for the number of windows.
    package let correctedProbability: Double

    /// Scans ascending times.
    ///
    /// - Parameters:
    ///   - times: ascending, seconds.
    ///   - window: width in seconds, both ends included, > 0.
    ///   - observed: length of the whole observation in seconds, > 0 (not the time between first and last event).
    /// - Returns: `nil` for no event, descending times, or a window or observation that is not positive.
    package static func scan(times: [Int64], window: Int64, observed: Double) -> TrailingVelocity? {
        guard !times.isEmpty, window > 0, observed > 0, observed.isFinite,
            zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        var counts: [Int] = []
        counts.reserveCapacity(times.count)
        var first = 0
        for index in times.indices {
            // Hostile times may lie further apart than Int64 holds; an overflow is surely outside the window.
            while case let gap = times[index].subtractingReportingOverflow(times[first]),
                gap.overflow || gap.partialValue > window
            { first += 1 }
            counts.append(index - first + 1)
        }
        let peak = counts.max() ?? 0
        let expected = Double(times.count) * Double(window) / observed
        let tail = Poisson.survival(peak - 1, mean: expected)
        return TrailingVelocity(
            counts: counts, peak: peak, expected: expected, peakProbability: tail,
            correctedProbability: min(1, tail * Double(times.count)))
    }
}
