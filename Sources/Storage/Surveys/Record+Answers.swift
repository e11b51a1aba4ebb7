package import Experience

extension Record {
    /// The next answers and offers of the record after a sequence number, of all services: what survey reports are
    /// counted from. An empty answer means the end.
    package func answersAndOffers(
        after sequence: Int64, limit: Int = 20_000
    ) async throws(StorageError) -> [RecordedEvent] {
        let count = Int64(max(0, min(limit, 1_000_000)))
        return try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(EventColumns.list) FROM event WHERE sequence > ?1 AND kind IN ('response', 'offer')
                ORDER BY sequence LIMIT ?2
                """, [.integer(sequence), .integer(count)], EventColumns.read)
        }
    }

    /// Journeys that were under way at some time of a period: the people a service had to do with.
    package func journeysUnderWay(
        agency: AgencyID, service: ServiceID, period: Period
    ) async throws(StorageError) -> Int {
        try await read(agency: agency) { (session) throws(StorageError) in
            Int(
                try session.integer(
                    """
                    SELECT count(*) FROM journey
                    WHERE agency = ?1 AND service = ?2 AND opened < ?4 AND last_occurred >= ?3 AND journey NOT LIKE '~%'
                    """,
                    [
                        .text(agency.text), .text(service.text), .integer(period.from.microseconds),
                        .integer(period.to.microseconds),
                    ]))
        }
    }
}
