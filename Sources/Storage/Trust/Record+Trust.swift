package import Experience

extension Record {
    /// The marks of a service since a time, oldest first.
    package func intakeMarks(
        agency: AgencyID, service: ServiceID, since: Instant, limit: Int = 20_000
    ) async throws(StorageError) -> [IntakeMark] {
        let count = Int64(max(0, min(limit, 100_000)))
        return try await read(agency: agency) { (session) throws(StorageError) in
            let newest = try session.rows(
                """
                SELECT \(IntakeMarkColumns.list) FROM intake_mark
                WHERE agency = ?1 AND service = ?2 AND at >= ?3 ORDER BY at DESC LIMIT ?4
                """, [.text(agency.text), .text(service.text), .integer(since.microseconds), .integer(count)],
                IntakeMarkColumns.read)
            return newest.compactMap { $0 }.reversed()
        }
    }

    /// What is in quarantine or was left out, newest first.
    package func heldAnswers(
        agency: AgencyID, service: ServiceID, limit: Int = 1_000
    ) async throws(StorageError) -> [IntakeMark] {
        let count = Int64(max(0, min(limit, 100_000)))
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(IntakeMarkColumns.list) FROM intake_mark
                WHERE agency = ?1 AND service = ?2 AND state IN ('held', 'left_out') ORDER BY at DESC LIMIT ?3
                """, [.text(agency.text), .text(service.text), .integer(count)], IntakeMarkColumns.read
            ).compactMap { $0 }
        }
    }

    /// The answers that scores show apart: with them and without them.
    package func heldKeys(agency: AgencyID, service: ServiceID) async throws(StorageError) -> Set<IntakeMark.Key> {
        Set(try await heldAnswers(agency: agency, service: service, limit: 100_000).map(\.key))
    }

    /// Puts answers in quarantine. Those somebody has looked at stay as they were decided.
    package func hold(
        _ flagged: [IntakeMark.Key: Set<IntakeMark.Reason>], agency: AgencyID
    ) async throws(StorageError) {
        guard !flagged.isEmpty else { return }
        try await write(weight: flagged.count) { (transaction) throws(StorageError) in
            for (key, reasons) in flagged {
                try transaction.session.run(
                    """
                    UPDATE intake_mark SET state = 'held', reasons = ?4
                    WHERE agency = ?1 AND source = ?2 AND source_id = ?3 AND state IN ('clear', 'held')
                    """, .text(agency.text), .text(key.source), .text(key.sourceID),
                    .text(IntakeMarkColumns.text(Array(reasons))))
            }
        }
    }

    /// Lets answers through or leaves them out of scores; noted in the audit log. The answers themselves stay.
    package func decide(
        _ keys: [IntakeMark.Key], _ state: IntakeMark.State, agency: AgencyID, by account: String
    ) async throws(StorageError) {
        guard !keys.isEmpty else { return }
        try await write(weight: keys.count) { (transaction) throws(StorageError) in
            for key in keys {
                let changed = try transaction.session.run(
                    """
                    UPDATE intake_mark SET state = ?4, decided_at = ?5, decided_by = ?6
                    WHERE agency = ?1 AND source = ?2 AND source_id = ?3 AND state <> ?4
                    """, .text(agency.text), .text(key.source), .text(key.sourceID), .text(state.rawValue),
                    .integer(transaction.now.microseconds), .text(account))
                guard changed > 0, account != "system" else { continue }
                try transaction.session.note(
                    AuditEntry(
                        account: account, action: .write, agency: agency,
                        subject: "response:\(key.source)/\(key.sourceID)", detail: "quarantine: \(state.rawValue)"),
                    at: transaction.now)
            }
        }
    }

    /// Forgets what was kept for telling copies apart, and the unredacted originals of words, once older than a time.
    /// Gives how many of each.
    @discardableResult
    package func forgetTraces(before time: Instant) async throws(StorageError) -> (marks: Int, originals: Int) {
        try await write { (transaction) throws(StorageError) in
            let marks = try transaction.session.run(
                """
                UPDATE intake_mark SET sender = NULL, sketch = NULL
                WHERE at < ?1 AND (sender IS NOT NULL OR sketch IS NOT NULL)
                """, .integer(time.microseconds))
            let originals = try transaction.session.run(
                """
                DELETE FROM vault WHERE (field LIKE 'original.%' OR field LIKE 'contact.%') AND stored_at < ?1
                """, .integer(time.microseconds))
            return (marks, originals)
        }
    }
}

/// How a mark lies in its row.
enum IntakeMarkColumns {
    static let list = """
        source, source_id, form, channel, touchpoint, at, rating, sender, sketch, state, reasons, redactions
        """

    static func text(_ reasons: [IntakeMark.Reason]) -> String {
        reasons.map(\.rawValue).sorted().joined(separator: ",")
    }

    static func bytes(_ sketch: [UInt64]) -> [UInt8] {
        sketch.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }
    }

    static func sketch(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
        }
    }

    static func read(_ row: Prepared) throws(StorageError) -> IntakeMark? {
        guard let form = Slug(row.text(2)), let channel = Channel(rawValue: row.text(3)),
            let state = IntakeMark.State(rawValue: row.text(9))
        else { return nil }
        return IntakeMark(
            key: .init(source: row.text(0), sourceID: row.text(1)), form: form, channel: channel,
            touchpoint: row.optionalText(4).flatMap { Slug($0) }, at: Instant(microseconds: row.integer(5)),
            rating: row.optionalInteger(6).map { Int($0) }, sender: row.optionalText(7), sketch: sketch(row.bytes(8)),
            state: state,
            reasons: row.text(10).split(separator: ",").compactMap { IntakeMark.Reason(rawValue: String($0)) },
            redactions: Int(row.integer(11)))
    }
}

extension Session {
    /// Keeps the mark of a new answer; the same answer again changes nothing.
    func keep(_ mark: IntakeMark, agency: AgencyID, service: ServiceID) throws(StorageError) {
        try run(
            """
            INSERT INTO intake_mark (agency, source, source_id, service, form, channel, touchpoint, at, rating,
              sender, sketch, state, reasons, redactions)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            ON CONFLICT (agency, source, source_id) DO NOTHING
            """, .text(agency.text), .text(mark.key.source), .text(mark.key.sourceID), .text(service.text),
            .text(mark.form.text), .text(mark.channel.rawValue), .optional(mark.touchpoint?.text),
            .integer(mark.at.microseconds), .optional(mark.rating.map { Int64($0) }), .optional(mark.sender),
            mark.sketch.isEmpty ? .null : .bytes(IntakeMarkColumns.bytes(mark.sketch)), .text(mark.state.rawValue),
            .text(IntakeMarkColumns.text(mark.reasons)), .integer(Int64(mark.redactions)))
    }
}
