/// Work waiting, period by period, when arrivals and capacity are known: the fluid recursion.
///
/// - Formula: `B_{t+1} = max(0, B_t + A_t − C_t)`; clearing = first time with `B ≤ target`, interpolated inside the period
///   at its net rate; wait at the start (Little) = `B_0 / C_0`.
/// - Reference: Newell 1982, *Applications of Queueing Theory*, ch. 2; Little 1961.
/// - Units: items, and whatever period the arrays use.
/// - Assumes work is first come first served and capacity not used in a period is lost.
/// - Do not use "backlog / capacity" for the clearing time: it forgets arrivals. Do not use the fluid alone for a promise:
///   add ``BacklogSimulation`` for its interval.
package struct BacklogProjection: Sendable, Equatable {
    /// Backlog at the end of each period.
    package let backlog: [Double]
    /// Periods until the target is reached, fractional; `nil` = not inside the horizon ("never in the horizon" is an answer).
    package let clearsAfter: Double?
    /// Periods the newest item waits at the start if capacity stays as in the first period; `nil` without capacity.
    package let waitAtStart: Double?

    /// Projects a backlog.
    ///
    /// - Returns: `nil` when lengths differ, nothing is given, or a number is negative or not finite.
    package static func project(
        backlog start: Double, arrivals: [Double], capacity: [Double], target: Double = 0
    ) -> BacklogProjection? {
        guard !arrivals.isEmpty, arrivals.count == capacity.count, start.isFinite, start >= 0, target >= 0,
            arrivals.allSatisfy({ $0.isFinite && $0 >= 0 }), capacity.allSatisfy({ $0.isFinite && $0 >= 0 })
        else { return nil }
        var path: [Double] = []
        path.reserveCapacity(arrivals.count)
        var level = start
        var clears: Double? = start <= target ? 0 : nil
        for index in arrivals.indices {
            let net = arrivals[index] - capacity[index]
            let next = max(0, level + net)
            if clears == nil, next <= target {
                // Net rate, not the clamped fall: capacity that outruns the backlog clears it early in the period.
                clears = Double(index) + min(1, (level - target) / -net)
            }
            level = next
            path.append(level)
        }
        let first = capacity[0]
        return BacklogProjection(backlog: path, clearsAfter: clears, waitAtStart: first > 0 ? start / first : nil)
    }
}
