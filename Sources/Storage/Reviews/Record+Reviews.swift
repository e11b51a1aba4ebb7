package import Experience

/// A review another site shows, as we last saw it there. Its words are in the vault.
package struct KnownReview: Hashable, Sendable {
    package var id: String
    package var firstSeen: Instant
    package var lastSeen: Instant
    /// When it was first missing from a complete list of the host.
    package var removed: Instant?
    package var isReplied: Bool
}

extension Record {
    package func reviews(host: String, place: String, agency: AgencyID) async throws(StorageError) -> [KnownReview] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT id, first_seen, last_seen, removed_at, replied FROM review
                WHERE agency = ?1 AND host = ?2 AND place = ?3 ORDER BY first_seen, id
                """, [.text(agency.text), .text(host), .text(place)]
            ) { (row) throws(StorageError) in
                KnownReview(
                    id: row.text(0), firstSeen: Instant(microseconds: row.integer(1)),
                    lastSeen: Instant(microseconds: row.integer(2)),
                    removed: row.optionalInteger(3).map { Instant(microseconds: $0) }, isReplied: row.integer(4) != 0)
            }
        }
    }

    /// Keeps what a host showed: every review seen, and, where the list was complete, that the others are gone.
    ///
    /// - Parameter seen: id and whether the agency's reply stands under it.
    package func noteReviews(
        host: String, place: String, agency: AgencyID, service: ServiceID, seen: [(id: String, isReplied: Bool)],
        isComplete: Bool
    ) async throws(StorageError) {
        try await write(weight: seen.count + 1) { (transaction) throws(StorageError) in
            let now = transaction.now.microseconds
            for review in seen {
                try transaction.session.run(
                    """
                    INSERT INTO review (agency, host, place, id, service, first_seen, last_seen, removed_at, replied)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, NULL, ?7)
                    ON CONFLICT (agency, host, place, id) DO UPDATE SET last_seen = excluded.last_seen,
                      removed_at = NULL, replied = excluded.replied
                    """, .text(agency.text), .text(host), .text(place), .text(review.id), .text(service.text),
                    .integer(now), .integer(review.isReplied ? 1 : 0))
            }
            guard isComplete else { return }
            try transaction.session.run(
                """
                UPDATE review SET removed_at = ?4
                WHERE agency = ?1 AND host = ?2 AND place = ?3 AND last_seen < ?4 AND removed_at IS NULL
                """, .text(agency.text), .text(host), .text(place), .integer(now))
        }
    }
}
