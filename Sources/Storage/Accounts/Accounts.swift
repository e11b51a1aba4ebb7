package import Experience

extension Record {
    /// Who may sign in or send.
    package var accounts: Accounts { Accounts(record: self) }
}

/// Accounts, sessions, one-time links and API keys of an installation.
///
/// | to | call |
/// |---|---|
/// | set up | ``firstAdministratorLink()``, ``redeem(link:name:password:)`` |
/// | sign in and out | ``signIn(name:password:source:device:replacing:visit:browser:)``, ``session(_:)``, ``signOut(_:)`` |
/// | ask for a second factor | ``proposeSecondFactor(for:)``, ``secondStep(_:code:visit:device:replacing:browser:)`` |
/// | keep accounts | ``create(name:password:role:agency:by:)``, ``all()``, ``change(_:role:agency:isDisabled:by:)``, ``setPassword(_:of:by:)`` |
/// | let sources send | ``issueKey(agency:source:by:)``, ``key(_:)``, ``keys(agency:)``, ``revokeKey(_:agency:by:)`` |
package struct Accounts: Sendable {
    let record: Record

    /// A session ends after this long without a request…
    package static let idle = 15 * Instant.minute
    /// …and at the latest after this long.
    package static let absolute = 12 * Instant.hour
    package static let passwordLength = 12...256
    static let nameLength = 3...128

    /// Makes an account. Throws ``StorageError/refused(_:)`` for a name that is taken or a password out of bounds.
    ///
    /// - Parameter creator: the id of the account that does it, or "system".
    package func create(
        name: String, password: String, role: Account.Role, agency: AgencyID? = nil, by creator: String
    ) async throws(StorageError) -> Account {
        let name = try Accounts.checked(name: name)
        let hash = try await hashed(password)
        return try await record.write { (transaction) throws(StorageError) in
            try transaction.create(name: name, hash: hash, role: role, agency: agency, by: creator)
        }
    }

    package func all() async throws(StorageError) -> [Account] {
        try await record.read { (session) throws(StorageError) in
            try session.rows("SELECT \(Account.columns) FROM account ORDER BY name", [], Account.read)
        }
    }

    package func account(_ id: String) async throws(StorageError) -> Account? {
        try await record.read { (session) throws(StorageError) in
            try session.row("SELECT \(Account.columns) FROM account WHERE id = ?1", [.text(id)], Account.read)
        }
    }

    /// Changes what an account may do, or shuts it; its sessions end. The last administrator can't be removed.
    package func change(
        _ id: String, role: Account.Role, agency: AgencyID?, isDisabled: Bool, by changer: String
    ) async throws(StorageError) {
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let changed = try session.run(
                """
                UPDATE account SET role = ?2, agency = ?3,
                  disabled_at = CASE WHEN ?4 = 0 THEN NULL ELSE coalesce(disabled_at, ?5) END
                WHERE id = ?1
                """, .text(id), .text(role.rawValue), .optional(agency?.text), .integer(isDisabled ? 1 : 0),
                .integer(transaction.now.microseconds))
            guard changed == 1 else { throw .refused("there is no such account; reload the list of accounts.") }
            guard try session.hasAdministrator() else {
                throw .refused("this is the last administrator; make another one first.")
            }
            try session.endSessions(of: id, forgetsDevices: false)
            try session.note(
                AuditEntry(
                    account: changer, action: .grant, agency: agency, subject: id,
                    detail: isDisabled ? "disabled" : role.rawValue),
                at: transaction.now)
        }
    }

    /// Sets a new password and ends every session and known device of the account.
    package func setPassword(
        _ password: String, of id: String, by changer: String
    ) async throws(StorageError) {
        let hash = try await hashed(password)
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            guard try session.run("UPDATE account SET password = ?2 WHERE id = ?1", .text(id), .text(hash)) == 1 else {
                throw .refused("there is no such account; reload the list of accounts.")
            }
            try session.endSessions(of: id, forgetsDevices: true)
            try session.note(
                AuditEntry(account: changer, action: .grant, subject: id, detail: "password"), at: transaction.now)
        }
    }

    static func checked(name: String) throws(StorageError) -> String {
        let name = name.lowercased()
        guard nameLength.contains(name.count), !name.unicodeScalars.contains(where: { $0.properties.isWhitespace }),
            name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .refused("a sign-in name has 3 to 128 characters without spaces; choose another.") }
        return name
    }

    func hashed(_ password: String) async throws(StorageError) -> String {
        guard Accounts.passwordLength.contains(password.count) else {
            throw .refused("a password has at least 12 and at most 256 characters; choose a longer one.")
        }
        return try await record.hashing.run { () throws(StorageError) in try PasswordHash.make(password) }
    }
}

extension Account {
    static let columns = "id, name, agency, role, disabled_at"

    static func read(_ row: Prepared) throws(StorageError) -> Account {
        guard let role = Role(rawValue: row.text(3)) else { throw .damaged("an account can't be read") }
        let agency = row.optionalText(2)
        guard agency == nil || agency.flatMap({ AgencyID($0) }) != nil else {
            throw .damaged("the agency of an account can't be read")
        }
        return Account(
            id: row.text(0), name: row.text(1), agency: agency.flatMap { AgencyID($0) }, role: role,
            isDisabled: !row.isNull(4))
    }
}

extension WriteTransaction {
    func create(
        name: String, hash: String, role: Account.Role, agency: AgencyID?, by creator: String
    ) throws(StorageError) -> Account {
        let account = Account(
            id: Secret.id(at: now), name: name, agency: agency, role: role, isDisabled: false)
        let taken = try session.integer("SELECT count(*) FROM account WHERE name = ?1", [.text(name)])
        guard taken == 0 else { throw .refused("this sign-in name is taken; choose another.") }
        try session.run(
            "INSERT INTO account (id, name, agency, role, password, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            .text(account.id), .text(name), .optional(agency?.text), .text(role.rawValue), .text(hash),
            .integer(now.microseconds))
        try session.note(
            AuditEntry(account: creator, action: .grant, agency: agency, subject: account.id, detail: role.rawValue),
            at: now)
        return account
    }
}

extension Session {
    func hasAdministrator() throws(StorageError) -> Bool {
        try integer("SELECT count(*) FROM account WHERE role = 'administrator' AND disabled_at IS NULL") > 0
    }
}
