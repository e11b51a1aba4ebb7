import Crypto
package import Experience

/// A link that opens a form once, for one person and one transaction.
package struct FormInvitation: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var form: Slug
    package var journey: JourneyID?
    package var offer: String
    package var expires: Instant
    package var used: Instant?

    package init(
        agency: AgencyID, service: ServiceID, form: Slug, journey: JourneyID?, offer: String, expires: Instant,
        used: Instant? = nil
    ) {
        self.agency = agency
        self.service = service
        self.form = form
        self.journey = journey
        self.offer = offer
        self.expires = expires
        self.used = used
    }
}

extension Record {
    /// Makes a link and gives its token, which is nowhere kept in the clear.
    package func invite(_ invitation: FormInvitation) async throws(StorageError) -> String {
        let token = Secret.random()
        let hash = Record.invitationHash(token)
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                INSERT INTO form_invitation (agency, token_hash, service, form, journey, transaction_key, created_at,
                  expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """, .text(invitation.agency.text), .text(hash), .text(invitation.service.text),
                .text(invitation.form.text), .optional(invitation.journey?.text), .text(invitation.offer),
                .integer(transaction.now.microseconds), .integer(invitation.expires.microseconds))
        }
        return token
    }

    /// The invitation of a token, used or not; nil when there is none.
    package func invitation(token: String) async throws(StorageError) -> FormInvitation? {
        let hash = Record.invitationHash(token)
        return try await read { (session) throws(StorageError) in
            try session.row(
                """
                SELECT agency, service, form, journey, transaction_key, expires_at, used_at FROM form_invitation
                WHERE token_hash = ?1
                """, [.text(hash)]
            ) { (row) throws(StorageError) in
                guard let agency = AgencyID(row.text(0)), let service = ServiceID(row.text(1)),
                    let form = Slug(row.text(2))
                else { return nil }
                return FormInvitation(
                    agency: agency, service: service, form: form,
                    journey: row.optionalText(3).flatMap { JourneyID($0) }, offer: row.text(4),
                    expires: Instant(microseconds: row.integer(5)),
                    used: row.optionalInteger(6).map { Instant(microseconds: $0) })
            } ?? nil
        }
    }

    /// Uses a link up; false when it was used before or is too old. Of two at once, one gets true.
    package func useInvitation(token: String) async throws(StorageError) -> Bool {
        let hash = Record.invitationHash(token)
        return try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                "UPDATE form_invitation SET used_at = ?2 WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2",
                .text(hash), .integer(transaction.now.microseconds)) > 0
        }
    }

    private static func invitationHash(_ token: String) -> String {
        Hex.encode(SHA256.hash(data: Array("invitation \(token)".utf8)))
    }
}
