import Crypto
package import Experience

extension Record {
    /// The most that one certificate covers: erasing never holds up the writer for long.
    package static let erasureLimit = 5_000

    /// Erases by a rule what was kept before `cutoff`, in steps, each with its certificates in the same transaction.
    /// Views and counts stay as they are.
    ///
    /// - Parameter account: who asked: an account's id, "schedule" or "command line".
    package func erase(
        _ rule: RetentionRule, before cutoff: Instant, by account: String
    ) async throws(StorageError) -> [ErasureCertificate] {
        if rule == .months {
            _ = try await dropMonths(recordedBefore: cutoff, by: account)
            return []
        }
        var all: [ErasureCertificate] = []
        while true {
            let step = try await write(weight: Record.erasureLimit) { (transaction) throws(StorageError) in
                try transaction.session.erase(rule, before: cutoff, by: account, at: transaction.now)
            }
            all += step
            if step.reduce(0, { $0 + $1.items }) < Record.erasureLimit { return all }
        }
    }

    /// Whether whole months of the record can be dropped here.
    package var dropsMonths: Bool { driver is PostgresDriver }

    /// How much a rule would erase now.
    package func due(_ rule: RetentionRule, before cutoff: Instant) async throws(StorageError) -> Int {
        guard rule != .months else { return 0 }
        return try await read { (session) throws(StorageError) in
            Int(
                try session.integer("SELECT count(*) FROM (\(rule.candidates)) AS one", [.integer(cutoff.microseconds)])
            )
        }
    }

