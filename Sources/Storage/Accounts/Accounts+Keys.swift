package import Experience

extension Accounts {
    /// Makes a key for a source; its secret is shown this once.
    package func issueKey(
        agency: AgencyID, source: String, by account: String
    ) async throws(StorageError) -> (key: APIKey, secret: String) {
        guard (1...128).contains(source.utf8.count), source.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .refused("a source is named with 1 to 128 characters; choose another name.")
        }
        let secret = "tl_" + Secret.random()
        let key = try await record.write { (transaction) throws(StorageError) in
            let key = APIKey(
                id: Secret.id(at: transaction.now), agency: agency, source: source, createdAt: transaction.now,
                isRevoked: false)
            try transaction.session.run(
                "INSERT INTO api_key (agency, id, source, key_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                .text(agency.text), .text(key.id), .text(source), .text(Secret.hash(secret)),
                .integer(transaction.now.microseconds))
            try transaction.session.note(
                AuditEntry(account: account, action: .grant, agency: agency, subject: key.id, detail: "API key"),
                at: transaction.now)
            return key
        }
        return (key, secret)
    }

    /// The key a secret stands for; nil when it is unknown or revoked.
    package func key(_ secret: String) async throws(StorageError) -> APIKey? {
        let hash = Secret.hash(secret)
        return try await record.read { (session) throws(StorageError) in
            try session.row(
                "SELECT \(APIKey.columns) FROM api_key WHERE key_hash = ?1 AND revoked_at IS NULL", [.text(hash)],
                APIKey.read)
        }
    }

    package func keys(agency: AgencyID) async throws(StorageError) -> [APIKey] {
        try await record.read { (session) throws(StorageError) in
            try session.rows(
                "SELECT \(APIKey.columns) FROM api_key WHERE agency = ?1 ORDER BY id", [.text(agency.text)], APIKey.read
            )
        }
    }

    package func revokeKey(_ id: String, agency: AgencyID, by account: String) async throws(StorageError) {
        try await record.write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "UPDATE api_key SET revoked_at = ?3 WHERE agency = ?1 AND id = ?2 AND revoked_at IS NULL",
                .text(agency.text), .text(id), .integer(transaction.now.microseconds))
            try transaction.session.note(
                AuditEntry(account: account, action: .revoke, agency: agency, subject: id, detail: "API key"),
                at: transaction.now)
        }
    }
}

extension APIKey {
    static let columns = "agency, id, source, created_at, revoked_at"

    static func read(_ row: Prepared) throws(StorageError) -> APIKey {
        guard let agency = AgencyID(row.text(0)) else { throw .damaged("an API key can't be read") }
        return APIKey(
            id: row.text(1), agency: agency, source: row.text(2), createdAt: Instant(microseconds: row.integer(3)),
            isRevoked: !row.isNull(4))
    }
}
