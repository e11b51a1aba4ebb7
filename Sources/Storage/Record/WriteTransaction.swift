import Experience

/// What the writer does between BEGIN and COMMIT. Confined to the writer's thread.
final class WriteTransaction {
    let session: Session
    let views: ViewKeeper
    let now: Instant
    private let insert: Prepared
    private var next: Int64
    /// The digest of the commit before, and the events of this one.
    private let previous: String
    private var chained = CommitEvents()
    /// By id: whether a key stands. Looked up once, however many appends come under it.
    private var keys: [String: Bool]
    /// Events stored in this transaction.
    private(set) var stored: [RecordedEvent] = []
    /// About the memory they take.
    private(set) var storedBytes = 0
    /// An event without its attributes, about.
    private static let plainBytes = 600
    /// What the record knows of the ids looked up together; nil where each is looked up when it comes.
    private var known: KnownSources?

    /// - Parameter end: where the record ends, if that is known; else it is looked up.
    init(_ session: Session, views: ViewKeeper, now: Instant, after end: RecordEnd?) throws(StorageError) {
        self.session = session
        self.views = views
        self.now = now
        insert = try session.prepare(session.dialect.eventInsert, together: session.dialect.eventsInsert)
        let end = if let end { end } else { try RecordEnd(session) }
        next = end.sequence + 1
        previous = end.digest
        keys = end.keys
    }

    /// Writes the digest of what was appended, after everything else; gives where the record ends then.
    func seal() throws(StorageError) -> RecordEnd {
        let digest = try chained.keep(session, after: previous, recorded: now)
        return RecordEnd(sequence: next - 1, digest: digest ?? previous, keys: keys)
    }

    /// Runs a body whose writes are undone when it throws; then its events are not counted either.
    func undoing<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
        let before = (next, stored.count, storedBytes)
        do throws(StorageError) {
            return try body()
        } catch {
            next = before.0
            stored.removeLast(stored.count - before.1)
            storedBytes = before.2
            chained.undo(from: next)
            throw error
        }
    }

    /// Throws unless the key stands at this commit.
    func demand(_ key: APIKey) throws(StorageError) {
        var stands = keys[key.id]
        if stands == nil {
            let count = try session.integer(
                "SELECT count(*) FROM api_key WHERE agency = ?1 AND id = ?2 AND revoked_at IS NULL",
                [.text(key.agency.text), .text(key.id)])
            stands = count > 0
            keys[key.id] = count > 0
        }
        if stands != true { throw .keyRevoked }
    }

    /// Takes what was asked for a whole commit at once.
    func read(_ asked: AskedRows?) throws(StorageError) {
        guard let asked else { return }
        var known = asked.known
        if let sources = asked.sources { try known.read(sources, session) }
        self.known = known
        if let journeys = asked.journeys { try views.read(journeys, session) }
    }

    /// Appends one event and folds it into the views. An event the database refuses leaves its neighbours alone.
    func append(_ prepared: PreparedEvent) throws(StorageError) -> Appended {
        let (appended, stored) = try add(prepared)
        if let stored { try fold(stored) }
        return appended
    }

    /// Appends all of a submission with its words, or nothing.
    func append(_ submission: SealedSubmission) throws(StorageError) -> [Appended] {
        let events = submission.events
        if submission.isPlain {
            let appended = try append(events[0])
            if case .refused(let refusal) = appended { throw .refused(refusal.description) }
            return [appended]
        }
        var stored: [RecordedEvent] = []
        var appended: [Appended] = []
        try undoing { () throws(StorageError) in
            try part { () throws(StorageError) in
                for event in events {
                    let (what, recorded) = try add(event)
                    if case .refused(let refusal) = what { throw .refused(refusal.description) }
                    if let recorded { stored.append(recorded) }
                    appended.append(what)
                }
                for sealed in submission.words { try session.keep(sealed, at: now) }
                if !stored.isEmpty || events.isEmpty {
                    for message in submission.messages { _ = try session.queue(message, at: now) }
                    for entry in submission.audit { try session.note(entry, at: now) }
                }
                if let mark = submission.mark, let first = events.first?.event {
                    try session.keep(mark, agency: first.agency, service: first.service)
                }
                if let tracking = submission.tracking {
                    try session.run(
                        """
                        INSERT INTO tracking (agency, code_hash, journey) VALUES (?1, ?2, ?3)
                        ON CONFLICT (agency, code_hash) DO NOTHING
                        """, .text(tracking.agency), .text(tracking.hash), .text(tracking.journey))
                }
            }
        }
        for event in stored { try fold(event) }
        return appended
    }

    /// All of the body or nothing. In haste without a savepoint: if it fails, everybody's work is done again.
    private func part(_ body: () throws(StorageError) -> Void) throws(StorageError) {
        guard session.isHasty else {
            try session.savepoint(body)
            return
        }
        do throws(StorageError) {
            try body()
        } catch {
            session.spoil()
            throw error
        }
    }

    func fold(_ stored: RecordedEvent) throws(StorageError) {
        try views.fold(stored, session)
        try session.foldOffer(stored)
    }

    /// Stores an event without folding it; nil beside the answer when it was known or refused.
    func add(_ prepared: PreparedEvent) throws(StorageError) -> (Appended, RecordedEvent?) {
        let sequence = next
        if let known, let kept = known[prepared.event] { return (.duplicate(kept), nil) }
        EventColumns.bind(prepared, sequence: sequence, recorded: now, to: insert)
        let changed: Int
        do throws(StorageError) {
            changed = try store()
        } catch .refused(let reason) {
            return (.refused(.database(reason)), nil)
        } catch {
            throw error
        }
        let event = prepared.event
        guard changed > 0 else {
            let kept = try session.integer(
                "SELECT sequence FROM \(session.dialect.sourceKeys) WHERE agency = ?1 AND source = ?2 AND source_id = ?3",
                [.text(event.agency.text), .text(event.source), .text(event.sourceID)])
            return (.duplicate(kept), nil)
        }
        known?[event] = sequence
        chained.add(prepared.digest, sequence: sequence)
        next = sequence + 1
        let recorded = RecordedEvent(sequence: sequence, recorded: now, event: event)
        stored.append(recorded)
        storedBytes += WriteTransaction.plainBytes + 2 * prepared.attributes.count
        return (.stored(sequence), recorded)
    }

    /// Stores the event that is bound; 0 when its source sent it before.
    private func store() throws(StorageError) -> Int {
        if known != nil {
            try insert.send(changesOneRow: true)
            return 1
        }
        // PostgreSQL gives a transaction up with the first statement it refuses.
        guard session.dialect.refusalEndsTransaction else { return try insert.run() }
        return try session.savepoint { () throws(StorageError) in try insert.run() }
    }
}

/// Which events of a commit the record has already, and the journeys they belong to: asked in one question each, both on
/// their way at once.
struct AskedRows {
    let known: KnownSources
    let sources: Prepared?
    let journeys: Prepared?

    /// Nil where each is looked up when it comes.
    init?(_ jobs: [Writer.Job], _ views: ViewKeeper, _ session: Session) throws(StorageError) {
        guard session.isHasty else { return nil }
        var known = KnownSources()
        if session.asksForKnown {
            for job in jobs { known.add(job.events) }
        }
        self.known = known
        sources = try known.ask(session)
        journeys = try views.ask(jobs, session)
    }
}
