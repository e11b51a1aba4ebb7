package import Experience

/// The outbox: messages are queued in the transaction of what they tell, and sent by whoever holds their lease.
///
/// | to | call |
/// |---|---|
/// | queue one | ``queueMessage(_:)``, or give it with a ``Submission``: then it is queued with the events or not at all |
/// | send | ``leaseMessages(by:until:limit:)``, then ``finishMessage(_:by:_:)`` |
/// | look | ``messageCounts(agency:)``, ``messages(about:agency:)`` |
///
/// A message is sent at least once and, as far as the protocol allows, exactly once: a lease belongs to one sender and
/// ends by itself. A sender that dies between the server's acceptance and ``finishMessage(_:by:_:)`` leaves a message
/// that another sends again, under the same Message-ID, by which mail systems know it for a copy.
extension Record {
    @discardableResult
    package func queueMessage(_ message: OutgoingMessage) async throws(StorageError) -> QueuedMessage {
        let sealed = try seal([message])
        return try await write { (transaction) throws(StorageError) in
            var last = QueuedMessage.known
            for one in sealed { last = try transaction.session.queue(one, at: transaction.now) }
            return last
        }
    }

    /// Which of these keys a message was queued under, sent since or not.
    package func queuedMessages(
        _ dedupeKeys: [String], agency: AgencyID
    ) async throws(StorageError) -> Set<String> {
        try await read { (session) throws(StorageError) in
            var known: Set<String> = []
            for key in dedupeKeys {
                let count = try session.integer(
                    "SELECT count(*) FROM message WHERE agency = ?1 AND dedupe_key = ?2",
                    [.text(agency.text), .text(key)])
                if count > 0 { known.insert(key) }
            }
            return known
        }
    }

    /// Takes messages that are due for one sender until `until`; oldest first.
    ///
    /// - Parameter channels: what the sender can carry; others wait for one that can.
    package func leaseMessages(
        by owner: String, until: Instant, limit: Int = 20,
        channels: Set<OutgoingMessage.Channel> = Set(OutgoingMessage.Channel.allCases)
    ) async throws(StorageError) -> [LeasedMessage] {
        guard options.vaultKeys != nil else { throw .noVaultKey }
        let count = Int64(max(0, min(limit, 1_000)))
        let carried: [SQLValue] = OutgoingMessage.Channel.allCases.map {
            .text(channels.contains($0) ? $0.rawValue : "")
        }
        let taken = try await write { (transaction) throws(StorageError) in
            let now = transaction.now.microseconds
            let due = try transaction.session.rows(
                """
                SELECT agency, id FROM message
                WHERE ((state = 'queued' AND next_attempt <= ?1) OR (state = 'sending' AND lease_until < ?1))
                  AND channel IN (?3, ?4)
                ORDER BY next_attempt, id LIMIT ?2
                """, [.integer(now), .integer(count)] + carried
            ) { (row) throws(StorageError) in (row.text(0), row.text(1)) }
            var taken: [SealedMessageRow] = []
            for (agency, id) in due {
                // The condition again: on a database with several writers another node may have been quicker.
                let changed = try transaction.session.run(
                    """
                    UPDATE message SET state = 'sending', attempts = attempts + 1, lease_owner = ?3, lease_until = ?4
                    WHERE agency = ?1 AND id = ?2
                      AND (state = 'queued' OR (state = 'sending' AND lease_until < ?5))
                    """, .text(agency), .text(id), .text(owner), .integer(until.microseconds), .integer(now))
                guard changed == 1 else { continue }
                if let row = try transaction.session.row(
                    "SELECT \(SealedMessageRow.columns) FROM message WHERE agency = ?1 AND id = ?2",
                    [.text(agency), .text(id)], SealedMessageRow.read)
                {
                    taken.append(row)
                }
            }
            return taken
        }
        var opened: [LeasedMessage] = []
        for row in taken {
            do throws(StorageError) {
                opened.append(try await open(row))
            } catch {
                // One that can't be opened must not keep the others waiting.
                try await fail(row, by: owner, "\(error)")
            }
        }
        return opened
    }

