package import Experience
import Synchronization

/// Webhooks: subscriptions, and what is still to be delivered to each.
///
/// ``queueDeliveries(limit:)`` walks the record's tail from where it stopped, so that what happened while no server ran
/// is delivered too; deliveries are leased like messages.
extension Record {
    /// Subscribes an address to the promise events that come from now on. The secret is shown this once.
    package func addWebhook(
        agency: AgencyID, url: String, service: ServiceID?, by account: String
    ) async throws(StorageError) -> (webhook: Webhook, secret: [UInt8]) {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        var random = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        let id = Secret.id(at: options.now())
        let sealed = try SealedWords.seal(secret, key: keys.current, place: Webhook.place(agency.text, id))
        let keyID = keys.current.id
        let webhook = try await write { (transaction) throws(StorageError) in
            let now = transaction.now
            let last = try transaction.session.integer("SELECT coalesce(max(sequence), 0) FROM event")
            try transaction.session.run(
                """
                INSERT INTO webhook (agency, id, url, service, key_id, sealed, created_at, after_sequence)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """, .text(agency.text), .text(id), .text(url), .optional(service?.text), .text(keyID), .bytes(sealed),
                .integer(now.microseconds), .integer(last))
            try transaction.session.note(
                AuditEntry(account: account, action: .grant, agency: agency, subject: id, detail: "webhook"), at: now)
            return Webhook(agency: agency, id: id, url: url, service: service, createdAt: now, isRemoved: false)
        }
        return (webhook, secret)
    }

    package func webhooks(agency: AgencyID? = nil) async throws(StorageError) -> [Webhook] {
        let (condition, values): (String, [SQLValue]) =
            agency.map { (" WHERE agency = ?1", [.text($0.text)]) } ?? ("", [])
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                "SELECT \(Webhook.columns) FROM webhook\(condition) ORDER BY agency, id", values, Webhook.read)
        }
    }

    /// Ends a subscription; what was not delivered yet never will be. False when there is none.
    package func removeWebhook(
        _ id: String, agency: AgencyID, by account: String
    ) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            let changed = try transaction.session.run(
                "UPDATE webhook SET removed_at = ?3 WHERE agency = ?1 AND id = ?2 AND removed_at IS NULL",
                .text(agency.text), .text(id), .integer(transaction.now.microseconds))
            guard changed == 1 else { return false }
            try transaction.session.run(
                """
                UPDATE webhook_delivery SET state = 'failed', problem = 'removed'
                WHERE agency = ?1 AND webhook = ?2 AND state IN ('queued', 'sending')
                """, .text(agency.text), .text(id))
            try transaction.session.note(
                AuditEntry(account: account, action: .revoke, agency: agency, subject: id, detail: "webhook"),
                at: transaction.now)
            return true
        }
    }

    package func deliveryCounts(_ webhook: Webhook) async throws(StorageError) -> DeliveryCounts {
        try await read(agency: webhook.agency) { (session) throws(StorageError) in
            let key: [SQLValue] = [.text(webhook.agency.text), .text(webhook.id)]
            var counts = DeliveryCounts()
            let rows = try session.rows(
                "SELECT state, count(*) FROM webhook_delivery WHERE agency = ?1 AND webhook = ?2 GROUP BY state", key
            ) { (row) throws(StorageError) in (row.text(0), Int(row.integer(1))) }
            for (state, count) in rows {
                switch state {
                case "delivered": counts.delivered += count
                case "failed": counts.failed += count
                default: counts.waiting += count
                }
            }
            counts.lastProblem = try session.row(
                """
                SELECT problem FROM webhook_delivery WHERE agency = ?1 AND webhook = ?2 AND problem IS NOT NULL
                ORDER BY sequence DESC LIMIT 1
                """, key
            ) { (row) throws(StorageError) in row.text(0) }
            return counts
        }
    }

    /// Queues the promise events that came since the last call for every webhook that asked for them. Gives how many
    /// events were looked at; 0 = none were left. Calling it twice, or on two nodes, queues nothing twice.
    ///
    /// Looks without writing: most events concern no webhook, and the writer has others to serve. How far it looked is
    /// kept with every delivery queued, and every so many events; after a start it goes on from there.
    package func queueDeliveries(limit: Int = 10_000) async throws(StorageError) -> Int {
        let seen = webhooksLookedThrough.withLock { $0 }
        let stretch = Int64(max(1, min(limit, 100_000)))
        let walk = try await read { (session) throws(StorageError) in
            try WebhookWalk(session, after: seen, stretch: stretch)
        }
        if !walk.deliveries.isEmpty || walk.through - walk.kept >= Record.webhookKeepsEvery {
            try await write(weight: walk.deliveries.count + 1) { (transaction) throws(StorageError) in
                try walk.keep(transaction.session, at: transaction.now)
            }
        }
        webhooksLookedThrough.withLock { $0 = max($0, walk.through) }
        return Int(walk.through - walk.after)
    }

    private static let webhookKeepsEvery: Int64 = 10_000
}

