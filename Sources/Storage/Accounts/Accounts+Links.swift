import Experience

extension Accounts {
    private static let firstAdministrator = "first_administrator"
    static let linkLife = Instant.day

    /// The secret of a link by which the first administrator sets a name and a password: printed at the first run,
    /// good for a day and for one use. Nil once there is an administrator. Each call ends the links before it.
    package func firstAdministratorLink() async throws(StorageError) -> String? {
        let token = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            if try session.hasAdministrator() { return nil }
            try session.run("DELETE FROM one_time_link WHERE purpose = ?1", .text(Accounts.firstAdministrator))
            try session.run(
                "INSERT INTO one_time_link (token_hash, purpose, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
                .text(Secret.hash(token)), .text(Accounts.firstAdministrator),
                .integer(transaction.now.microseconds),
                .integer(transaction.now.advanced(by: Accounts.linkLife).microseconds))
            return token
        }
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