    /// Notes how an attempt ended. False when the lease was lost meanwhile: another sender answers for it then.
    @discardableResult
    package func finishMessage(
        _ message: LeasedMessage, by owner: String, _ outcome: MessageOutcome
    ) async throws(StorageError) -> Bool {
        let (state, next, problem): (MessageSummary.State, Instant?, String?) =
            switch outcome {
            case .sent: (.sent, nil, nil)
            case .later(let at, let problem): (.queued, at, problem)
            case .failed(let problem): (.failed, nil, problem)
            }
        return try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                UPDATE message SET state = ?4, next_attempt = coalesce(?5, next_attempt), problem = ?6, sent_at = ?7,
                  lease_owner = NULL, lease_until = NULL
                WHERE agency = ?1 AND id = ?2 AND lease_owner = ?3 AND state = 'sending'
                """, .text(message.agency.text), .text(message.id), .text(owner), .text(state.rawValue), .time(next),
                .optional(problem.map { String($0.prefix(300)) }),
                .time(outcome == .sent ? transaction.now : nil)) == 1
        }
    }

    /// How many messages are in each state; of one agency, or of all.
    package func messageCounts(
        agency: AgencyID? = nil
    ) async throws(StorageError) -> [MessageSummary.State: Int] {
        let (condition, values): (String, [SQLValue]) =
            agency.map { (" WHERE agency = ?1", [.text($0.text)]) } ?? ("", [])
        return try await read(agency: agency) { (session) throws(StorageError) in
            var counts: [MessageSummary.State: Int] = [:]
            let rows = try session.rows("SELECT state, count(*) FROM message\(condition) GROUP BY state", values) {
                (row) throws(StorageError) in (row.text(0), Int(row.integer(1)))
            }
            for (word, count) in rows {
                if let state = MessageSummary.State(rawValue: word) { counts[state] = count }
            }
            return counts
        }
    }

    /// The messages to a journey's person, newest first, without their words.
    package func messages(
        about journey: JourneyID, agency: AgencyID
    ) async throws(StorageError) -> [MessageSummary] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT id, purpose, language, state, attempts, queued_at, sent_at, problem FROM message
                WHERE agency = ?1 AND journey = ?2 ORDER BY queued_at DESC, id DESC LIMIT 200
                """, [.text(agency.text), .text(journey.text)]
            ) { (row) throws(StorageError) in
                guard let state = MessageSummary.State(rawValue: row.text(3)),
                    let language = Language(rawValue: row.text(2))
                else { throw .damaged("a message can't be read") }
                return MessageSummary(
                    id: row.text(0), purpose: row.text(1), language: language, state: state,
                    attempts: Int(row.integer(4)), queuedAt: Instant(microseconds: row.integer(5)),
                    sentAt: row.optionalInteger(6).map { Instant(microseconds: $0) }, problem: row.optionalText(7))
            }
        }
    }

    /// Whether the vault keeps a field for a subject. Opens nothing, so it is no reading of personal data.
    package func keeps(_ field: String, of subject: VaultSubject) async throws(StorageError) -> Bool {
        try await read(agency: subject.agency) { (session) throws(StorageError) in
            try session.integer(
                "SELECT count(*) FROM vault WHERE agency = ?1 AND subject = ?2 AND field = ?3",
                [.text(subject.agency.text), .text(subject.key), .text(field)]) > 0
        }
    }

    private func fail(_ row: SealedMessageRow, by owner: String, _ problem: String) async throws(StorageError) {
        let message = LeasedMessage(
            agency: row.agency, id: row.id, channel: row.channel, language: row.language, address: nil, subject: "",
            body: "", purpose: row.purpose, attempt: row.attempts, queuedAt: row.queuedAt)
        try await finishMessage(message, by: owner, .failed(problem: problem))
    }

    private func open(_ row: SealedMessageRow) async throws(StorageError) -> LeasedMessage {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        guard let key = keys[row.keyID] else { throw .unknownVaultKey(id: row.keyID) }
        let words = try MessageWords(sealed: row.sealed, key: key, agency: row.agency.text, id: row.id)
        var address = words.address
        if let journey = row.journey, let field = words.field {
            let subject = VaultSubject.person(journey, agency: row.agency)
            address = try await self.words(of: subject, reader: "system")[field]
        }
        return LeasedMessage(
            agency: row.agency, id: row.id, channel: row.channel, language: row.language, address: address,
            subject: words.subject, body: words.body, purpose: row.purpose, attempt: row.attempts,
            queuedAt: row.queuedAt)
    }
}
