package import Experience

/// What a new version of a calendar did to the promises still owed.
package struct Reprojection: Hashable, Sendable {
    /// Promises that follow the calendar now, each with one line in its ledger.
    package var journaled = 0
    /// Of these, those whose date moved.
    package var moved = 0

    package init() {}
}

extension Record {
    /// Works out every promise still owed by a newer version of its own calendar, with one event each that says why. The
    /// record's rules must know the version. Called twice, or on two nodes, it writes nothing twice.
    package func reproject(
        to calendar: WorkingCalendar, reason: String, at now: Instant, batch: Int = 5_000,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(StorageError) -> Reprojection {
        guard options.rules.calendars()[calendar.reference] != nil else {
            throw .refused("calendar \(calendar.reference) is not among the record's calendars; add it first.")
        }
        let count = Int64(max(1, min(batch, 50_000)))
        var total = Reprojection()
        var after = ("", "")
        while true {
            let states = try await owed(after: after, limit: count)
            guard let last = states.last else { return total }
            after = (last.agency.text, last.journey.text)
            let calendars = options.rules.calendars()
            var events: [Event] = []
            for state in states {
                guard var clock = state.promise,
                    let move = try? clock.reproject(to: calendar, reason: reason, at: now, calendars: calendars)
                else { continue }
                if move.before != move.after { total.moved += 1 }
                events.append(
                    Event(
                        agency: state.agency, service: state.service, journey: state.journey, source: "throughline",
                        sourceID: "calendar/\(calendar.reference)/\(state.journey)", kind: .promise,
                        activity: move.entry.activity, channel: .system, actor: Actor(.system), occurred: now,
                        attributes: move.entry.attributes))
            }
            for answer in try await append(events) {
                if case .stored = answer { total.journaled += 1 }
            }
            progress?(total.journaled)
            if states.count < Int(count) { return total }
        }
    }

    /// Promises still owed, in the order of their keys.
    private func owed(after: (String, String), limit: Int64) async throws(StorageError) -> [JourneyState] {
        let calendars = options.rules.calendars()
        let (agency, journey) = after
        return try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(JourneyColumns.selected) FROM promise AS p
                JOIN journey AS j ON j.agency = p.agency AND j.journey = p.journey
                WHERE p.ended_at IS NULL AND (p.agency, p.journey) > (?1, ?2)
                ORDER BY p.agency, p.journey LIMIT ?3
                """, [.text(agency), .text(journey), .integer(limit)]
            ) { (row) throws(StorageError) in try JourneyColumns.read(row, calendars: calendars) }
        }
    }
}
