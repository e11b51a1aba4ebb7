package import Experience

/// An event as it lies in its row: the columns an engine is filled with, without making an ``Event`` of them. Valid
/// only inside the call it is given to.
package struct EventLine {
    let row: Prepared

    /// Columns of text.
    package enum Text: Int32 {
        case agency = 2
        case service, journey, kind, activity, channel, unit, actor
    }

    static let columns =
        "sequence, occurred, agency, service, journey, kind, activity, channel, actor_unit, actor_id, recorded"

    package var sequence: Int64 { row.integer(0) }
    /// Microseconds since 1970 UTC.
    package var occurred: Int64 { row.integer(1) }
    /// Microseconds since 1970 UTC.
    package var recorded: Int64 { row.integer(10) }

    /// The bytes of a text, none when the row has no value; valid inside the closure.
    package func with<T>(_ text: Text, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        row.withUTF8(text.rawValue, body)
    }
}

/// A journey as it lies in its rows, with what its promise came to. Valid only inside the call it is given to.
package struct JourneyLine {
    let row: Prepared

    static let columns = """
        j.agency, j.service, j.journey, j.opened, j.last_occurred, j.first_channel, j.contacts, j.failure_demand, \
        j.closed_at, j.result, j.outcome, j.rating, j.responses, j.cohorts, \
        p.state, p.first_due, p.last_due, p.ended_at, p.repromises, p.probability, p.lines, j.last_sequence, \
        p.date_given, p.waiting_since
        """

    package var agency: String { row.text(0) }
    package var service: String { row.text(1) }
    package var journey: String { row.text(2) }
    package var opened: Int64 { row.integer(3) }
    package var lastOccurred: Int64 { row.integer(4) }
    package var channel: Channel? { Channel(rawValue: row.text(5)) }
    package var contacts: Int { Int(row.integer(6)) }
    package var failureDemand: Int { Int(row.integer(7)) }
    package var closed: (at: Int64, result: String)? { row.optionalInteger(8).map { ($0, row.text(9)) } }
    package var outcome: JourneyState.Solved? { row.optionalText(10).flatMap(JourneyState.Solved.init) }
    package var rating: Int? { row.optionalInteger(11).map { Int($0) } }
    package var responses: Int { Int(row.integer(12)) }
    package var cohorts: [String: String] { row.withUTF8(13, CohortText.decode) }
    package var promise: PromiseClock.State? { row.optionalText(14).flatMap(PromiseClock.State.init) }
    package var firstDue: Int64? { row.optionalInteger(15) }
    package var lastDue: Int64? { row.optionalInteger(16) }
    package var promiseEnded: Int64? { row.optionalInteger(17) }
    package var repromises: Int { Int(row.integer(18)) }
    package var lastSequence: Int64 { row.integer(21) }
    package var probability: Double? { row.isNull(19) ? nil : row.real(19) }
    package var waitingSince: Int64? { row.optionalInteger(23) }

    /// The first date as it was given, where its clock has stood still and the date moved since. A date that only a new
    /// calendar moved has no wait in its lines.
    package var movedFrom: Int64? {
        guard let given = row.optionalInteger(22), let due = firstDue, given != due else { return nil }
        let hasWaited = row.withUTF8(20) { text in
            JourneyLine.waitNames.contains { JourneyLine.first($0, in: text) != nil }
        }
        return hasWaited ? given : nil
    }

    private static let waitNames = [" waits ", " promise.paused "].map { Array($0.utf8) }

    /// By when the arming line says that half, eight and nine of ten were likely to be done: looked up in the lines'
    /// text, which is not decoded. The others are looked for only where the first is.
    package var likely: (half: Instant, eightOfTen: Instant?, nineOfTen: Instant?)? {
        row.withUTF8(20) { text in
            guard let half = JourneyLine.moment(JourneyLine.halfName, in: text) else { return nil }
            return (
                half, JourneyLine.moment(JourneyLine.eightOfTenName, in: text),
                JourneyLine.moment(JourneyLine.nineOfTenName, in: text)
            )
        }
    }

    private static let halfName = Array("\"likely\":\"".utf8)
    private static let eightOfTenName = Array("\"eight_of_ten\":\"".utf8)
    private static let nineOfTenName = Array("\"nine_of_ten\":\"".utf8)

    private static func moment(_ name: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard let found = first(name, in: text) else { return nil }
        let rest = text[(found + name.count)...]
        guard let end = rest.firstIndex(of: 0x22) else { return nil }
        return Instant(rfc3339: String(decoding: rest[..<end], as: UTF8.self))
    }

    /// The last line that says whether the person was told says no.
    package var isUntold: Bool {
        row.withUTF8(20) { text in
            let name = Array("\"told\":".utf8)
            guard let found = JourneyLine.last(name, in: text), found + name.count < text.count else { return false }
            return text[found + name.count] == 0x66
        }
    }

    private static func first(_ name: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let head = name.first, text.count >= name.count else { return nil }
        // Once a journey at every start, so byte by byte and without a slice.
        for at in 0...(text.count - name.count) where text[at] == head {
            var matched = 1
            while matched < name.count, text[at + matched] == name[matched] { matched += 1 }
            if matched == name.count { return at }
        }
        return nil
    }

    private static func last(_ name: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count >= name.count else { return nil }
        return (0...(text.count - name.count)).last { text[$0...].starts(with: name) }
    }
}

/// Takes the lines of a scan one after another, on the thread that reads.
package protocol LineReader<Line>: SendableMetatype {
    associatedtype Line
    associatedtype Output: Sendable

    func take(_ line: Line)
    func finish() -> Output
}

extension Record {
    /// Reads the columns of many events in order of their numbers, faster than ``tail(after:limit:)`` makes events of
    /// them: how an engine is filled at the start.
    ///
    /// - Parameter range: sequence numbers.
    package func scanEvents<Reader: LineReader>(
        _ range: ClosedRange<Int64>, with reader: @escaping @Sendable () -> Reader
    ) async throws(StorageError) -> Reader.Output where Reader.Line == EventLine {
        try await read { (session) throws(StorageError) in
            let reader = reader()
            try session.forEach(
                """
                SELECT \(EventLine.columns) FROM event WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence
                """, [.integer(range.lowerBound), .integer(range.upperBound)]
            ) { (row) throws(StorageError) in reader.take(EventLine(row: row)) }
            return reader.finish()
        }
    }

    /// Reads the columns of every journey, without replaying the lines of its promise.
    package func scanJourneys<Reader: LineReader>(
        with reader: @escaping @Sendable () -> Reader
    ) async throws(StorageError) -> Reader.Output where Reader.Line == JourneyLine {
        try await read { (session) throws(StorageError) in
            let reader = reader()
            try session.forEach("SELECT \(JourneyLine.columns) FROM \(JourneyColumns.from)") {
                (row) throws(StorageError) in reader.take(JourneyLine(row: row))
            }
            return reader.finish()
        }
    }
}
