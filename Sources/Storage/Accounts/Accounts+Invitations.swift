package import Experience

/// What a one-time link opens.
package enum LinkUse: Hashable, Sendable {
    case firstAdministrator
    /// Choosing a password for this account.
    case password(Account)
}

extension Accounts {
    /// No password hashes to it, so an account that holds it can't sign in yet.
    static let noPassword = "!"
    private static let passwordPurpose = "password:"

    /// Makes an account that can't sign in until the link's holder has chosen a password, and the link's secret.
    /// The link is good for a day and for one use.
    package func invite(
        name: String, role: Account.Role, agency: AgencyID? = nil, by creator: String
    ) async throws(StorageError) -> (account: Account, link: String) {
        let name = try Accounts.checked(name: name)
        let token = Secret.random()
        let account = try await record.write { (transaction) throws(StorageError) in
            let account = try transaction.create(
                name: name, hash: Accounts.noPassword, role: role, agency: agency, by: creator)
            try transaction.addLink(token, purpose: Accounts.passwordPurpose + account.id)
            return account
        }
        return (account, token)
    }

    /// Ends an account's password, sessions and known devices, and gives the secret of the link that sets a new one.
    package func resetPassword(of id: String, by account: String) async throws(StorageError) -> String {
        let token = Secret.random()
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let changed = try session.run(
                "UPDATE account SET password = ?2 WHERE id = ?1", .text(id), .text(Accounts.noPassword))
            guard changed == 1 else { throw .refused("there is no such account; look at the list again.") }
            try session.endSessions(of: id, forgetsDevices: true)
            try transaction.addLink(token, purpose: Accounts.passwordPurpose + id)
            try session.note(
                AuditEntry(account: account, action: .grant, subject: id, detail: "password reset"),
                at: transaction.now)
            return token
        }
    }

    /// What a link opens now; nil when it was used, has run out or never was.
    package func use(of token: String) async throws(StorageError) -> LinkUse? {
        let (hash, now) = (Secret.hash(token), record.options.now().microseconds)
        return try await record.read { (session) throws(StorageError) in
            let purpose = try session.row(
                "SELECT purpose FROM one_time_link WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2",
                [.text(hash), .integer(now)]
            ) { (row) throws(StorageError) in row.text(0) }
            guard let purpose else { return nil }
            guard purpose.hasPrefix(Accounts.passwordPurpose) else { return .firstAdministrator }
            let id = String(purpose.dropFirst(Accounts.passwordPurpose.count))
            return try session.row("SELECT \(Account.columns) FROM account WHERE id = ?1", [.text(id)], Account.read)
                .map { .password($0) }
        }
    }

    /// Sets the password an invitation or a reset asks for; the link is used up with it, or not at all.
    package func choosePassword(_ password: String, link token: String) async throws(StorageError) -> Account {
        guard case .password(let account)? = try await use(of: token) else { throw Accounts.spentLink }
        let hash = try await hashed(password)
        return try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let now = SQLValue.integer(transaction.now.microseconds)
            let used = try session.run(
                """
                UPDATE one_time_link SET used_at = ?2
                WHERE token_hash = ?1 AND purpose = ?3 AND used_at IS NULL AND expires_at > ?2
                """, .text(Secret.hash(token)), now, .text(Accounts.passwordPurpose + account.id))
            guard used == 1 else { throw Accounts.spentLink }
            try session.run("UPDATE account SET password = ?2 WHERE id = ?1", .text(account.id), .text(hash))
            try session.note(
                AuditEntry(account: account.id, action: .grant, subject: account.id, detail: "password chosen"),
                at: transaction.now)
            return account
        }
    }

    private static let spentLink = StorageError.refused("this link was used or has run out; ask for a new one.")
}

extension WriteTransaction {
    /// Keeps a link; earlier ones for the same purpose end.
    fileprivate func addLink(_ token: String, purpose: String) throws(StorageError) {
        try session.run("DELETE FROM one_time_link WHERE purpose = ?1", .text(purpose))
        try session.run(
            "INSERT INTO one_time_link (token_hash, purpose, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
            .text(Secret.hash(token)), .text(purpose), .integer(now.microseconds),
            .integer(now.advanced(by: Accounts.linkLife).microseconds))
    }
}
