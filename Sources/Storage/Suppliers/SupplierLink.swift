package import Experience

/// A supplier's private way to its own scorecard: whoever holds the link sees the card, nothing else.
package struct SupplierLink: Hashable, Sendable {
    package var agency: AgencyID
    package var id: String
    package var service: ServiceID
    /// The supplier's value of the service's supplier attribute.
    package var supplier: String
    package var language: Language
    package var createdAt: Instant
    package var isRevoked: Bool

    static let columns = "agency, id, service, supplier, language, created_at, revoked_at"

    static func read(_ row: Prepared) throws(StorageError) -> SupplierLink {
        guard let agency = AgencyID(row.text(0)), let service = ServiceID(row.text(2)),
            let language = Language(rawValue: row.text(4))
        else { throw .damaged("a supplier's link can't be read") }
        return SupplierLink(
            agency: agency, id: row.text(1), service: service, supplier: row.text(3), language: language,
            createdAt: Instant(microseconds: row.integer(5)), isRevoked: !row.isNull(6))
    }

    static func place(_ agency: String, _ id: String) -> [UInt8] {
        SealedWords.place(agency, "supplier:\(id)", "contact")
    }
}
