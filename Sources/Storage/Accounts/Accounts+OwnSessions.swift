package import Experience

/// A session as its own person sees it.
package struct OwnSession: Hashable, Sendable {
    /// The hash of its token: tells it apart and opens nothing.
    package var id: String
    package var since: Instant
    package var seen: Instant
    /// The kind of browser, as it was given at the sign-in.
    package var browser: String?
    package var isThis: Bool
}

extension Accounts {
    /// The sessions of an account that have not run out, the newest first.
    package func sessions(of account: String, this token: String) async throws(StorageError) -> [OwnSession] {
        let (now, own) = (record.options.now(), Secret.hash(token))
        return try await record.read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT token_hash, created_at, seen_at, browser FROM sign_in_session
                WHERE account = ?1 AND created_at > ?2 AND seen_at > ?3 ORDER BY created_at DESC, token_hash
                """,
                [
                    .text(account), .integer(now.advanced(by: -Accounts.absolute).microseconds),
                    .integer(now.advanced(by: -Accounts.idle).microseconds),
                ]
            ) { (row) throws(StorageError) in
                OwnSession(
                    id: row.text(0), since: Instant(microseconds: row.integer(1)),
                    seen: Instant(microseconds: row.integer(2)), browser: row.optionalText(3),
                    isThis: row.text(0) == own)
            }
        }
    }

    /// Ends one session of an account by its id, or all but the one whose token is given. Gives how many ended.
    @discardableResult
    package func endSessions(
        of account: String, only id: String? = nil, keeping token: String
    ) async throws(StorageError) -> Int {
        try await record.write { (transaction) throws(StorageError) in
            let session = transaction.session
            let own = SQLValue.text(Secret.hash(token))
            let ended =
                if let id {
                    try session.run(
                        "DELETE FROM sign_in_session WHERE account = ?1 AND token_hash = ?2 AND token_hash <> ?3",
                        .text(account), .text(id), own)
                } else {
                    try session.run(
                        "DELETE FROM sign_in_session WHERE account = ?1 AND token_hash <> ?2", .text(account), own)
                }
            if ended > 0 {
                try session.note(
                    AuditEntry(
                        account: account, action: .signOut, subject: account, detail: "\(ended) ended from another"),
                    at: transaction.now)
            }
            return ended
        }
    }
}

extension Session {
    /// Ends all an account has open.
    func endSessions(of account: String, forgetsDevices: Bool) throws(StorageError) {
        try run("DELETE FROM sign_in_session WHERE account = ?1", .text(account))
        try run("DELETE FROM half_sign_in WHERE account = ?1", .text(account))
        if forgetsDevices { try run("DELETE FROM known_device WHERE account = ?1", .text(account)) }
    }

    /// A session goes on under a new token; with `account`, every other session of it ends.
    func goOn(_ token: String, as fresh: String, endingOthersOf account: String? = nil) throws(StorageError) {
        try run(
            "UPDATE sign_in_session SET token_hash = ?2 WHERE token_hash = ?1", .text(Secret.hash(token)),
            .text(Secret.hash(fresh)))
        guard let account else { return }
        try run(
            "DELETE FROM sign_in_session WHERE account = ?1 AND token_hash <> ?2", .text(account),
            .text(Secret.hash(fresh)))
        try run("DELETE FROM half_sign_in WHERE account = ?1", .text(account))
    }
}
