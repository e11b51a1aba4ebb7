import Experience
import Foundation

/// The words of a message: everything of it that may be personal.
struct MessageWords: Codable, Sendable {
    var subject: String
    var body: String
    var address: String?
    /// The vault field that holds the person's address.
    var field: String?

    init(_ message: OutgoingMessage) {
        subject = message.subject
        body = message.body
        switch message.to {
        case .person(_, let field): self.field = field
        case .address(let address): self.address = address
        }
    }

    init(sealed: [UInt8], key: VaultKey, agency: String, id: String) throws(StorageError) {
        let bytes = try SealedWords.open(sealed, key: key, place: MessageWords.place(agency, id))
        do {
            self = try JSONDecoder().decode(MessageWords.self, from: Data(bytes))
        } catch {
            throw .damaged("a message's words can't be read")
        }
    }

    func seal(key: VaultKey, agency: String, id: String) throws(StorageError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let bytes = try? encoder.encode(self) else { throw .refused("this message can't be written out.") }
        return try SealedWords.seal(Array(bytes), key: key, place: MessageWords.place(agency, id))
    }

    static func place(_ agency: String, _ id: String) -> [UInt8] { SealedWords.place(agency, "message:\(id)", "words") }
}

/// A message ready for its row.
struct SealedMessage: Sendable {
    let message: OutgoingMessage
    let id: String
    let keyID: String
    let sealed: [UInt8]
    var journey: String? { if case .person(let journey, _) = message.to { journey.text } else { nil } }
}

/// A message's row, still sealed.
struct SealedMessageRow: Sendable {
    let agency: AgencyID
    let id: String
    let channel: OutgoingMessage.Channel
    let journey: JourneyID?
    let purpose: String
    let language: Language
    let keyID: String
    let sealed: [UInt8]
    let attempts: Int
    let queuedAt: Instant

    static let columns = """
        agency, id, channel, journey, purpose, language, key_id, sealed, attempts, queued_at
        """

    static func read(_ row: Prepared) throws(StorageError) -> SealedMessageRow {
        guard let agency = AgencyID(row.text(0)), let channel = OutgoingMessage.Channel(rawValue: row.text(2)),
            let language = Language(rawValue: row.text(5))
        else { throw .damaged("a message can't be read") }
        return SealedMessageRow(
            agency: agency, id: row.text(1), channel: channel, journey: row.optionalText(3).flatMap { JourneyID($0) },
            purpose: row.text(4), language: language, keyID: row.text(6), sealed: row.bytes(7),
            attempts: Int(row.integer(8)), queuedAt: Instant(microseconds: row.integer(9)))
    }
}

extension Record {
    func seal(_ messages: [OutgoingMessage]) throws(StorageError) -> [SealedMessage] {
        guard !messages.isEmpty else { return [] }
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        var sealed: [SealedMessage] = []
        for message in messages {
            guard (1...200).contains(message.dedupeKey.utf8.count) else {
                throw .refused("a message's key has 1 to 200 characters; choose another.")
            }
            let id = Secret.id(at: options.now())
            sealed.append(
                SealedMessage(
                    message: message, id: id, keyID: keys.current.id,
                    sealed: try MessageWords(message).seal(key: keys.current, agency: message.agency.text, id: id)))
        }
        return sealed
    }
}

extension Session {
    func queue(_ sealed: SealedMessage, at now: Instant) throws(StorageError) -> QueuedMessage {
        let message = sealed.message
        let changed = try run(
            """
            INSERT INTO message (agency, id, dedupe_key, channel, journey, purpose, language, key_id, sealed, state,
              attempts, next_attempt, queued_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', 0, ?10, ?11)
            ON CONFLICT (agency, dedupe_key) DO NOTHING
            """, .text(message.agency.text), .text(sealed.id), .text(message.dedupeKey),
            .text(message.channel.rawValue), .optional(sealed.journey), .text(message.purpose),
            .text(message.language.rawValue), .text(sealed.keyID), .bytes(sealed.sealed),
            .integer((message.notBefore ?? now).microseconds), .integer(now.microseconds))
        return changed > 0 ? .queued(id: sealed.id) : .known
    }

    /// A person's words go, in the outbox too: what is not yet sent never will be.
    func eraseMessages(agency: String, journey: String) throws(StorageError) {
        try run(
            """
            UPDATE message SET sealed = ?3, key_id = '', state = CASE WHEN state = 'sent' THEN 'sent' ELSE 'failed' END,
              problem = CASE WHEN state = 'sent' THEN problem ELSE 'erased' END
            WHERE agency = ?1 AND journey = ?2
            """, .text(agency), .text(journey), .bytes([]))
    }

    /// Seals again, with the current key, messages an older one sealed; gives how many.
    func resealMessages(_ keys: VaultKeys, limit: Int) throws(StorageError) -> Int {
        let rows = try rows(
            "SELECT \(SealedMessageRow.columns) FROM message WHERE key_id <> ?1 AND key_id <> '' LIMIT ?2",
            [.text(keys.current.id), .integer(Int64(limit))], SealedMessageRow.read)
        for row in rows {
            guard let key = keys[row.keyID] else { throw .unknownVaultKey(id: row.keyID) }
            let place = MessageWords.place(row.agency.text, row.id)
            let bytes = try SealedWords.open(row.sealed, key: key, place: place)
            try run(
                "UPDATE message SET key_id = ?1, sealed = ?2 WHERE agency = ?3 AND id = ?4",
                .text(keys.current.id), .bytes(try SealedWords.seal(bytes, key: keys.current, place: place)),
                .text(row.agency.text), .text(row.id))
        }
        return rows.count
    }
}
