import Experience

extension Accounts {
    /// How stale the kept time of the last request may grow, so that not every request writes.
    private static let seenEvery = 30 * 1_000_000 as Int64

    /// Whom a session cookie stands for; nil when it is unknown, was idle too long, is too old or the account is shut.
    package func session(_ token: String) async throws(StorageError) -> SignedIn? {
        let hash = Secret.hash(token)
        let now = record.options.now()
        let found = try await record.read { (session) throws(StorageError) in
            try session.row(
                """
                SELECT a.id, a.name, a.agency, a.role, a.disabled_at, s.created_at, s.seen_at,
                  (SELECT count(*) FROM account_factor AS f WHERE f.account = a.id AND f.stage = 'active')
                FROM sign_in_session AS s JOIN account AS a ON a.id = s.account WHERE s.token_hash = ?1
                """, [.text(hash)]
            ) { (row) throws(StorageError) in
                (
                    account: try Account.read(row), created: Instant(microseconds: row.integer(5)),
                    seen: Instant(microseconds: row.integer(6)), factors: row.integer(7)
                )
            }
        }
        guard let found, !found.account.isDisabled else { return nil }
        let ends = found.created.advanced(by: Accounts.absolute)
        guard now < ends, now < found.seen.advanced(by: Accounts.idle) else {
            try await signOut(token)
            return nil
        }
        if now >= found.seen.advanced(by: Accounts.seenEvery) {
            _ = try await record.write { (transaction) throws(StorageError) in
                // Never back: two requests may write in either order.
                try transaction.session.run(
                    "UPDATE sign_in_session SET seen_at = ?2 WHERE token_hash = ?1 AND seen_at < ?2", .text(hash),
                    .integer(now.microseconds))
            }
        }
        return SignedIn(
            account: found.account, since: found.created, endsAt: ends, hasSecondFactor: found.factors > 0)
    }

    /// Ends a session. Ending one that is gone does nothing.
    package func signOut(_ token: String) async throws(StorageError) {
        let hash = Secret.hash(token)
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let account = try session.row(
                "SELECT account FROM sign_in_session WHERE token_hash = ?1", [.text(hash)]
            ) { (row) throws(StorageError) in row.text(0) }
            guard let account else { return }
            try session.run("DELETE FROM sign_in_session WHERE token_hash = ?1", .text(hash))
            try session.note(AuditEntry(account: account, action: .signOut, subject: account), at: transaction.now)
        }
    }

    /// Deletes sessions that have run out. For a job once in a while; ``session(_:)`` never gives one out.
    @discardableResult
    package func dropEndedSessions() async throws(StorageError) -> Int {
        try await record.write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "DELETE FROM sign_in_session WHERE created_at <= ?1 OR seen_at <= ?2",
                .integer(transaction.now.advanced(by: -Accounts.absolute).microseconds),
                .integer(transaction.now.advanced(by: -Accounts.idle).microseconds))
        }
    }
}
