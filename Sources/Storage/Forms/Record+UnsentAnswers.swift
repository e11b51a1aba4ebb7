import Crypto
package import Experience
import Foundation

extension Record {
    /// Keeps unsent answers under their code; the same code again replaces them. Files are kept beside them, each
    /// under its question, until it is replaced. What has expired is thrown away on the way.
    package func keep(
        _ answers: UnsentAnswers, code: TrackingCode, files: [Slug: [UInt8]] = [:]
    ) async throws(StorageError) {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let hash = try hash(ofUnsent: code)
        let agency = answers.agency.text
        var parts: [(field: String, keyID: String, sealed: [UInt8])] = []
        func seal(_ field: String, _ bytes: [UInt8]) throws(StorageError) {
            let place = SealedWords.place(agency, "unsent:\(hash)", field)
            parts.append((field, keys.current.id, try SealedWords.seal(bytes, key: keys.current, place: place)))
        }
        try seal("", UnsentText(answers).bytes())
        for (question, bytes) in files { try seal(question.text, bytes) }
        let (kept, expires) = (parts, answers.expires.microseconds)
        try await write(weight: kept.count + 1) { (transaction) throws(StorageError) in
            let session = transaction.session
            try session.run("DELETE FROM unsent_answers WHERE expires_at < ?1", .integer(transaction.now.microseconds))
            for part in kept {
                try session.run(
                    """
                    INSERT INTO unsent_answers (agency, code_hash, field, key_id, sealed, expires_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                    ON CONFLICT (agency, code_hash, field) DO UPDATE SET key_id = excluded.key_id,
                      sealed = excluded.sealed
                    """, .text(agency), .text(hash), .text(part.field), .text(part.keyID), .bytes(part.sealed),
                    .integer(expires))
            }
            try session.run(
                "UPDATE unsent_answers SET expires_at = ?1 WHERE agency = ?2 AND code_hash = ?3", .integer(expires),
                .text(agency), .text(hash))
        }
    }

    /// The answers kept under a code; nil when there are none, or they have expired.
    package func unsent(
        _ code: TrackingCode, agency: AgencyID, now: Instant
    ) async throws(StorageError) -> UnsentAnswers? {
        guard let bytes = try await unsentField("", code, agency: agency, now: now) else { return nil }
        return try UnsentText(bytes).answers(agency: agency)
    }

    /// The bytes of a file kept beside unsent answers.
    package func unsentFile(
        _ question: Slug, _ code: TrackingCode, agency: AgencyID, now: Instant
    ) async throws(StorageError) -> [UInt8]? {
        try await unsentField(question.text, code, agency: agency, now: now)
    }

    package func dropUnsent(_ code: TrackingCode, agency: AgencyID) async throws(StorageError) {
        let hash = try hash(ofUnsent: code)
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "DELETE FROM unsent_answers WHERE agency = ?1 AND code_hash = ?2", .text(agency.text), .text(hash))
        }
    }

    private func unsentField(
        _ field: String, _ code: TrackingCode, agency: AgencyID, now: Instant
    ) async throws(StorageError) -> [UInt8]? {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let hash = try hash(ofUnsent: code)
        let row = try await read(agency: agency) { (session) throws(StorageError) in
            try session.row(
                """
                SELECT key_id, sealed FROM unsent_answers
                WHERE agency = ?1 AND code_hash = ?2 AND field = ?3 AND expires_at >= ?4
                """, [.text(agency.text), .text(hash), .text(field), .integer(now.microseconds)]
            ) { (row) throws(StorageError) in SealedRow(field: field, keyID: row.text(0), sealed: row.bytes(1)) }
        }
        guard let row else { return nil }
        guard let key = keys[row.keyID] else { throw .unknownVaultKey(id: row.keyID) }
        return try SealedWords.open(
            row.sealed, key: key, place: SealedWords.place(agency.text, "unsent:\(hash)", field))
    }

    private func hash(ofUnsent code: TrackingCode) throws(StorageError) -> String {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: Array("unsent \(code.text)".utf8), using: keys.hashing))
    }
}

/// Unsent answers as they are written before they are sealed.
private struct UnsentText: Codable {
    var service: Slug
    var form: Slug
    var version: Int
    var response: String
    var values: [String: [String]]
    var journey: String?
    var touchpoint: Slug?
    var door: String?
    var expires: Int64

    init(_ answers: UnsentAnswers) {
        service = answers.service
        form = answers.form
        version = answers.version
        response = answers.response.description
        values = Dictionary(uniqueKeysWithValues: answers.values.map { ($0.key.text, $0.value) })
        journey = answers.journey?.text
        touchpoint = answers.touchpoint
        door = answers.door
        expires = answers.expires.microseconds
    }

    init(_ bytes: [UInt8]) throws(StorageError) {
        do {
            self = try JSONDecoder().decode(UnsentText.self, from: Data(bytes))
        } catch { throw .damaged("unsent answers can't be read") }
    }

    func bytes() throws(StorageError) -> [UInt8] {
        do { return Array(try JSONEncoder().encode(self)) } catch { throw .refused("these answers can't be kept.") }
    }

    func answers(agency: AgencyID) throws(StorageError) -> UnsentAnswers {
        guard let response = TimeOrderedID(response) else { throw .damaged("unsent answers can't be read") }
        let named = values.compactMap { name, texts in Slug(name).map { ($0, texts) } }
        return UnsentAnswers(
            agency: agency, service: service, form: form, version: version, response: response,
            values: Dictionary(uniqueKeysWithValues: named), journey: journey.flatMap { TrackingCode($0) },
            touchpoint: touchpoint, door: door, expires: Instant(microseconds: expires))
    }
}
