package import Experience

/// What administrators do with a webhook once it is there. Each is one transaction with its line in the audit log.
extension Record {
    /// While a webhook is paused its deliveries wait; nothing is lost. False when there is none, or nothing changes.
    package func pauseWebhook(
        _ id: String, agency: AgencyID, isPaused: Bool, by account: String
    ) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            let changed = try transaction.session.run(
                """
                UPDATE webhook SET paused_at = ?3
                WHERE agency = ?1 AND id = ?2 AND removed_at IS NULL
                  AND (CASE WHEN paused_at IS NULL THEN 0 ELSE 1 END) <> ?4
                """, .text(agency.text), .text(id), .time(isPaused ? transaction.now : nil), .integer(isPaused ? 1 : 0))
            guard changed == 1 else { return false }
            try transaction.session.note(
                AuditEntry(
                    account: account, action: .write, agency: agency, subject: id,
                    detail: isPaused ? "webhook paused" : "webhook resumed"), at: transaction.now)
            return true
        }
    }

    /// Gives a webhook a new secret, shown this once. Messages carry both signatures for ``WebhookSecret/overlap``, so that
    /// the receiver can change over without losing one. Nil when there is no such webhook.
    package func rotateWebhookSecret(
        _ id: String, agency: AgencyID, by account: String
    ) async throws(StorageError) -> [UInt8]? {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        var random = SystemRandomNumberGenerator()
        let fresh = (0..<WebhookSecret.length).map { _ in UInt8.random(in: 0...255, using: &random) }
        return try await write { (transaction) throws(StorageError) in
            guard let (_, secret) = try transaction.session.webhook(id, agency: agency.text, keys) else { return nil }
            let sealed = try SealedWords.seal(
                fresh + secret.current, key: keys.current, place: Webhook.place(agency.text, id))
            try transaction.session.run(
                "UPDATE webhook SET key_id = ?3, sealed = ?4, rotated_at = ?5 WHERE agency = ?1 AND id = ?2",
                .text(agency.text), .text(id), .text(keys.current.id), .bytes(sealed),
                .integer(transaction.now.microseconds))
            try transaction.session.note(
                AuditEntry(
                    account: account, action: .grant, agency: agency, subject: id, detail: "webhook secret changed"),
                at: transaction.now)
            return fresh
        }
    }

    /// A webhook with its secret, for a test message; noted in the audit log. Nil when there is none.
    package func webhookToTest(
        _ id: String, agency: AgencyID, by account: String
    ) async throws(StorageError) -> (webhook: Webhook, secret: WebhookSecret)? {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        return try await write { (transaction) throws(StorageError) in
            guard let found = try transaction.session.webhook(id, agency: agency.text, keys) else { return nil }
            try transaction.session.note(
                AuditEntry(account: account, action: .write, agency: agency, subject: id, detail: "webhook tested"),
                at: transaction.now)
            return found
        }
    }

    /// The newest deliveries of a webhook first.
    package func deliveries(
        of webhook: String, agency: AgencyID, limit: Int = 50
    ) async throws(StorageError) -> [DeliverySummary] {
        try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT d.sequence, d.state, d.attempts, d.next_attempt, d.status, d.problem, d.delivered_at, e.activity,
                  e.journey, e.recorded
                FROM webhook_delivery AS d JOIN event AS e ON e.sequence = d.sequence AND e.agency = d.agency
                WHERE d.agency = ?1 AND d.webhook = ?2 ORDER BY d.sequence DESC LIMIT ?3
                """, [.text(agency.text), .text(webhook), .integer(Int64(max(0, min(limit, 1_000))))]
            ) { (row) throws(StorageError) in
                DeliverySummary(
                    sequence: row.integer(0), state: DeliverySummary.State(rawValue: row.text(1)) ?? .queued,
                    attempts: Int(row.integer(2)), nextAttempt: Instant(microseconds: row.integer(3)),
                    status: row.optionalInteger(4).map { Int($0) }, problem: row.optionalText(5),
                    deliveredAt: row.optionalInteger(6).map { Instant(microseconds: $0) }, activity: row.text(7),
                    journey: row.text(8), recorded: Instant(microseconds: row.integer(9)))
            }
        }
    }
}

extension Session {
    /// A webhook that stands, with its secret opened.
    func webhook(
        _ id: String, agency: String, _ keys: VaultKeys
    ) throws(StorageError) -> (webhook: Webhook, secret: WebhookSecret)? {
        let found = try row(
            """
            SELECT \(Webhook.columns), key_id, sealed FROM webhook
            WHERE agency = ?1 AND id = ?2 AND removed_at IS NULL
            """, [.text(agency), .text(id)]
        ) { (row) throws(StorageError) in (try Webhook.read(row), row.text(8), row.bytes(9)) }
        guard let (webhook, keyID, sealed) = found else { return nil }
        guard let key = keys[keyID] else { throw .unknownVaultKey(id: keyID) }
        let bytes = try SealedWords.open(sealed, key: key, place: Webhook.place(agency, id))
        return (webhook, WebhookSecret(bytes: bytes, rotatedAt: webhook.rotatedAt))
    }
}
