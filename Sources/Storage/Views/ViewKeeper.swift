import Experience

/// Keeps the views up with the record inside the writer's transaction: each journey touched is loaded once, folded
/// for every event, and written once at the end. Confined to the writer's thread.
///
/// States stay cached between commits; the writer says when another program has written (``forget()``).
final class ViewKeeper {
    private struct Key: Hashable {
        let agency: AgencyID
        let journey: JourneyID
    }

    private final class Folding {
        var state: JourneyState
        /// No row yet.
        var isNew: Bool
        /// Whether `promiseLines` hold all that came before. A journey without a promise keeps none in its row.
        var knowsLines: Bool
        var isTouched = false
        /// How many of the promise's lines its row holds: lines are only ever added, so an equal count is an equal row.
        var keptLines = 0
        /// What the row holds in the columns that indexes use.
        var indexed: Indexed?

        init(_ state: JourneyState, isNew: Bool, knowsLines: Bool) {
            self.state = state
            self.isNew = isNew
            self.knowsLines = knowsLines
        }
    }

    private struct Indexed: Equatable {
        var service: ServiceID
        var opened: Instant
        var channel: Channel
        var closed: JourneyState.Closing?
        var outcome: JourneyState.Solved?
        var outcomeAt: Instant?

        init(_ state: JourneyState) {
            service = state.service
            opened = state.opened
            channel = state.firstChannel
            closed = state.closed
            outcome = state.outcome
            outcomeAt = state.outcomeAt
        }
    }

    private static let capacity = 20_000

    private let rules: ViewRules
    private var known: [Key: Folding] = [:]
    private var touched: [Folding] = []
    /// Looked for in this commit and not there.
    private var missing: Set<Key> = []
    private var definitions: [AgencyID: [ServiceID: ServiceDefinition?]] = [:]
    private var calendars: CalendarSet?

    init(rules: ViewRules) {
        self.rules = rules
    }

    /// Drops every cached state: after a commit that failed, or when another program wrote.
    func forget() {
        known.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        refreshRules()
    }

    /// Whether a journey's row is behind what was folded in this transaction.
    func isTouched(_ agency: AgencyID, _ journey: JourneyID) -> Bool {
        known[Key(agency: agency, journey: journey)]?.isTouched ?? false
    }

    /// Drops one cached state whose row was written by another way.
    func drop(_ agency: AgencyID, _ journey: JourneyID) {
        known.removeValue(forKey: Key(agency: agency, journey: journey))
    }

    /// Definitions may change between commits; within one they hold still.
    func refreshRules() {
        missing.removeAll(keepingCapacity: true)
        definitions.removeAll(keepingCapacity: true)
        calendars = nil
    }

    func fold(_ recorded: RecordedEvent, _ session: Session) throws(StorageError) {
        let event = recorded.event
        // A press on a kiosk or an answer to an open link is no journey.
        if event.journey.isUnattached { return }
        let key = Key(agency: event.agency, journey: event.journey)
        let folding: Folding
        if let cached = known[key] {
            folding = cached
            try add(recorded, to: folding, session)
        } else if let loaded = try load(recorded, session) {
            folding = loaded
            known[key] = folding
            try add(recorded, to: folding, session)
        } else {
            let definition = definition(event.agency, event.service)
            folding = Folding(JourneyState(first: recorded, definition: definition), isNew: true, knowsLines: true)
            known[key] = folding
        }
        if !folding.isTouched {
            folding.isTouched = true
            touched.append(folding)
        }
    }

    /// Writes every state touched since the last flush.
    func flush(_ session: Session) throws(StorageError) {
        let insert = try session.prepare(JourneyColumns.insert, together: JourneyColumns.insertTogether)
        let updateAll = try session.prepare(JourneyColumns.updateAll, together: JourneyColumns.updateAllTogether)
        let updateCounts = try session.prepare(
            JourneyColumns.updateCounts, together: JourneyColumns.updateCountsTogether)
        let promise = try session.prepare(PromiseColumns.upsert, together: PromiseColumns.upsertTogether)
        for folding in touched {
            folding.isTouched = false
            let indexed = Indexed(folding.state)
            if folding.isNew {
                JourneyColumns.bindAll(folding.state, to: insert)
                try insert.send(changesOneRow: true)
                folding.isNew = false
            } else if folding.indexed != indexed {
                JourneyColumns.bindAll(folding.state, to: updateAll)
                try updateAll.send(changesOneRow: true)
            } else {
                JourneyColumns.bindCounts(folding.state, to: updateCounts)
                try updateCounts.send(changesOneRow: true)
            }
            folding.indexed = indexed
            let lines = folding.state.promiseLines.count
            if folding.knowsLines, lines != folding.keptLines, folding.state.hasPromise {
                folding.keptLines = lines
                folding.state.settle(calendars: currentCalendars())
                if let clock = folding.state.promise {
                    PromiseColumns.bind(folding.state, clock, to: promise)
                    try promise.send()
                }
            }
        }
        touched.removeAll(keepingCapacity: true)
        if known.count > ViewKeeper.capacity { known.removeAll(keepingCapacity: true) }
    }

