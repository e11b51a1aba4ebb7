import Crypto
import Experience

extension Accounts {
    private static let firstAdministrator = "first_administrator"
    package static let linkLife = Instant.day

    /// The secret of a link by which the first administrator sets a name and a password: printed at each start until
    /// it is used, good for a day and for one use. Nil once there is an administrator. A link that is still good is
    /// given again, to every node that asks, so that a restart does not spoil the one somebody was sent.
    package func firstAdministratorLink() async throws(StorageError) -> String? {
        let keys = record.options.vaultKeys
        let random = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            if try session.hasAdministrator() { return nil }
            let made = try session.row(
                """
                SELECT token_hash, created_at FROM one_time_link
                WHERE purpose = ?1 AND used_at IS NULL AND expires_at > ?2
                """, [.text(Accounts.firstAdministrator), .integer(transaction.now.microseconds)]
            ) { (row) throws(StorageError) in (hash: row.text(0), at: row.integer(1)) }
            if let made, let keys, case let token = Accounts.firstSecret(keys, madeAt: made.at),
                Secret.hash(token) == made.hash
            {
                return token
            }
            let token = keys.map { Accounts.firstSecret($0, madeAt: transaction.now.microseconds) } ?? random
            try session.run("DELETE FROM one_time_link WHERE purpose = ?1", .text(Accounts.firstAdministrator))
            try session.run(
                "INSERT INTO one_time_link (token_hash, purpose, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
                .text(Secret.hash(token)), .text(Accounts.firstAdministrator),
                .integer(transaction.now.microseconds),
                .integer(transaction.now.advanced(by: Accounts.linkLife).microseconds))
            return token
        }
    }

    /// Only the hash of a link lies in the database. Its secret can be told again because it is made from the vault's
    /// key and the time it was made; without a key it is random, and each start makes a new one.
    private static func firstSecret(_ keys: VaultKeys, madeAt: Int64) -> String {
        Hex.encode(
            HMAC<SHA256>.authenticationCode(for: Array("first administrator \(madeAt)".utf8), using: keys.hashing))
    }

    /// Whether a link's secret would be taken now: for the page that asks for name and password.
    package func isValid(link token: String) async throws(StorageError) -> Bool {
        let (hash, now) = (Secret.hash(token), record.options.now().microseconds)
        return try await record.read { (session) throws(StorageError) in
            try session.integer(
                "SELECT count(*) FROM one_time_link WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2",
                [.text(hash), .integer(now)]) == 1
        }
    }

    /// Makes the first administrator. The link is used up with it, or not at all.
    package func redeem(link token: String, name: String, password: String) async throws(StorageError) -> Account {
        guard try await isValid(link: token) else { throw Accounts.linkIsOver }
        let name = try Accounts.checked(name: name)
        let hash = try await hashed(password)
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let now = SQLValue.integer(transaction.now.microseconds)
            let used = try session.run(
                """
                UPDATE one_time_link SET used_at = ?2
                WHERE token_hash = ?1 AND purpose = ?3 AND used_at IS NULL AND expires_at > ?2
                """, .text(Secret.hash(token)), now, .text(Accounts.firstAdministrator))
            let late = try session.hasAdministrator()
            guard used == 1, !late else { throw Accounts.linkIsOver }
            return try transaction.create(name: name, hash: hash, role: .administrator, agency: nil, by: "system")
        }
    }

    private static let linkIsOver = StorageError.refused(
        "this link was used or has run out; start the server again for a new one.")
}
