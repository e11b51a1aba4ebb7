package import Experience

extension Record {
    /// Every analytics server that was ever fed from this record.
    package func analyticsFeeds() async throws(StorageError) -> [AnalyticsFeed] {
        try await read { (session) throws(StorageError) in
            try session.rows("SELECT \(AnalyticsFeed.columns) FROM analytics_feed ORDER BY target") {
                (row) throws(StorageError) in AnalyticsFeed.read(row)
            }
        }
    }

    /// Takes the feeding of a server on until `until`, for the first time or again; nil while another has it.
    package func leaseAnalytics(
        _ target: String, by owner: String, until: Instant
    ) async throws(StorageError) -> AnalyticsFeed? {
        try await write { (transaction) throws(StorageError) in
            let (session, now) = (transaction.session, transaction.now.microseconds)
            try session.run(
                """
                INSERT INTO analytics_feed (target, revision, through, events, sequences, since, journeys_through,
                  edition, changed_at) VALUES (?1, 0, 0, 0, 0, 0, 0, 0, ?2) ON CONFLICT (target) DO NOTHING
                """, .text(target), .integer(now))
            let taken = try session.run(
                """
                UPDATE analytics_feed SET lease_owner = ?2, lease_until = ?3
                WHERE target = ?1 AND (lease_owner IS NULL OR lease_owner = ?2 OR lease_until < ?4)
                """, .text(target), .text(owner), .integer(until.microseconds), .integer(now))
            guard taken == 1 else { return nil }
            return try session.row(
                "SELECT \(AnalyticsFeed.columns) FROM analytics_feed WHERE target = ?1", [.text(target)]
            ) { (row) throws(StorageError) in AnalyticsFeed.read(row) }
        }
    }

    /// Notes how far the feeding came and keeps the lease; the revision goes up by one. False when another has it now:
    /// then nothing was noted.
    package func noteAnalytics(
        _ feed: AnalyticsFeed, by owner: String, until: Instant
    ) async throws(StorageError) -> Bool {
        try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                UPDATE analytics_feed SET revision = ?14, through = ?4, pending = ?5, events = ?6, sequences = ?7,
                  since = ?8, journeys_through = ?9, edition = ?10, changed_at = ?11, problem = ?12, lease_until = ?13
                WHERE target = ?1 AND lease_owner = ?2 AND revision = ?3
                """, .text(feed.target), .text(owner), .integer(feed.revision), .integer(feed.through),
                .optional(feed.pending), .integer(feed.events), .integer(feed.sequences), .integer(feed.since),
                .integer(feed.journeysThrough), .integer(feed.edition), .integer(transaction.now.microseconds),
                .optional(feed.problem.map { String($0.prefix(500)) }), .integer(until.microseconds),
                .integer(feed.revision + 1)) == 1
        }
    }

    /// Gives the lease back.
    package func releaseAnalytics(_ target: String, by owner: String) async throws(StorageError) {
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run(
                """
                UPDATE analytics_feed SET lease_owner = NULL, lease_until = NULL
                WHERE target = ?1 AND lease_owner = ?2
                """,
                .text(target), .text(owner))
        }
    }

    /// Forgets that a server was ever fed: it is fed from the beginning then.
    package func forgetAnalytics(_ target: String) async throws(StorageError) {
        _ = try await write { (transaction) throws(StorageError) in
            try transaction.session.run("DELETE FROM analytics_feed WHERE target = ?1", .text(target))
        }
    }

    /// What there is to feed after a position.
    package func feedBounds(after sequence: Int64) async throws(StorageError) -> FeedBounds {
        try await read { (session) throws(StorageError) in
            var bounds = FeedBounds(last: 0, first: 0, oldest: 0)
            bounds.last = try session.integer("SELECT coalesce(max(sequence), 0) FROM event")
            let oldest = try session.row("SELECT sequence, recorded FROM event ORDER BY sequence LIMIT 1") {
                (row) throws(StorageError) in (row.integer(0), row.integer(1))
            }
            if let oldest { (bounds.first, bounds.oldest) = oldest }
            bounds.waitingSince = try session.row(
                "SELECT recorded FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT 1", [.integer(sequence)]
            ) { (row) throws(StorageError) in row.integer(0) }
            return bounds
        }
    }

    /// Events recorded since a time and numbered up to a position: how many, and the sum of their numbers (wrapping).
    package func feedSums(
        since: Int64, through sequence: Int64
    ) async throws(StorageError) -> (events: Int64, sequences: Int64) {
        try await read { (session) throws(StorageError) in
            var (events, sum): (Int64, Int64) = (0, 0)
            try session.forEach(
                "SELECT sequence FROM event WHERE recorded >= ?1 AND sequence <= ?2",
                [.integer(since), .integer(sequence)]
            ) { (row) throws(StorageError) in
                events += 1
                sum &+= row.integer(0)
            }
            return (events, sum)
        }
    }

    /// Answers and offers among some events.
    package func answersAndOffers(in range: ClosedRange<Int64>) async throws(StorageError) -> [RecordedEvent] {
        try await read { (session) throws(StorageError) in
            try session.rows(
                """
                SELECT \(EventColumns.list) FROM event WHERE sequence BETWEEN ?1 AND ?2
                AND kind IN ('response', 'offer') ORDER BY sequence
                """, [.integer(range.lowerBound), .integer(range.upperBound)], EventColumns.read)
        }
    }

    /// The journeys some events belong to, as they stand now, with the last event of each.
    package func scanJourneys<Reader: LineReader>(
        touchedBy range: ClosedRange<Int64>, with reader: @escaping @Sendable () -> Reader
    ) async throws(StorageError) -> Reader.Output where Reader.Line == JourneyLine {
        try await read { (session) throws(StorageError) in
            let reader = reader()
            try session.forEach(
                """
                SELECT \(JourneyLine.columns) FROM \(JourneyColumns.from)
                JOIN (SELECT DISTINCT agency, journey FROM event WHERE sequence BETWEEN ?1 AND ?2) AS t
                  ON t.agency = j.agency AND t.journey = j.journey
                """, [.integer(range.lowerBound), .integer(range.upperBound)]
            ) { (row) throws(StorageError) in reader.take(JourneyLine(row: row)) }
            return reader.finish()
        }
    }
}
