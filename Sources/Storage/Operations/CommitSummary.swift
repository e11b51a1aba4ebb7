/// What one commit of the writer did, for counting.
package struct CommitSummary: Sendable, Hashable {
    /// Requests that shared the commit.
    package var callers: Int
    /// Events stored by it; repeated ones are not counted.
    package var stored: Int
    package var seconds: Double
    /// False where it failed and nothing of it was stored.
    package var isMade: Bool

    init(callers: Int, stored: Int, since started: ContinuousClock.Instant, isMade: Bool) {
        self.callers = callers
        self.stored = stored
        let spent = (ContinuousClock.now - started).components
        seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
        self.isMade = isMade
    }
}