/// A stretch of the record's tail, and what of it webhooks asked for.
private struct WebhookWalk: Sendable {
    struct Delivery: Sendable {
        let agency: String
        let webhook: String
        let sequence: Int64
    }

    private(set) var deliveries: [Delivery] = []
    /// How far the look that was kept last had come.
    let kept: Int64
    let after: Int64
    private(set) var through: Int64

    init(_ session: Session, after seen: Int64, stretch: Int64) throws(StorageError) {
        kept =
            try session.row("SELECT sequence FROM follower WHERE name = 'webhooks'") {
                (row) throws(StorageError) in row.integer(0)
            } ?? 0
        let newest = try session.integer("SELECT coalesce(max(sequence), 0) FROM event")
        let hooks = try session.rows(
            "SELECT agency, id, service, after_sequence FROM webhook WHERE removed_at IS NULL"
        ) { (row) throws(StorageError) in (row.text(0), row.text(1), row.optionalText(2), row.integer(3)) }
        guard let first = hooks.map(\.3).min() else {
            // Whoever subscribes from now on asks for what comes from now on.
            (after, through) = (newest, newest)
            return
        }
        after = min(newest, max(kept, seen, first))
        through = min(newest, after + stretch)
        guard through > after else { return }
        let found = try session.rows(
            """
            SELECT sequence, agency, service FROM event
            WHERE sequence > ?1 AND sequence <= ?2 AND kind = 'promise' ORDER BY sequence
            """, [.integer(after), .integer(through)]
        ) { (row) throws(StorageError) in (row.integer(0), row.text(1), row.text(2)) }
        for (sequence, agency, service) in found {
            for hook in hooks where hook.0 == agency && (hook.2 ?? service) == service && hook.3 < sequence {
                deliveries.append(Delivery(agency: agency, webhook: hook.1, sequence: sequence))
            }
        }
    }

    /// Queues the deliveries, for webhooks that are still there, and keeps how far the look came.
    func keep(_ session: Session, at now: Instant) throws(StorageError) {
        for delivery in deliveries {
            try session.run(
                """
                INSERT INTO webhook_delivery (agency, webhook, sequence, state, attempts, next_attempt)
                SELECT agency, id, ?3, 'queued', 0, ?4 FROM webhook
                WHERE agency = ?1 AND id = ?2 AND removed_at IS NULL
                ON CONFLICT (agency, webhook, sequence) DO NOTHING
                """, .text(delivery.agency), .text(delivery.webhook), .integer(delivery.sequence),
                .integer(now.microseconds))
        }
        try session.run(
            """
            INSERT INTO follower (name, sequence) VALUES ('webhooks', ?1)
            ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence WHERE follower.sequence < excluded.sequence
            """, .integer(through))
    }
}

extension Webhook {
    static let columns = "agency, id, url, service, created_at, removed_at, paused_at, rotated_at"

    static func read(_ row: Prepared) throws(StorageError) -> Webhook {
        guard let agency = AgencyID(row.text(0)) else { throw .damaged("a webhook can't be read") }
        return Webhook(
            agency: agency, id: row.text(1), url: row.text(2), service: row.optionalText(3).flatMap { ServiceID($0) },
            createdAt: Instant(microseconds: row.integer(4)), isRemoved: !row.isNull(5),
            pausedAt: row.optionalInteger(6).map { Instant(microseconds: $0) },
            rotatedAt: row.optionalInteger(7).map { Instant(microseconds: $0) })
    }

    static func place(_ agency: String, _ id: String) -> [UInt8] {
        SealedWords.place(agency, "webhook:\(id)", "secret")
    }
}
