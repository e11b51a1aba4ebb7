package import Experience
import Foundation

extension Record {
    /// Makes a link for a supplier and keeps its e-mail address and token, sealed, so that the monthly card can be sent.
    /// The token is given this once; a database that is read by others tells nobody a link.
    package func addSupplierLink(
        agency: AgencyID, service: ServiceID, supplier: String, email: String?, language: Language, by account: String
    ) async throws(StorageError) -> (link: SupplierLink, token: String) {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let token = Secret.random()
        let id = Secret.id(at: options.now())
        let contact = SupplierContact(email: email, token: token)
        guard let bytes = try? JSONEncoder().encode(contact) else { throw .refused("this address can't be kept.") }
        let sealed = try SealedWords.seal(Array(bytes), key: keys.current, place: SupplierLink.place(agency.text, id))
        let keyID = keys.current.id
        let link = try await write { (transaction) throws(StorageError) in
            let now = transaction.now
            try transaction.session.run(
                """
                INSERT INTO supplier_link (agency, id, service, supplier, token_hash, language, key_id, sealed, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """, .text(agency.text), .text(id), .text(service.text), .text(supplier), .text(Secret.hash(token)),
                .text(language.rawValue), .text(keyID), .bytes(sealed), .integer(now.microseconds))
            try transaction.session.note(
                AuditEntry(account: account, action: .grant, agency: agency, subject: id, detail: "supplier link"),
                at: now)
            return SupplierLink(
                agency: agency, id: id, service: service, supplier: supplier, language: language, createdAt: now,
                isRevoked: false)
        }
        return (link, token)
    }

    /// The link a token opens; nil when it is unknown or revoked.
    package func supplierLink(token: String) async throws(StorageError) -> SupplierLink? {
        let hash = Secret.hash(token)
        return try await read { (session) throws(StorageError) in
            try session.row(
                "SELECT \(SupplierLink.columns) FROM supplier_link WHERE token_hash = ?1 AND revoked_at IS NULL",
                [.text(hash)], SupplierLink.read)
        }
    }

    package func supplierLinks(agency: AgencyID, service: ServiceID) async throws(StorageError) -> [SupplierLink] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(SupplierLink.columns) FROM supplier_link WHERE agency = ?1 AND service = ?2
                ORDER BY supplier, id
                """, [.text(agency.text), .text(service.text)], SupplierLink.read)
        }
    }

    package func revokeSupplierLink(
        _ id: String, agency: AgencyID, by account: String
    ) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            let changed = try transaction.session.run(
                "UPDATE supplier_link SET revoked_at = ?3 WHERE agency = ?1 AND id = ?2 AND revoked_at IS NULL",
                .text(agency.text), .text(id), .integer(transaction.now.microseconds))
            guard changed == 1 else { return false }
            try transaction.session.note(
                AuditEntry(account: account, action: .revoke, agency: agency, subject: id, detail: "supplier link"),
                at: transaction.now)
            return true
        }
    }

    /// Where a supplier's card is sent and the token of its link; noted in the audit log.
    package func supplierContact(
        _ link: SupplierLink, reader: String
    ) async throws(StorageError) -> (email: String?, token: String)? {
        guard let keys = options.vaultKeys else { throw .noVaultKey }
        let found = try await write { (transaction) throws(StorageError) in
            try transaction.session.note(
                AuditEntry(
                    account: reader, action: .read, agency: link.agency, subject: link.id, detail: "supplier contact"),
                at: transaction.now)
            return try transaction.session.row(
                """
                SELECT key_id, sealed FROM supplier_link WHERE agency = ?1 AND id = ?2 AND revoked_at IS NULL
                """, [.text(link.agency.text), .text(link.id)]
            ) { (row) throws(StorageError) in (row.text(0), row.bytes(1)) }
        }
        guard let (keyID, sealed) = found else { return nil }
        guard let key = keys[keyID] else { throw .unknownVaultKey(id: keyID) }
        let bytes = try SealedWords.open(sealed, key: key, place: SupplierLink.place(link.agency.text, link.id))
        guard let contact = try? JSONDecoder().decode(SupplierContact.self, from: Data(bytes)) else {
            throw .damaged("a supplier's contact can't be read")
        }
        return (contact.email, contact.token)
    }
}

private struct SupplierContact: Codable {
    var email: String?
    var token: String
}
