package import Experience

extension Record {
    /// Takes deliveries that are due for one sender until `until`; oldest first.
    package func leaseDeliveries(
        by owner: String, until: Instant, limit: Int = 20
    ) async throws(StorageError) -> [LeasedDelivery] {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let count = Int64(max(0, min(limit, 1_000)))
        return try await write { (transaction) throws(StorageError) in
            let session = transaction.session
            let now = transaction.now.microseconds
            let due = try session.rows(
                """
                SELECT agency, webhook, sequence, attempts FROM webhook_delivery AS d
                WHERE ((state = 'queued' AND next_attempt <= ?1) OR (state = 'sending' AND lease_until < ?1))
                  AND NOT EXISTS (
                    SELECT 1 FROM webhook AS w
                    WHERE w.agency = d.agency AND w.id = d.webhook AND w.paused_at IS NOT NULL)
                ORDER BY next_attempt, agency, webhook, sequence LIMIT ?2
                """, [.integer(now), .integer(count)]
            ) { (row) throws(StorageError) in (row.text(0), row.text(1), row.integer(2), Int(row.integer(3))) }
            var taken: [LeasedDelivery] = []
            for (agency, hook, sequence, attempts) in due {
                let changed = try session.run(
                    """
                    UPDATE webhook_delivery SET state = 'sending', attempts = attempts + 1, lease_owner = ?4,
                      lease_until = ?5
                    WHERE agency = ?1 AND webhook = ?2 AND sequence = ?3
                      AND (state = 'queued' OR (state = 'sending' AND lease_until < ?6))
                    """, .text(agency), .text(hook), .integer(sequence), .text(owner), .integer(until.microseconds),
                    .integer(now))
                guard changed == 1 else { continue }
                let found = try session.webhook(hook, agency: agency, keys)
                let event = try session.row(
                    "SELECT \(EventColumns.list) FROM event WHERE sequence = ?1", [.integer(sequence)],
                    EventColumns.read)
                guard let (webhook, secret) = found, let event else { continue }
                taken.append(
                    LeasedDelivery(webhook: webhook, secret: secret, event: event, attempt: attempts + 1))
            }
            return taken
        }
    }

    /// Notes how an attempt ended. False when the lease was lost meanwhile.
    @discardableResult
    package func finishDelivery(
        _ delivery: LeasedDelivery, by owner: String, _ outcome: DeliveryOutcome
    ) async throws(StorageError) -> Bool {
        let (state, next, status, problem): (String, Instant?, Int?, String?) =
            switch outcome {
            case .delivered(let status): ("delivered", nil, status, nil)
            case .later(let at, let status, let problem): ("queued", at, status, problem)
            case .failed(let status, let problem): ("failed", nil, status, problem)
            }
        return try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                UPDATE webhook_delivery SET state = ?5, next_attempt = coalesce(?6, next_attempt), status = ?7,
                  problem = ?8, delivered_at = ?9, lease_owner = NULL, lease_until = NULL
                WHERE agency = ?1 AND webhook = ?2 AND sequence = ?3 AND lease_owner = ?4 AND state = 'sending'
                """, .text(delivery.webhook.agency.text), .text(delivery.webhook.id), .integer(delivery.event.sequence),
                .text(owner), .text(state), .time(next), .optional(status.map(Int64.init)),
                .optional(problem.map { String($0.prefix(300)) }),
                .time(state == "delivered" ? transaction.now : nil)) == 1
        }
    }
}

extension Session {
    /// Seals again, with the current key, the secrets of webhooks and the addresses of suppliers; gives how many.
    func resealPartners(_ keys: VaultKeys, limit: Int) throws(StorageError) -> Int {
        var done = 0
        for table in ["webhook", "supplier_link"] {
            let rows = try rows(
                "SELECT agency, id, key_id, sealed FROM \(table) WHERE key_id <> ?1 LIMIT ?2",
                [.text(keys.current.id), .integer(Int64(limit))]
            ) { (row) throws(StorageError) in (row.text(0), row.text(1), row.text(2), row.bytes(3)) }
            for (agency, id, keyID, sealed) in rows {
                guard let key = keys[keyID] else { throw .unknownVaultKey(id: keyID) }
                let place = table == "webhook" ? Webhook.place(agency, id) : SupplierLink.place(agency, id)
                let bytes = try SealedWords.open(sealed, key: key, place: place)
                try run(
                    "UPDATE \(table) SET key_id = ?1, sealed = ?2 WHERE agency = ?3 AND id = ?4",
                    .text(keys.current.id), .bytes(try SealedWords.seal(bytes, key: keys.current, place: place)),
                    .text(agency), .text(id))
            }
            done += rows.count
        }
        return done
    }
}
