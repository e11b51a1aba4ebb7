/// How far the servers were fed, as they know it themselves: what a question is answered as of, and what they must
/// hold for its answer to be whole.
package struct FeedMark: Sendable, Hashable {
    /// Raised with every change.
    package var revision: Int64
    /// The last event of the record that was fed.
    package var through: Int64
    /// Events fed and still kept, and the sum of their numbers (wrapping).
    package var events: Int64
    package var sequences: UInt64
    /// Events recorded before were dropped from the record, µs.
    package var since: Int64
    /// Journeys are as they were after this event.
    package var journeysThrough: Int64

    package init(
        revision: Int64 = 0, through: Int64 = 0, events: Int64 = 0, sequences: UInt64 = 0, since: Int64 = 0,
        journeysThrough: Int64 = 0
    ) {
        self.revision = revision
        self.through = through
        self.events = events
        self.sequences = sequences
        self.since = since
        self.journeysThrough = journeysThrough
    }
}

extension ClickHouseClient {
    package var schema: AnalyticsSchema { AnalyticsSchema(address) }

    /// The newest mark; nil before the first event was fed.
    package func mark() async throws(AnalyticsError) -> FeedMark? {
        let table: SQLText = address.cluster == nil ? "feed_local" : "feed"
        let found = try await rows(
            """
            SELECT revision, through, events, sequences, since, journeys_through FROM \(address.database).\(table) \
            WHERE target = \(text: address.target) ORDER BY revision DESC LIMIT 1
            """)
        return try found.first { (row) throws(AnalyticsError) in
            FeedMark(
                revision: try row.integer(0), through: try row.integer(1), events: try row.integer(2),
                sequences: try row.unsigned(3), since: try row.integer(4), journeysThrough: try row.integer(5))
        }
    }

    package func note(_ mark: FeedMark) async throws(AnalyticsError) {
        var row = TabWriter()
        row.add(address.target)
        row.add(mark.revision)
        row.add(mark.through)
        row.add(mark.events)
        row.add(unsigned: mark.sequences)
        row.add(mark.since)
        row.add(mark.journeysThrough)
        row.endRow()
        try await insert(schema.intake("feed"), row.bytes, token: nil)
    }

    /// Makes what is missing of the tables.
    package func setUp(epoch: Int64) async throws(AnalyticsError) {
        for statement in schema.definitions(epoch: epoch) { try await run(statement) }
    }

    /// Takes the tables away.
    package func tearDown() async throws(AnalyticsError) {
        for statement in schema.removals {
            do throws(AnalyticsError) {
                try await run(statement)
            } catch AnalyticsError.notSetUp { continue }
        }
    }

    /// The server's version, such as 18.16: settings that came later are not told to older ones.
    package func version() async throws(AnalyticsError) -> (major: Int, minor: Int) {
        let text = try await rows("SELECT version()").first { (row) throws(AnalyticsError) in try row.text(0) } ?? ""
        let parts = text.split(separator: ".").map { Int($0) ?? 0 }
        return (parts.first ?? 0, parts.dropFirst().first ?? 0)
    }
}
