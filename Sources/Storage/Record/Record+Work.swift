package import Experience

/// A piece of work whose beginning is recorded.
package struct WorkSpan: Hashable, Sendable {
    package var journey: String
    package var started: Instant
    package var ended: Instant
}

extension Record {
    /// The most journeys asked about in one call of ``work(on:agency:)``.
    package static let workLimit = 1_000
    private static let workStep = 200

    /// The steps of these journeys that carry the time their work began (attribute `started`, RFC 3339), whatever the
    /// order. A beginning that can't be read, or lies behind the end, is left out.
    package func work(on journeys: [String], agency: AgencyID) async throws(StorageError) -> [WorkSpan] {
        let asked = Array(journeys.prefix(Record.workLimit))
        return try await read(agency: agency) { (session) throws(StorageError) in
            var found: [WorkSpan] = []
            for from in stride(from: 0, to: asked.count, by: Record.workStep) {
                var values: [SQLValue] = [.text(agency.text)]
                let isAsked = session.dialect.isOneOf(
                    "journey", Array(asked[from..<min(from + Record.workStep, asked.count)])
                ) { value in
                    values.append(value)
                    return "?\(values.count)"
                }
                found += try session.rows(
                    """
                    SELECT journey, occurred, attributes FROM event
                    WHERE agency = ?1 AND \(isAsked) AND kind = 'step' AND attributes LIKE '%"started"%'
                    """, values
                ) { (row) throws(StorageError) in
                    guard let attributes = row.withUTF8(2, AttributeText.decode) else {
                        throw .damaged("an event of a journey can't be read")
                    }
                    let ended = Instant(microseconds: row.integer(1))
                    let started = attributes["started"].flatMap { Instant(rfc3339: $0.plain) }
                    return WorkSpan(journey: row.text(0), started: started ?? ended.advanced(by: 1), ended: ended)
                }
            }
            return found.filter { $0.started <= $0.ended }
        }
    }
}
