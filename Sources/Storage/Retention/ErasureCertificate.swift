import Crypto
package import Experience

/// What the schedule erases.
package enum RetentionRule: String, Sendable, CaseIterable {
    /// People's own words, and whatever else was given with an answer.
    case words
    /// A person's name and contacts, after the end of their journey.
    case contacts
    /// Messages that were sent or given up: address, subject and text.
    case messages
    /// Whole months of the record.
    case months
}

/// Proof of an erasure: what, how much and by which rule, never what it said. Its seal is the SHA-256 of itself and of
/// the seal before, so that none can be changed or left out unseen.
package struct ErasureCertificate: Hashable, Sendable {
    package var id: String
    /// Nil where it concerns all agencies.
    package var agency: AgencyID?
    package var at: Instant
    /// The account that asked, "schedule" or "command line".
    package var account: String
    package var rule: RetentionRule
    /// Everything kept before this was to go.
    package var cutoff: Instant
    /// People, responses, messages or journeys.
    package var subjects: Int
    /// Fields, messages or events.
    package var items: Int
    package var oldest: Instant
    package var newest: Instant
    /// SHA-256 over the keys of what was erased, in order.
    package var digest: String
    package var seal: String

    /// The seal this certificate must carry after another.
    func seal(after before: String) -> String {
        let fields = [
            before, id, agency?.text ?? "*", "\(at.microseconds)", account, rule.rawValue, "\(cutoff.microseconds)",
            "\(subjects)", "\(items)", "\(oldest.microseconds)", "\(newest.microseconds)", digest,
        ]
        let text = fields.map { "\($0.utf8.count):\($0)" }.joined()
        return Hex.encode(SHA256.hash(data: Array(text.utf8)))
    }
}

/// The last time the schedule ran.
package struct RetentionRun: Hashable, Sendable {
    package var at: Instant
    /// Nil while it runs, or where it was broken off.
    package var items: Int?
    package var problem: String?

    package init(at: Instant, items: Int?, problem: String?) {
        self.at = at
        self.items = items
        self.problem = problem
    }
}

extension ErasureCertificate {
    static let columns = "id, agency, at, account, rule, cutoff, subjects, items, oldest, newest, digest, seal"

    static func read(_ row: Prepared) throws(StorageError) -> ErasureCertificate {
        guard let rule = RetentionRule(rawValue: row.text(4)) else {
            throw .damaged("erasure certificate \(row.text(0)) can't be read")
        }
        return ErasureCertificate(
            id: row.text(0), agency: row.text(1) == "*" ? nil : AgencyID(row.text(1)),
            at: Instant(microseconds: row.integer(2)), account: row.text(3), rule: rule,
            cutoff: Instant(microseconds: row.integer(5)), subjects: Int(row.integer(6)), items: Int(row.integer(7)),
            oldest: Instant(microseconds: row.integer(8)), newest: Instant(microseconds: row.integer(9)),
            digest: row.text(10), seal: row.text(11))
    }
}

extension Session {
    /// Seals and keeps a certificate, and notes it in the audit log.
    func certify(_ certificate: ErasureCertificate) throws(StorageError) -> ErasureCertificate {
        let before = try row("SELECT seal FROM erasure_certificate ORDER BY id DESC LIMIT 1", []) {
            (row) throws(StorageError) in row.text(0)
        }
        var certificate = certificate
        certificate.seal = certificate.seal(after: before ?? "")
        try run(
            """
            INSERT INTO erasure_certificate (\(ErasureCertificate.columns))
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """, .text(certificate.id), .text(certificate.agency?.text ?? "*"), .integer(certificate.at.microseconds),
            .text(certificate.account), .text(certificate.rule.rawValue), .integer(certificate.cutoff.microseconds),
            .integer(Int64(certificate.subjects)), .integer(Int64(certificate.items)),
            .integer(certificate.oldest.microseconds), .integer(certificate.newest.microseconds),
            .text(certificate.digest), .text(certificate.seal))
        try note(
            AuditEntry(
                account: certificate.account, action: .erase, agency: certificate.agency, subject: certificate.id,
                detail: "\(certificate.rule.rawValue): \(certificate.items) of \(certificate.subjects)"),
            at: certificate.at)
        return certificate
    }

    /// Ids in the order certificates are made, also within one microsecond and across nodes' clocks.
    func certificateID(at now: Instant) throws(StorageError) -> String {
        let last = try row("SELECT max(id) FROM erasure_certificate", []) { (row) throws(StorageError) in
            row.optionalText(0)
        }
        let number = (last ?? nil).flatMap { Int64($0.prefix { $0 != "-" }) } ?? 0
        let digits = String(number + 1)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "-\(CivilDate(utc: now))"
    }
}
