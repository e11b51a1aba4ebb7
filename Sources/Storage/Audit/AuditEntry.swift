package import Experience

/// One reading or writing of personal data, or of who may do so. Append-only; holds no personal data itself.
package struct AuditEntry: Hashable, Sendable {
    package enum Action: String, Sendable, CaseIterable {
        case read, write, erase, export
        case signIn = "sign_in"
        case signInFailed = "sign_in_failed"
        case signOut = "sign_out"
        case grant, revoke
    }

    /// The account's id, "system", or "-" where nobody is signed in.
    package var account: String
    package var action: Action
    package var agency: AgencyID?
    /// What was touched: a vault subject, an account id, an API key's id.
    package var subject: String
    package var detail: String

    package init(account: String, action: Action, agency: AgencyID? = nil, subject: String, detail: String = "") {
        self.account = account
        self.action = action
        self.agency = agency
        self.subject = subject
        self.detail = detail
    }
}

/// An entry as it is kept.
package struct AuditRow: Hashable, Sendable {
    package var number: Int64
    package var at: Instant
    package var entry: AuditEntry
}

extension Session {
    func note(_ entry: AuditEntry, at now: Instant) throws(StorageError) {
        try run(
            "INSERT INTO audit (at, account, action, agency, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            .integer(now.microseconds), .text(entry.account), .text(entry.action.rawValue),
            .optional(entry.agency?.text), .text(entry.subject), .text(entry.detail))
    }
}

extension Record {
    /// Notes a use of personal data that does not pass through the vault's own calls.
    package func audit(_ entry: AuditEntry) async throws(StorageError) {
        try await write { (transaction) throws(StorageError) in
            try transaction.session.note(entry, at: transaction.now)
        }
    }

    /// The newest entries first; `before` pages back.
    package func audit(before: Int64? = nil, limit: Int = 100) async throws(StorageError) -> [AuditRow] {
        let (from, count) = (before ?? .max, Int64(max(0, min(limit, 10_000))))
        return try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT number, at, account, action, agency, subject, detail FROM audit
                WHERE number < ?1 ORDER BY number DESC LIMIT ?2
                """, [.integer(from), .integer(count)]
            ) { (row) throws(StorageError) in
                guard let action = AuditEntry.Action(rawValue: row.text(3)) else {
                    throw .damaged("audit entry \(row.integer(0)) can't be read")
                }
                return AuditRow(
                    number: row.integer(0), at: Instant(microseconds: row.integer(1)),
                    entry: AuditEntry(
                        account: row.text(2), action: action, agency: row.optionalText(4).flatMap { AgencyID($0) },
                        subject: row.text(5), detail: row.text(6)))
            }
        }
    }
}
