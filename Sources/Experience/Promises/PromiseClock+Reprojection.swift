extension PromiseClock {
    package struct Move: Sendable, Hashable {
        package var entry: PromiseEntry
        package var before: Instant
        package var after: Instant
    }

    /// The last date as it stood once the ledger had this line; nil before a date was given.
    package func lastDue(after line: Int, calendars: CalendarSet) -> Instant? {
        guard ledger.indices.contains(line) else { return nil }
        return PromiseClock(ledger: Array(ledger[...line]), calendars: calendars).lastDue
    }

    /// Works the dates out again by a newer version of the promise's own calendar, with one line in the ledger that
    /// says why. Nil, and nothing is written, when the promise is ended, follows another calendar, or already follows
    /// this version.
    package mutating func reproject(
        to rules: WorkingCalendar, reason: String, at: Instant, calendars: CalendarSet
    ) throws(PromiseProblem) -> Move? {
        guard !isEnded, let calendar, calendar.id == rules.id, calendar.version != rules.version, let lastDue else {
            return nil
        }
        let entry = PromiseEntry.reprojected(rules.reference, reason: reason)
        try apply(entry, at: at, calendars: calendars)
        return Move(entry: entry, before: lastDue, after: self.lastDue ?? lastDue)
    }
}
