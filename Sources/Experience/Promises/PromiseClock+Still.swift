extension PromiseClock {
    /// The first date as it was given, where the clock has stood still since and moved it: the time between it and
    /// ``firstDue`` is what the wait cost. Nil where it never stood still, or cost the date nothing.
    package var movedFrom: Instant? {
        guard !pauses.isEmpty, let dateGiven, let firstDue, dateGiven != firstDue else { return nil }
        return dateGiven
    }

    /// Since when the clock stands still; nil while it runs, and once it has ended.
    package var waitingSince: Instant? {
        isEnded ? nil : pauses.filter { $0.end == nil }.map(\.start).min()
    }
}
