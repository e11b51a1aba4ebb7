package import Experience

extension Record {
    /// All events of a journey, in the order of the record.
    package func events(of journey: JourneyID, agency: AgencyID) async throws(StorageError) -> [RecordedEvent] {
        try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                "SELECT \(EventColumns.list) FROM event WHERE agency = ?1 AND journey = ?2 ORDER BY sequence",
                [.text(agency.text), .text(journey.text)], EventColumns.read)
        }
    }

    /// Events by their numbers, in the order asked for; numbers of no event, or of another service's, are left out.
    package func events(
        numbered numbers: [Int64], agency: AgencyID, service: ServiceID
    ) async throws(StorageError) -> [RecordedEvent] {
        try await read { (session) throws(StorageError) in
            var found: [RecordedEvent] = []
            for number in numbers {
                let row = try session.row(
                    "SELECT \(EventColumns.list) FROM event WHERE sequence = ?1 AND agency = ?2 AND service = ?3",
                    [.integer(number), .text(agency.text), .text(service.text)], EventColumns.read)
                if let row { found.append(row) }
            }
            return found
        }
    }

    /// The next events of the record after a sequence number: how an engine fills itself and keeps up. An empty
    /// answer means the end. Events show up in the order of their numbers, never late.
    package func tail(after sequence: Int64, limit: Int = 10_000) async throws(StorageError) -> [RecordedEvent] {
        if let recent = recent.after(sequence, limit: limit) { return recent }
        return try await storedTail(after: sequence, limit: limit)
    }

    /// As ``tail(after:limit:)``, read from the database even where this program has just written it.
    package func storedTail(after sequence: Int64, limit: Int = 10_000) async throws(StorageError) -> [RecordedEvent] {
        let count = Int64(max(0, min(limit, 1_000_000)))
        return try await read { (session) throws(StorageError) in
            try session.rows(
                "SELECT \(EventColumns.list) FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
                [.integer(sequence), .integer(count)], EventColumns.read)
        }
    }

    /// The newest sequence number; 0 for an empty record.
    package func lastSequence() async throws(StorageError) -> Int64 {
        try await read { (session) throws(StorageError) in
            try session.integer("SELECT coalesce(max(sequence), 0) FROM event")
        }
    }

    /// The number of events. Counts them, so it takes time with the size of the record.
    package func eventCount() async throws(StorageError) -> Int {
        try await read { (session) throws(StorageError) in
            Int(try session.integer("SELECT count(*) FROM event"))
        }
    }

    /// What people answered: events of kind `response` and `outcome`, newest first.
    ///
    /// - Parameter after: continue with responses older than this sequence number.
    package func responses(
        agency: AgencyID, service: ServiceID, period: Period? = nil, after sequence: Int64? = nil, limit: Int = 50
    ) async throws(StorageError) -> [RecordedEvent] {
        var values: [SQLValue] = [
            .text(agency.text), .text(service.text), .integer(sequence ?? .max),
            .integer(Int64(max(0, min(limit, 10_000)))),
        ]
        var within = ""
        if let period {
            values += [.integer(period.from.microseconds), .integer(period.to.microseconds)]
            within = " AND occurred >= ?5 AND occurred < ?6"
        }
        let bound = values
        let condition = within
        return try await read(agency: agency) { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(EventColumns.list) FROM event
                WHERE agency = ?1 AND service = ?2 AND kind IN ('response', 'outcome') AND sequence < ?3\(condition)
                ORDER BY sequence DESC LIMIT ?4
                """, bound, EventColumns.read)
        }
    }
}

extension Record {
    /// Of these responses, by sequence number, those whose person left words in a field. Looks at no words.
    package func responses(
        numbered numbers: [Int64], withWordsIn field: String, agency: AgencyID
    ) async throws(StorageError) -> [Int64] {
        guard !numbers.isEmpty else { return [] }
        let places = (0..<numbers.count).map { "?\($0 + 3)" }.joined(separator: ", ")
        return try await read(agency: agency) { (session) throws(StorageError) in
            // By number: asked for the agency as it is, SQLite would read all of its events instead.
            try session.rows(
                """
                SELECT e.sequence FROM event AS e JOIN vault AS v ON v.agency = e.agency
                AND v.subject = 'response:' || e.source || '/' || e.source_id AND v.field = ?2
                WHERE coalesce(e.agency, '') = ?1 AND e.sequence IN (\(places)) ORDER BY e.sequence
                """, [.text(agency.text), .text(field)] + numbers.map { .integer($0) }
            ) { (row) throws(StorageError) in row.integer(0) }
        }
    }
}