    /// Certificates, the newest first.
    ///
    /// - Parameter agency: those of one agency and of all agencies; nil for every one.
    package func certificates(
        agency: AgencyID? = nil, limit: Int = 1_000
    ) async throws(StorageError) -> [ErasureCertificate] {
        try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(ErasureCertificate.columns) FROM erasure_certificate
                WHERE ?1 = '' OR agency IN (?1, '*') ORDER BY id DESC LIMIT ?2
                """, [.text(agency?.text ?? ""), .integer(Int64(max(0, limit)))], ErasureCertificate.read)
        }
    }

    /// The first certificate whose seal does not follow from those before it; nil when all do.
    package func firstBrokenCertificate() async throws(StorageError) -> String? {
        try await read { (session) throws(StorageError) in
            var before = ""
            let all = try session.rows(
                "SELECT \(ErasureCertificate.columns) FROM erasure_certificate ORDER BY id", [],
                ErasureCertificate.read)
            for certificate in all {
                guard certificate.seal == certificate.seal(after: before) else { return certificate.id }
                before = certificate.seal
            }
            return nil
        }
    }

    /// Claims a day's run; false when somebody has it already.
    package func claimRetention(day: Int64) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "INSERT INTO retention_run (day, at) VALUES (?1, ?2) ON CONFLICT (day) DO NOTHING", .integer(day),
                .integer(transaction.now.microseconds)) == 1
        }
    }

    /// Notes how a day's run ended. One that failed is free to be claimed again.
    package func finishRetention(day: Int64, items: Int?, problem: String?) async throws(StorageError) {
        _ = try await write { (transaction) throws(StorageError) in
            let session = transaction.session
            if let problem {
                try session.run("DELETE FROM retention_run WHERE day = ?1", .integer(day))
                return try session.run(
                    """
                    INSERT INTO retention_run (day, at, problem) VALUES (-1, ?1, ?2)
                    ON CONFLICT (day) DO UPDATE SET at = excluded.at, problem = excluded.problem
                    """, .integer(transaction.now.microseconds), .text(problem))
            } else {
                try session.run("DELETE FROM retention_run WHERE day = -1")
                return try session.run(
                    "UPDATE retention_run SET items = ?2 WHERE day = ?1", .integer(day), .integer(Int64(items ?? 0)))
            }
        }
    }

    /// The last run, whether it ended well or not.
    package func lastRetention() async throws(StorageError) -> RetentionRun? {
        try await read { (session) throws(StorageError) in
            try session.row("SELECT at, items, problem FROM retention_run ORDER BY at DESC LIMIT 1", []) {
                (row) throws(StorageError) in
                RetentionRun(
                    at: Instant(microseconds: row.integer(0)), items: row.isNull(1) ? nil : Int(row.integer(1)),
                    problem: row.optionalText(2))
            }
        }
    }
}

/// One thing whose time is over.
private struct Expired {
    var agency: String
    var subject: String
    var field: String
    var at: Int64
}

extension RetentionRule {
    /// Selects agency, subject, field and time of what was kept before ?1, in the order of the certificate.
    fileprivate var candidates: String {
        switch self {
        case .words:
            """
            SELECT agency, subject, field, stored_at FROM vault
            WHERE subject LIKE 'response:%' AND stored_at < ?1 ORDER BY agency, subject, field
            """
        case .contacts:
            // A person whose journey the record does not know (any more) counts from when the contact was kept.
            """
            SELECT v.agency, v.subject, v.field, v.stored_at FROM vault AS v
            LEFT JOIN journey AS j ON j.agency = v.agency AND j.journey = substr(v.subject, 8)
            WHERE v.subject LIKE 'person:%' AND v.stored_at < ?1
              AND (j.journey IS NULL OR j.closed_at < ?1) ORDER BY v.agency, v.subject, v.field
            """
        case .messages:
            """
            SELECT agency, id, 'message', coalesce(sent_at, queued_at) FROM message
            WHERE state IN ('sent', 'failed') AND key_id <> '' AND coalesce(sent_at, queued_at) < ?1
            ORDER BY agency, id
            """
        case .months: "SELECT '', '', '', 0 WHERE 1 = 0"
        }
    }
}

extension Session {
    fileprivate func erase(
        _ rule: RetentionRule, before cutoff: Instant, by account: String, at now: Instant
    ) throws(StorageError) -> [ErasureCertificate] {
        let found = try rows(
            "\(rule.candidates) LIMIT ?2", [.integer(cutoff.microseconds), .integer(Int64(Record.erasureLimit))]
        ) { (row) throws(StorageError) in
            Expired(agency: row.text(0), subject: row.text(1), field: row.text(2), at: row.integer(3))
        }
        var certificates: [ErasureCertificate] = []
        var rest = found[...]
        while let first = rest.first {
            let own = rest.prefix { $0.agency == first.agency }
            rest = rest.dropFirst(own.count)
            certificates.append(try erase(rule, Array(own), before: cutoff, by: account, at: now))
        }
        return certificates
    }

    /// Erases what is one agency's, and certifies it.
    private func erase(
        _ rule: RetentionRule, _ expired: [Expired], before cutoff: Instant, by account: String, at now: Instant
    ) throws(StorageError) -> ErasureCertificate {
        var digest = SHA256()
        for one in expired {
            for text in [one.agency, one.subject, one.field, "\(one.at)"] {
                digest.update(data: Array("\(text.utf8.count):\(text)".utf8))
            }
            if rule == .messages {
                try run(
                    "UPDATE message SET sealed = ?3, key_id = '' WHERE agency = ?1 AND id = ?2", .text(one.agency),
                    .text(one.subject), .bytes([]))
            } else {
                try run(
                    "DELETE FROM vault WHERE agency = ?1 AND subject = ?2 AND field = ?3", .text(one.agency),
                    .text(one.subject), .text(one.field))
            }
        }
        let subjects = Set(expired.map(\.subject))
        if rule == .contacts {
            // Letters to them carry the same name and address.
            for subject in subjects.sorted() {
                try eraseMessages(agency: expired[0].agency, journey: String(subject.dropFirst("person:".count)))
            }
        }
        return try certify(
            ErasureCertificate(
                id: try certificateID(at: now), agency: AgencyID(expired[0].agency), at: now, account: account,
                rule: rule, cutoff: cutoff, subjects: subjects.count, items: expired.count,
                oldest: Instant(microseconds: expired.map(\.at).min() ?? 0),
                newest: Instant(microseconds: expired.map(\.at).max() ?? 0),
                digest: Hex.encode(digest.finalize()), seal: ""))
    }
}