    private func add(_ recorded: RecordedEvent, to folding: Folding, _ session: Session) throws(StorageError) {
        let event = recorded.event
        if event.kind == .promise, !folding.knowsLines {
            try refold(folding, upTo: recorded.sequence, session)
        } else {
            folding.state.apply(recorded, definition: definition(event.agency, folding.state.service))
        }
    }

    /// Asks for the journeys of a commit's events that are not cached, in one question; nil when all are. The answer is
    /// for ``read(_:_:)``.
    func ask(_ jobs: [Writer.Job], _ session: Session) throws(StorageError) -> Prepared? {
        var wanted: [Key] = []
        for job in jobs {
            for prepared in job.events where !prepared.event.journey.isUnattached {
                let key = Key(agency: prepared.event.agency, journey: prepared.event.journey)
                if known[key] == nil, missing.insert(key).inserted { wanted.append(key) }
            }
        }
        guard !wanted.isEmpty else { return nil }
        return try session.ask(
            """
            SELECT \(JourneyColumns.selected) FROM unnest(?1::text[], ?2::text[]) AS s (agency, journey)
            JOIN journey AS j ON j.agency = s.agency COLLATE "C" AND j.journey = s.journey COLLATE "C"
            LEFT JOIN promise AS p ON p.agency = j.agency AND p.journey = j.journey
            """,
            [
                .text(PostgresArray.text(wanted.lazy.map(\.agency.text))),
                .text(PostgresArray.text(wanted.lazy.map(\.journey.text))),
            ])
    }

    func read(_ asked: Prepared, _ session: Session) throws(StorageError) {
        _ = try session.rows(asked) { (row) throws(StorageError) in
            guard let agency = AgencyID(row.text(0)), let journey = JourneyID(row.text(1)) else { return }
            let key = Key(agency: agency, journey: journey)
            missing.remove(key)
            // A row that can't be read is looked at again, and mended, when its event comes.
            known[key] = try? folding(row)
        }
    }

    private func load(_ recorded: RecordedEvent, _ session: Session) throws(StorageError) -> Folding? {
        let event = recorded.event
        if missing.contains(Key(agency: event.agency, journey: event.journey)) { return nil }
        let sql = """
            SELECT \(JourneyColumns.selected) FROM \(JourneyColumns.from) WHERE j.agency = ?1 AND j.journey = ?2
            """
        let statement = try session.prepare(sql)
        statement.bind(1, event.agency.text)
        statement.bind(2, event.journey.text)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        do throws(StorageError) {
            return try folding(statement)
        } catch {
            // A damaged row of a view is made anew from the record, which is the truth.
            let events = try events(of: event, before: recorded.sequence, session)
            let definition = definition(event.agency, events.first?.event.service ?? event.service)
            guard let state = JourneyState.fold(events, definition: definition, calendars: currentCalendars()) else {
                throw error
            }
            return Folding(state, isNew: false, knowsLines: true)
        }
    }

    /// A row as it is kept.
    private func folding(_ row: Prepared) throws(StorageError) -> Folding {
        let folding = Folding(
            try JourneyColumns.read(row, calendars: currentCalendars()), isNew: false, knowsLines: !row.isNull(18))
        folding.indexed = Indexed(folding.state)
        folding.keptLines = folding.state.promiseLines.count
        return folding
    }

    private func refold(_ folding: Folding, upTo sequence: Int64, _ session: Session) throws(StorageError) {
        let state = folding.state
        let events = try events(agency: state.agency, journey: state.journey, before: sequence + 1, session)
        let definition = definition(state.agency, state.service)
        guard let fresh = JourneyState.fold(events, definition: definition, calendars: currentCalendars()) else {
            return
        }
        folding.state = fresh
        folding.knowsLines = true
    }

    private func events(
        of event: Event, before sequence: Int64, _ session: Session
    ) throws(StorageError) -> [RecordedEvent] {
        try events(agency: event.agency, journey: event.journey, before: sequence, session)
    }

    private func events(
        agency: AgencyID, journey: JourneyID, before sequence: Int64, _ session: Session
    ) throws(StorageError) -> [RecordedEvent] {
        try session.rows(
            """
            SELECT \(EventColumns.list) FROM event WHERE agency = ?1 AND journey = ?2 AND sequence < ?3
            ORDER BY sequence
            """, [.text(agency.text), .text(journey.text), .integer(sequence)], EventColumns.read)
    }

    private func definition(_ agency: AgencyID, _ service: ServiceID) -> ServiceDefinition? {
        if let found = definitions[agency]?[service] { return found }
        let asked = rules.definition(agency, service)
        definitions[agency, default: [:]][service] = .some(asked)
        return asked
    }

    private func currentCalendars() -> CalendarSet {
        if let calendars { return calendars }
        let asked = rules.calendars()
        calendars = asked
        return asked
    }
}
