package import Experience

/// What one message makes of a conversation.
package struct ConversationTurn: Sendable {
    /// What goes back; kept under the message's id, so that the same message again gets the same reply.
    package var reply: String
    /// The conversation as it stands; nil when it is over or there is none.
    package var conversation: Conversation?
    /// Words to be sealed now.
    package var words: [VaultEntry]
    /// The finished response.
    package var submission: Submission?
    /// True: this person is never to be asked again. False: may be asked again. Nil: as before.
    package var stops: Bool?

    package init(
        reply: String, conversation: Conversation? = nil, words: [VaultEntry] = [], submission: Submission? = nil,
        stops: Bool? = nil
    ) {
        self.reply = reply
        self.conversation = conversation
        self.words = words
        self.submission = submission
        self.stops = stops
    }
}

extension Record {
    /// Takes one message of a conversation: looks up where it stands, lets `turn` decide, and keeps everything that
    /// follows from it in one transaction. A message that was taken before changes nothing and gets its reply again.
    ///
    /// - Parameters:
    ///   - message: the carrier's id of the message.
    ///   - person: the person's number; kept as a keyed hash.
    ///   - turn: runs on the writer's thread; must not block.
    package func converse(
        message: String, person: String, channel: Channel, agency: AgencyID,
        turn:
            @escaping @Sendable (_ standing: Conversation?, _ isStopped: Bool) throws(StorageError) ->
            ConversationTurn
    ) async throws(StorageError) -> String {
        let who = try personKey(person, agency: agency)
        let id = String(message.prefix(200))
        return try await write(weight: 4) { (transaction) throws(StorageError) in
            let session = transaction.session
            let kept = try session.row(
                "SELECT reply FROM conversation_message WHERE agency = ?1 AND message = ?2",
                [.text(agency.text), .text(id)]
            ) { (row) throws(StorageError) in row.text(0) }
            if let kept { return kept }
            let standing = try session.conversation(who, channel, agency)
            let taken = try turn(standing, try session.isStopped(who, agency: agency))
            for sealed in try self.seal(taken.words) { try session.keep(sealed, at: transaction.now) }
            if let stops = taken.stops { try session.stop(who, stops, agency, at: transaction.now) }
            if let conversation = taken.conversation {
                try session.keep(conversation, who, channel, agency)
            } else {
                try session.run(
                    "DELETE FROM conversation WHERE agency = ?1 AND person = ?2 AND channel = ?3",
                    .text(agency.text), .text(who), .text(channel.rawValue))
            }
            if let submission = taken.submission {
                _ = try transaction.append(try self.seal(submission))
            }
            try session.run(
                """
                INSERT INTO conversation_message (agency, message, reply, at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (agency, message) DO NOTHING
                """, .text(agency.text), .text(id), .text(taken.reply), .integer(transaction.now.microseconds))
            return taken.reply
        }
    }

    /// Begins a conversation that we open: an invitation by SMS. Replaces an older unfinished one.
    package func begin(
        _ conversation: Conversation, with person: String, channel: Channel, agency: AgencyID
    ) async throws(StorageError) {
        let who = try personKey(person, agency: agency)
        try await write { (transaction) throws(StorageError) in
            try transaction.session.keep(conversation, who, channel, agency)
        }
    }

    /// Notes that a person asked for no more messages, where their carrier tells it and not they.
    package func stop(person: String, agency: AgencyID) async throws(StorageError) {
        let who = try personKey(person, agency: agency)
        try await write { (transaction) throws(StorageError) in
            try transaction.session.stop(who, true, agency, at: transaction.now)
        }
    }

    /// Whether a person said that they do not want to be asked.
    package func isStopped(person: String, agency: AgencyID) async throws(StorageError) -> Bool {
        let who = try personKey(person, agency: agency)
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.isStopped(who, agency: agency)
        }
    }

    /// Forgets replies and unfinished conversations older than a time.
    @discardableResult
    package func forgetConversations(before time: Instant) async throws(StorageError) -> Int {
        try await write { (transaction) throws(StorageError) in
            try transaction.session.run("DELETE FROM conversation_message WHERE at < ?1", .integer(time.microseconds))
            return try transaction.session.run(
                "DELETE FROM conversation WHERE updated_at < ?1", .integer(time.microseconds))
        }
    }
}

extension Session {
    func stop(_ person: String, _ stops: Bool, _ agency: AgencyID, at now: Instant) throws(StorageError) {
        if stops {
            try run(
                """
                INSERT INTO contact_stop (agency, person, stopped_at) VALUES (?1, ?2, ?3)
                ON CONFLICT (agency, person) DO NOTHING
                """, .text(agency.text), .text(person), .integer(now.microseconds))
        } else {
            try run(
                "DELETE FROM contact_stop WHERE agency = ?1 AND person = ?2", .text(agency.text), .text(person))
        }
    }

    func conversation(_ person: String, _ channel: Channel, _ agency: AgencyID) throws(StorageError) -> Conversation? {
        try row(
            """
            SELECT id, service, form, touchpoint, language, solicited, transaction_key, journey, answers, question,
              started_at, updated_at FROM conversation WHERE agency = ?1 AND person = ?2 AND channel = ?3
            """, [.text(agency.text), .text(person), .text(channel.rawValue)]
        ) { (row) throws(StorageError) in
            guard let service = ServiceID(row.text(1)), let form = Slug(row.text(2)),
                let language = Language(rawValue: row.text(4)), let solicited = Solicitation(rawValue: row.text(5)),
                let answers = row.withUTF8(8, AttributeText.decode)
            else { return nil }
            return Conversation(
                id: row.text(0), service: service, form: form, touchpoint: row.optionalText(3).flatMap { Slug($0) },
                language: language, solicited: solicited, offer: row.optionalText(6),
                journey: row.optionalText(7).flatMap { JourneyID($0) }, answers: answers,
                question: row.optionalText(9).flatMap { Slug($0) }, started: Instant(microseconds: row.integer(10)),
                updated: Instant(microseconds: row.integer(11)))
        } ?? nil
    }

    func keep(
        _ conversation: Conversation, _ person: String, _ channel: Channel, _ agency: AgencyID
    ) throws(StorageError) {
        let answers = AttributeText.encode(conversation.answers) ?? Array("{}".utf8)
        try run(
            """
            INSERT INTO conversation (agency, person, channel, id, service, form, touchpoint, language, solicited,
              transaction_key, journey, answers, question, started_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            ON CONFLICT (agency, person, channel) DO UPDATE SET id = excluded.id, service = excluded.service,
              form = excluded.form, touchpoint = excluded.touchpoint, language = excluded.language,
              solicited = excluded.solicited, transaction_key = excluded.transaction_key,
              journey = excluded.journey, answers = excluded.answers, question = excluded.question,
              started_at = excluded.started_at, updated_at = excluded.updated_at
            """, .text(agency.text), .text(person), .text(channel.rawValue), .text(conversation.id),
            .text(conversation.service.text), .text(conversation.form.text), .optional(conversation.touchpoint?.text),
            .text(conversation.language.rawValue), .text(conversation.solicited.rawValue),
            .optional(conversation.offer), .optional(conversation.journey?.text),
            .text(String(decoding: answers, as: UTF8.self)), .optional(conversation.question?.text),
            .integer(conversation.started.microseconds), .integer(conversation.updated.microseconds))
    }
}
