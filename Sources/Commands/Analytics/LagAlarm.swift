package import Experience

/// Says when the analytics server has been too far behind for too long, and when it has caught up.
///
/// Behind = the oldest event that waits has waited for more than `bound` seconds. One slow batch is no alarm: it must
/// stay so for `patience`. Raised once, cleared once.
package struct LagAlarm: Sendable, Hashable {
    package let bound: Double
    /// Microseconds.
    package let patience: Int64
    /// Since when it has been behind; nil while it is not.
    package private(set) var since: Instant?
    package private(set) var isRaised = false

    package enum Change: Sendable { case raised, cleared }

    package init(bound: Double, patience: Int64) {
        self.bound = bound
        self.patience = patience
    }

    /// Takes in how long the oldest event had waited at a moment, in seconds.
    package mutating func note(_ lag: Double, at now: Instant) -> Change? {
        guard lag > bound else {
            since = nil
            guard isRaised else { return nil }
            isRaised = false
            return .cleared
        }
        let since = self.since ?? now
        self.since = since
        guard !isRaised, now >= since.advanced(by: patience) else { return nil }
        isRaised = true
        return .raised
    }
}
