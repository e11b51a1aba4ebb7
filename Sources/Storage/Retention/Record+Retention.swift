import Crypto
package import Experience

/// What was dropped of the record when its time was over. Holds no personal data; the audit log keeps its digest.
package struct DroppedMonth: Hashable, Sendable {
    package var name: String
    package var from: Instant
    package var to: Instant
    package var events: Int
    package var journeys: Int
    package var sequences: ClosedRange<Int64>
    /// SHA-256 over the rows in the order of the record.
    package var digest: String
}

extension Record {
    /// Drops whole months of the record, oldest first, that were recorded before `cutoff`, with the journeys that
    /// ended in them. It stops at the first month in which a journey began that went on later, and never takes the
    /// month of the newest event. PostgreSQL only, where a month is a partition.
    ///
    /// - Parameter account: who asked, for the audit log.
    package func dropMonths(
        recordedBefore cutoff: Instant, by account: String
    ) async throws(StorageError) -> [DroppedMonth] {
        // A follower that begins anew must not be given what is gone.
        defer { recent.forget() }
        return try await write(weight: .max / 2) { (transaction) throws(StorageError) in
            let session = transaction.session
            guard session.dialect.hasMonths else {
                throw .refused("months of the record can be dropped on PostgreSQL only; move the record there first.")
            }
            transaction.views.forget()
            let names = try session.rows(
                """
                SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'event'::regclass ORDER BY c.relname
                """, []
            ) { (row) throws(StorageError) in row.text(0) }
            var dropped: [DroppedMonth] = []
            for month in names.compactMap({ EventMonth(named: $0) }) {
                guard month.to <= cutoff, let one = try session.drop(month) else { break }
                try session.note(
                    AuditEntry(
                        account: account, action: .erase, subject: month.name,
                        detail: "\(one.events) events, \(one.journeys) journeys, SHA-256 \(one.digest)"),
                    at: transaction.now)
                try session.certify(one, before: cutoff, by: account, at: transaction.now)
                dropped.append(one)
            }
            return dropped
        }
    }
}

extension Session {
    fileprivate func certify(
        _ month: DroppedMonth, before cutoff: Instant, by account: String, at now: Instant
    ) throws(StorageError) {
        guard month.events > 0 else { return }
        _ = try certify(
            ErasureCertificate(
                id: try certificateID(at: now), agency: nil, at: now, account: account, rule: .months, cutoff: cutoff,
                subjects: month.journeys, items: month.events, oldest: month.from, newest: month.to,
                digest: month.digest, seal: ""))
    }

    /// Nil when the month must stay.
    fileprivate func drop(_ month: EventMonth) throws(StorageError) -> DroppedMonth? {
        let newest = try integer("SELECT coalesce(max(sequence), 0) FROM event")
        var digest = SHA256()
        var (events, first, last) = (0, Int64.max, Int64.min)
        try forEach("SELECT \(EventColumns.list) FROM \(month.name) ORDER BY sequence") { (row) throws(StorageError) in
            events += 1
            first = min(first, row.integer(0))
            last = max(last, row.integer(0))
            for column in 0..<Int32(16) {
                let text = row.optionalText(column)
                digest.update(data: Array("\(text?.utf8.count ?? -1):\(text ?? "")".utf8))
            }
        }
        guard events == 0 || last < newest else { return nil }
        let here = "(agency, journey) IN (SELECT agency, journey FROM \(month.name))"
        let goesOn = try integer("SELECT count(*) FROM journey WHERE last_sequence > ?1 AND \(here)", [.integer(last)])
        guard events == 0 || goesOn == 0 else { return nil }
        // A clock set wrong may have put later events into an earlier month: then the stretch is not whole.
        let upToHere = try integer("SELECT count(*) FROM event WHERE sequence <= ?1", [.integer(last)])
        guard events == 0 || upToHere == events else { return nil }
        var journeys = 0
        if events > 0 {
            try run("DELETE FROM promise WHERE \(here)")
            try run("DELETE FROM tracking WHERE \(here)")
            journeys = try run("DELETE FROM journey WHERE \(here)")
            try run("DELETE FROM event_key WHERE sequence BETWEEN ?1 AND ?2", .integer(first), .integer(last))
            try dropChain(through: last)
        }
        try define("DROP TABLE \(month.name)")
        return DroppedMonth(
            name: month.name, from: month.from, to: month.to, events: events, journeys: journeys,
            sequences: events == 0 ? 0...0 : first...last, digest: Hex.encode(digest.finalize()))
    }
}
