import Crypto
import Experience

extension Record {
    /// Seals and keeps fields of personal data; the same subject and field again replaces what was there.
    package func keep(_ words: [VaultEntry]) async throws(StorageError) {
        let sealed = try seal(words)
        try await write(weight: sealed.count) { (transaction) throws(StorageError) in
            for one in sealed { try transaction.session.keep(one, at: transaction.now) }
        }
    }

    /// The fields kept for a subject, opened. Empty when nothing is kept or it was erased. The reading is written to
    /// the audit log before anything is given out.
    ///
    /// - Parameter reader: the account id, or "system" for the product's own sending of messages.
    package func words(of subject: VaultSubject, reader: String) async throws(StorageError) -> [String: String] {
        let found = try await words(of: [subject], reader: reader)
        return found[subject] ?? [:]
    }

    /// As ``words(of:reader:)`` for many subjects at once: a page of responses.
    package func words(
        of subjects: [VaultSubject], reader: String
    ) async throws(StorageError) -> [VaultSubject: [String: String]] {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let sealed = try await read { (session) throws(StorageError) in
            var all: [(subject: VaultSubject, row: SealedRow)] = []
            for subject in subjects {
                for row in try session.sealed(subject) { all.append((subject, row)) }
            }
            return all
        }
        guard !sealed.isEmpty else { return [:] }
        var opened: [VaultSubject: [String: String]] = [:]
        for (subject, row) in sealed {
            guard let key = keys[row.keyID] else { throw .unknownVaultKey(id: row.keyID) }
            let place = SealedWords.place(subject.agency.text, subject.key, row.field)
            let bytes = try SealedWords.open(row.sealed, key: key, place: place)
            opened[subject, default: [:]][row.field] = String(decoding: bytes, as: UTF8.self)
        }
        let read = opened.keys.sorted { $0.key < $1.key }
        try await write { (transaction) throws(StorageError) in
            for subject in read {
                try transaction.session.note(
                    AuditEntry(
                        account: reader, action: .read, agency: subject.agency, subject: subject.key, detail: "words"),
                    at: transaction.now)
            }
        }
        return opened
    }

    /// Erases everything kept for a subject; its events stay and every count with them. Gives the number of fields.
    @discardableResult
    package func erase(_ subject: VaultSubject, by account: String) async throws(StorageError) -> Int {
        try await write { (transaction) throws(StorageError) in
            let count = try transaction.session.run(
                "DELETE FROM vault WHERE agency = ?1 AND subject = ?2", .text(subject.agency.text),
                .text(subject.key))
            if subject.kind == .person {
                try transaction.session.eraseMessages(agency: subject.agency.text, journey: subject.id)
            }
            try transaction.session.note(
                AuditEntry(
                    account: account, action: .erase, agency: subject.agency, subject: subject.key,
                    detail: "\(count) fields"),
                at: transaction.now)
            return count
        }
    }

    /// Seals again with the current key whatever an older one sealed; at most `limit` fields a call. Gives how many
    /// were done: 0 means the older keys can go.
    package func reseal(limit: Int = 1_000) async throws(StorageError) -> Int {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        return try await write(weight: limit) { (transaction) throws(StorageError) in
            let rows = try transaction.session.rows(
                "SELECT agency, subject, field, key_id, sealed FROM vault WHERE key_id <> ?1 LIMIT ?2",
                [.text(keys.current.id), .integer(Int64(limit))]
            ) { (row) throws(StorageError) in
                (row.text(0), row.text(1), SealedRow(field: row.text(2), keyID: row.text(3), sealed: row.bytes(4)))
            }
            for (agency, subject, row) in rows {
                guard let key = keys[row.keyID] else { throw .unknownVaultKey(id: row.keyID) }
                let place = SealedWords.place(agency, subject, row.field)
                let bytes = try SealedWords.open(row.sealed, key: key, place: place)
                let fresh = try SealedWords.seal(bytes, key: keys.current, place: place)
                try transaction.session.run(
                    "UPDATE vault SET key_id = ?1, sealed = ?2 WHERE agency = ?3 AND subject = ?4 AND field = ?5",
                    .text(keys.current.id), .bytes(fresh), .text(agency), .text(subject), .text(row.field))
            }
            return rows.count + (try transaction.session.resealMessages(keys, limit: limit))
                + (try transaction.session.resealPartners(keys, limit: limit))
                + (try transaction.session.resealFactors(keys, limit: limit))
        }
    }

    func seal(_ words: [VaultEntry]) throws(StorageError) -> [SealedWords] {
        guard !words.isEmpty else { return [] }
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        var sealed: [SealedWords] = []
        for entry in words { sealed.append(try SealedWords(entry, key: keys.current)) }
        return sealed
    }

    /// What a tracking code is kept as. Keyed, so that a stolen database does not let codes be tried against it.
    func hash(of code: TrackingCode) throws(StorageError) -> String {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        return Hex.encode(
            HMAC<SHA256>.authenticationCode(for: Array("tracking \(code.text)".utf8), using: keys.hashing))
    }
}

struct SealedRow: Sendable {
    let field: String
    let keyID: String
    let sealed: [UInt8]
}

extension Session {
    func keep(_ words: SealedWords, at now: Instant) throws(StorageError) {
        try run(
            """
            INSERT INTO vault (agency, subject, field, key_id, sealed, stored_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (agency, subject, field) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed,
              stored_at = excluded.stored_at
            """, .text(words.agency), .text(words.subject), .text(words.field), .text(words.keyID),
            .bytes(words.sealed), .integer(now.microseconds))
    }

    func sealed(_ subject: VaultSubject) throws(StorageError) -> [SealedRow] {
        try rows(
            "SELECT field, key_id, sealed FROM vault WHERE agency = ?1 AND subject = ?2 ORDER BY field",
            [.text(subject.agency.text), .text(subject.key)]
        ) { (row) throws(StorageError) in
            SealedRow(field: row.text(0), keyID: row.text(1), sealed: row.bytes(2))
        }
    }

    /// At opening: a key seen before must still open what it sealed, and every key that words are sealed with must be
    /// configured. A wrong key is told at once, not when the first person's words are asked for.
    func prove(_ keys: VaultKeys, at now: Instant) throws(StorageError) {
        let proof = Array("throughline vault".utf8)
        let known = try rows("SELECT key_id, proof FROM vault_key", []) { (row) throws(StorageError) in
            (row.text(0), row.bytes(1))
        }
        for (id, sealed) in known {
            guard let key = keys[id] else {
                let used = try integer(
                    """
                    SELECT count(*) FROM (SELECT 1 AS found FROM vault WHERE key_id = ?1
                      UNION ALL SELECT 1 FROM message WHERE key_id = ?1
                      UNION ALL SELECT 1 FROM webhook WHERE key_id = ?1
                      UNION ALL SELECT 1 FROM supplier_link WHERE key_id = ?1
                      UNION ALL SELECT 1 FROM account_factor WHERE key_id = ?1 LIMIT 1) AS one
                    """, [.text(id)])
                if used > 0 { throw .unknownVaultKey(id: id) }
                continue
            }
            guard try SealedWords.open(sealed, key: key, place: Array(id.utf8)) == proof else {
                throw .wrongVaultKey(id: id)
            }
        }
        let current = keys.current
        guard !known.contains(where: { $0.0 == current.id }) else { return }
        try run(
            "INSERT INTO vault_key (key_id, proof, first_used) VALUES (?1, ?2, ?3)", .text(current.id),
            .bytes(try SealedWords.seal(proof, key: current, place: Array(current.id.utf8))),
            .integer(now.microseconds))
    }
}
