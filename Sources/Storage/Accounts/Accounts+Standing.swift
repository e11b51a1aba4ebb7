package import Experience

/// How far an account has come: invited, or in use since when.
package struct AccountStanding: Hashable, Sendable {
    /// No password has been chosen since the invitation or the last reset.
    package var awaitsPassword: Bool
    /// By the audit log.
    package var lastSignIn: Instant?
    package var hasSecondFactor = false
}

extension Accounts {
    /// By account id.
    package func standings() async throws(StorageError) -> [String: AccountStanding] {
        try await record.read { (session) throws(StorageError) in
            var found: [String: AccountStanding] = [:]
            let waiting = try session.rows(
                "SELECT id, CASE WHEN password = ?1 THEN 1 ELSE 0 END FROM account", [.text(Accounts.noPassword)]
            ) { (row) throws(StorageError) in (row.text(0), row.integer(1) == 1) }
            for (id, waits) in waiting { found[id] = AccountStanding(awaitsPassword: waits, lastSignIn: nil) }
            let seen = try session.rows(
                "SELECT subject, max(at) FROM audit WHERE action = ?1 GROUP BY subject",
                [.text(AuditEntry.Action.signIn.rawValue)]
            ) { (row) throws(StorageError) in (row.text(0), Instant(microseconds: row.integer(1))) }
            for (id, at) in seen { found[id]?.lastSignIn = at }
            let factors = try session.rows(
                "SELECT account FROM account_factor WHERE stage = ?1", [.text(SealedFactor.Stage.active.rawValue)]
            ) { (row) throws(StorageError) in row.text(0) }
            for id in factors { found[id]?.hasSecondFactor = true }
            return found
        }
    }
}
