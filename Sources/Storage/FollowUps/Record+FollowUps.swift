package import Experience

/// Something a person said that somebody has to act on.
package struct FollowUp: Hashable, Sendable {
    package enum Cause: String, Sendable, CaseIterable {
        /// We closed it, they said no.
        case closedNotSolved = "closed_not_solved"
    }

    package enum State: String, Sendable, CaseIterable {
        case open
        /// Somebody answered the person.
        case answered
        /// Mended, and the person was asked again.
        case askedAgain = "asked_again"
        case done
    }

    package var agency: AgencyID
    package var id: String
    package var service: ServiceID
    package var journey: JourneyID
    /// The event that opened it.
    package var source: String
    package var sourceID: String
    package var cause: Cause
    package var openedAt: Instant
    /// The account whose it is; nil until somebody takes it.
    package var owner: String?
    package var state: State
    package var changedAt: Instant
    /// What was done; no personal data.
    package var note: String

    package init(
        agency: AgencyID, id: String, service: ServiceID, journey: JourneyID, source: String, sourceID: String,
        cause: Cause, openedAt: Instant, owner: String? = nil, state: State = .open, changedAt: Instant,
        note: String = ""
    ) {
        self.agency = agency
        self.id = id
        self.service = service
        self.journey = journey
        self.source = source
        self.sourceID = sourceID
        self.cause = cause
        self.openedAt = openedAt
        self.owner = owner
        self.state = state
        self.changedAt = changedAt
        self.note = note
    }
}

/// What people said and what was done about it, published in both languages.
package struct SaidDid: Hashable, Sendable {
    package var agency: AgencyID
    package var id: String
    package var service: ServiceID
    package var said: LocalText
    package var did: LocalText
    package var publishedAt: Instant

    package init(
        agency: AgencyID, id: String, service: ServiceID, said: LocalText, did: LocalText, publishedAt: Instant
    ) {
        self.agency = agency
        self.id = id
        self.service = service
        self.said = said
        self.did = did
        self.publishedAt = publishedAt
    }
}

extension Record {
    package static let followUpNoteLimit = 1_000

    /// Opens items; one already opened for the same event stays as it is. Gives how many are new.
    @discardableResult
    package func open(_ items: [FollowUp]) async throws(StorageError) -> Int {
        guard !items.isEmpty else { return 0 }
        return try await write(weight: items.count) { (transaction) throws(StorageError) in
            var new = 0
            for item in items {
                new += try transaction.session.run(
                    """
                    INSERT INTO follow_up
                      (agency, id, service, journey, source, source_id, cause, opened_at, owner, state, changed_at, note)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                    ON CONFLICT (agency, source, source_id) DO NOTHING
                    """, .text(item.agency.text), .text(item.id), .text(item.service.text), .text(item.journey.text),
                    .text(item.source), .text(item.sourceID), .text(item.cause.rawValue),
                    .integer(item.openedAt.microseconds), .optional(item.owner), .text(item.state.rawValue),
                    .integer(item.changedAt.microseconds), .text(item.note))
            }
            return new
        }
    }

    /// Items of a service, those still to be done first, then the newest.
    package func followUps(
        agency: AgencyID, service: ServiceID, limit: Int = 200
    ) async throws(StorageError) -> [FollowUp] {
        let count = Int64(max(0, min(limit, 10_000)))
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT id, journey, source, source_id, cause, opened_at, owner, state, changed_at, note FROM follow_up
                WHERE agency = ?1 AND service = ?2
                ORDER BY CASE state WHEN 'done' THEN 1 ELSE 0 END, opened_at DESC LIMIT ?3
                """, [.text(agency.text), .text(service.text), .integer(count)]
            ) { (row) throws(StorageError) in
                guard let journey = JourneyID(row.text(1)), let cause = FollowUp.Cause(rawValue: row.text(4)),
                    let state = FollowUp.State(rawValue: row.text(7))
                else { throw .damaged("follow-up \(row.text(0)) can't be read") }
                return FollowUp(
                    agency: agency, id: row.text(0), service: service, journey: journey, source: row.text(2),
                    sourceID: row.text(3), cause: cause, openedAt: Instant(microseconds: row.integer(5)),
                    owner: row.optionalText(6), state: state, changedAt: Instant(microseconds: row.integer(8)),
                    note: row.text(9))
            }
        }
    }

    /// Gives an item an owner, a state and a note; noted in the audit log. False when there is no such item.
    @discardableResult
    package func change(
        followUp id: String, agency: AgencyID, service: ServiceID, owner: String?, state: FollowUp.State, note: String,
        by account: String
    ) async throws(StorageError) -> Bool {
        guard note.unicodeScalars.count <= Record.followUpNoteLimit else {
            throw .refused("the note is longer than \(Record.followUpNoteLimit) characters; shorten it.")
        }
        return try await write { (transaction) throws(StorageError) in
            let changed = try transaction.session.run(
                """
                UPDATE follow_up SET owner = ?4, state = ?5, note = ?6, changed_at = ?7
                WHERE agency = ?1 AND id = ?2 AND service = ?3
                """, .text(agency.text), .text(id), .text(service.text), .optional(owner), .text(state.rawValue),
                .text(note), .integer(transaction.now.microseconds))
            guard changed > 0 else { return false }
            try transaction.session.note(
                AuditEntry(
                    account: account, action: .write, agency: agency, subject: "follow-up:\(id)",
                    detail: state.rawValue), at: transaction.now)
            return true
        }
    }

    /// Publishes what people said and what was done.
    package func publish(_ one: SaidDid, by account: String) async throws(StorageError) {
        let texts = [one.said.en, one.said.es, one.did.en, one.did.es]
        guard texts.allSatisfy({ (1...600).contains($0.unicodeScalars.count) }) else {
            throw .refused("each of the four texts needs 1 to 600 characters; write all of them.")
        }
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                INSERT INTO said_did
                  (agency, id, service, said_en, said_es, did_en, did_es, published_at, published_by, withdrawn_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL) ON CONFLICT (agency, id) DO NOTHING
                """, .text(one.agency.text), .text(one.id), .text(one.service.text), .text(texts[0]), .text(texts[1]),
                .text(texts[2]), .text(texts[3]), .integer(one.publishedAt.microseconds), .text(account))
        }
    }

    /// Takes a published pair off the public page; it stays in the database.
    package func withdraw(saidDid id: String, agency: AgencyID) async throws(StorageError) {
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "UPDATE said_did SET withdrawn_at = ?3 WHERE agency = ?1 AND id = ?2 AND withdrawn_at IS NULL",
                .text(agency.text), .text(id), .integer(transaction.now.microseconds))
        }
    }

    /// What is published for a service, newest first.
    package func saidDid(agency: AgencyID, service: ServiceID) async throws(StorageError) -> [SaidDid] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT id, said_en, said_es, did_en, did_es, published_at FROM said_did
                WHERE agency = ?1 AND service = ?2 AND withdrawn_at IS NULL ORDER BY published_at DESC LIMIT 50
                """, [.text(agency.text), .text(service.text)]
            ) { (row) throws(StorageError) in
                SaidDid(
                    agency: agency, id: row.text(0), service: service,
                    said: LocalText(en: row.text(1), es: row.text(2)),
                    did: LocalText(en: row.text(3), es: row.text(4)),
                    publishedAt: Instant(microseconds: row.integer(5)))
            }
        }
    }
}
