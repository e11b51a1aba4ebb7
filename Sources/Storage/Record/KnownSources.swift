import Experience

/// Which events of a commit the record has already, looked up in one question: a server is too far for one each.
struct KnownSources {
    private struct Key: Hashable {
        let agency: AgencyID
        let source: String
        let sourceID: String

        init(_ event: Event) {
            agency = event.agency
            source = event.source
            sourceID = event.sourceID
        }
    }

    private var events: [Event] = []
    private var sequences: [Key: Int64] = [:]

    mutating func add(_ prepared: [PreparedEvent]) { events += prepared.lazy.map(\.event) }

    /// Nil when there is nothing to ask. The answer is for ``read(_:_:)``.
    func ask(_ session: Session) throws(StorageError) -> Prepared? {
        guard !events.isEmpty else { return nil }
        return try session.ask(
            """
            SELECT k.agency, k.source, k.source_id, k.sequence
            FROM unnest(?1::text[], ?2::text[], ?3::text[]) AS s (agency, source, source_id)
            JOIN event_key AS k ON k.agency = s.agency COLLATE "C" AND k.source = s.source COLLATE "C"
              AND k.source_id = s.source_id COLLATE "C"
            """,
            [
                .text(PostgresArray.text(events.lazy.map(\.agency.text))),
                .text(PostgresArray.text(events.lazy.map(\.source))),
                .text(PostgresArray.text(events.lazy.map(\.sourceID))),
            ])
    }

    mutating func read(_ asked: Prepared, _ session: Session) throws(StorageError) {
        let found = try session.rows(asked) { (row) throws(StorageError) in
            (row.text(0), row.text(1), row.text(2), row.integer(3))
        }
        guard !found.isEmpty else { return }
        var bySource: [String: [String: [String: Int64]]] = [:]
        for (agency, source, id, sequence) in found {
            bySource[agency, default: [:]][source, default: [:]][id] = sequence
        }
        for event in events {
            if let sequence = bySource[event.agency.text]?[event.source]?[event.sourceID] {
                sequences[Key(event)] = sequence
            }
        }
    }

    subscript(_ event: Event) -> Int64? {
        get { sequences[Key(event)] }
        set { sequences[Key(event)] = newValue }
    }
}

/// Many texts as one value.
enum PostgresArray {
    /// Parameters that are arrays, a letter each: i whole numbers, r real ones, t text.
    static func parameters(_ types: String) -> String {
        types.enumerated().map { at, letter in
            let name =
                switch letter {
                case "i": "bigint"
                case "r": "double precision"
                default: "text"
                }
            return "?\(at + 1)::\(name)[]"
        }.joined(separator: ", ")
    }

    static func text(_ values: some Sequence<String>) -> String {
        var out: [UInt8] = [0x7B]
        for value in values {
            if out.count > 1 { out.append(0x2C) }
            out.append(0x22)
            for byte in value.utf8 {
                if byte == 0x22 || byte == 0x5C { out.append(0x5C) }
                out.append(byte)
            }
            out.append(0x22)
        }
        out.append(0x7D)
        return String(decoding: out, as: UTF8.self)
    }
}
