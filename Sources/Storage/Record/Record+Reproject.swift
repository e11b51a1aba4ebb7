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
    ///
    /// While one batch is stored the next is worked out; others' appends come between the batches.
    package func reproject(
        to calendar: WorkingCalendar, reason: String, at now: Instant, batch: Int = 5_000,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(StorageError) -> Reprojection {
        guard options.rules.calendars()[calendar.reference] != nil else {
            throw .refused("calendar \(calendar.reference) is not among the record's calendars; add it first.")
        }
        let change = CalendarChange(
            calendar: calendar, reason: reason, at: now, calendars: options.rules.calendars(),
            batch: Int64(max(1, min(batch, 50_000))))
        var total = Reprojection()
        var looked = try await owed(change, after: ("", "")).get()
        while true {
            let last = looked.last
            async let ahead: Result<OwedStretch, StorageError> =
                if let last { await owed(change, after: last) } else { .success(OwedStretch()) }
            let (moves, events) = (looked.moves, looked.events)
            var failure: StorageError?
            if !moves.isEmpty {
                do throws(StorageError) {
                    let stored = try await submit(weight: events.count, events: events) {
                        (transaction) throws(StorageError) in try transaction.append(moves)
                    }
                    total.journaled += stored.journaled
                    total.moved += stored.moved
                } catch {
                    failure = error
                }
            }
            let next = await ahead
            if let failure { throw failure }
            progress?(total.journaled)
            guard last != nil else { return total }
            looked = try next.get()
        }
    }

    /// The next promises still owed, in the order of their keys, worked out anew on the reader's thread.
    private func owed(
        _ change: CalendarChange, after: (agency: String, journey: String)
    ) async -> Result<OwedStretch, StorageError> {
        do throws(StorageError) {
            let stretch = try await read { (session) throws(StorageError) in
                var stretch = OwedStretch()
                var count: Int64 = 0
                _ = try session.rows(
                    """
                    SELECT p.agency, p.journey, p.service, p.lines FROM promise AS p
                    WHERE p.ended_at IS NULL AND (p.agency, p.journey) > (?1, ?2)
                    ORDER BY p.agency, p.journey LIMIT ?3
                    """, [.text(after.agency), .text(after.journey), .integer(change.batch)]
                ) { (row) throws(StorageError) in
                    count += 1
                    if let move = try change.move(row) { stretch.add(move) }
                    if count == change.batch { stretch.last = (row.text(0), row.text(1)) }
                }
                return stretch
            }
            return .success(stretch)
        } catch {
            return .failure(error)
        }
    }
}

/// Some of the promises still owed.
private struct OwedStretch: Sendable {
    private(set) var moves: [PromiseMove] = []
    /// Theirs, in their order.
    private(set) var events: [PreparedEvent] = []
    /// Where to go on; nil = these were the last.
    var last: (agency: String, journey: String)?

    mutating func add(_ move: PromiseMove) {
        moves.append(move)
        events.append(move.event)
    }
}

/// A new calendar version, and what it makes of one promise's row.
private struct CalendarChange: Sendable {
    let calendar: WorkingCalendar
    let reason: String
    let at: Instant
    let calendars: CalendarSet
    let batch: Int64

    /// Nil when the promise follows another calendar, or this version already. The row: agency, journey, service, lines.
    func move(_ row: Prepared) throws(StorageError) -> PromiseMove? {
        guard let agency = AgencyID(row.text(0)), let journey = JourneyID(row.text(1)),
            let service = ServiceID(row.text(2))
        else { throw .damaged("a row of the promise view can't be read; run throughline rebuild") }
        let text = row.text(3)
        guard var lines = PromiseLineText.decode(text) else {
            throw .damaged("a row of the promise view can't be read; run throughline rebuild")
        }
        guard var clock = PromiseClock(lines: lines, calendars: calendars),
            let move = try? clock.reproject(to: calendar, reason: reason, at: at, calendars: calendars)
        else { return nil }
        let event: PreparedEvent
        do {
            event = try PreparedEvent(
                Event(
                    agency: agency, service: service, journey: journey, source: "throughline",
                    sourceID: "calendar/\(calendar.reference)/\(journey)", kind: .promise,
                    activity: move.entry.activity, channel: .system, actor: Actor(.system), occurred: at,
                    attributes: move.entry.attributes))
        } catch {
            throw .refused(error.reason.description)
        }
        // A line that lies in the future would come after the new one: then the fold settles the order.
        let isLast = lines.allSatisfy { $0.at <= at } && lines.count < JourneyState.promiseLineLimit
        lines.append(PromiseLine(at: at, meaning: .entry(move.entry)))
        return PromiseMove(
            event: event, clock: clock, isMoved: move.before != move.after, before: text,
            after: isLast ? text + "\n" + PromiseLineText.encode(lines.suffix(1)) : nil)
    }
}
