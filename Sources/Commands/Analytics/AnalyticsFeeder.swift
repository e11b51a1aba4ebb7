package import Analytics
package import Experience
package import Storage

/// Feeds an analytics server from the record, batch by batch, under a lease: of several programs on one record, one
/// feeds.
///
/// Before a batch is sent its end is noted in the record, and after it was taken its position. So a batch whose end is
/// not known is sent again with the same rows, which the server knows for the same: by its own digest of the block, by
/// the token where it has those, and at last by each row's key.
package struct AnalyticsFeeder: Sendable {
    package let record: Record
    package let client: ClickHouseClient
    let owner: String
    let now: @Sendable () -> Instant
    /// A form of a service in the version that was answered, or the nearest there is.
    let form: @Sendable (ServiceID, Slug, Int) -> FormDefinition?
    /// Events a batch.
    package var batch: Int64 = 100_000

    /// Longer than any batch takes; soon enough over after a crash.
    private static let lease = 10 * Instant.minute
    /// Journeys are fed after at most so many events.
    private static let journeysAfter: Int64 = 400_000

    package init(
        record: Record, client: ClickHouseClient, owner: String, now: @escaping @Sendable () -> Instant,
        form: @escaping @Sendable (ServiceID, Slug, Int) -> FormDefinition?
    ) {
        self.record = record
        self.client = client
        self.owner = owner
        self.now = now
        self.form = form
    }

    package enum Outcome: Sendable, Hashable {
        /// Everything was fed.
        case done(events: Int64)
        /// Another program feeds.
        case elsewhere
    }

    private var target: String { client.address.target }
    private var until: Instant { now().advanced(by: Self.lease) }

    /// Feeds to the end of the record.
    ///
    /// - Parameter progress: events fed so far, and how many there were to feed.
    package func run(progress: @Sendable (Int64, Int64) -> Void = { _, _ in }) async throws -> Outcome {
        guard var feed = try await record.leaseAnalytics(target, by: owner, until: until) else { return .elsewhere }
        var fed: Int64 = 0
        do {
            let version = try await client.version()
            let hasTokens = version.major >= 22
            // The record noted a batch, and the servers were not told: then they are told now.
            if feed.events > 0, try await client.mark()?.revision != feed.revision { try await tell(feed) }
            let bounds = try await record.feedBounds(after: feed.through)
            try await forget(&feed, bounds)
            let total = max(0, bounds.last - feed.through)
            while true {
                let sent = try await events(&feed, hasTokens)
                if let sent { fed += sent }
                if feed.journeysThrough < feed.through,
                    sent == nil || feed.through - feed.journeysThrough >= Self.journeysAfter
                {
                    try await journeys(&feed)
                }
                guard sent != nil, !Task.isCancelled else { break }
                progress(fed, total)
            }
            if feed.problem != nil {
                feed.problem = nil
                _ = try await note(&feed)
            }
        } catch {
            feed.problem = "\(error)"
            _ = try? await note(&feed)
            try? await record.releaseAnalytics(target, by: owner)
            throw error
        }
        try await record.releaseAnalytics(target, by: owner)
        return .done(events: fed)
    }

    /// Notes the position in the record; throws when another program took over.
    private func note(_ feed: inout AnalyticsFeed) async throws {
        guard try await record.noteAnalytics(feed, by: owner, until: until) else { throw FeedLost() }
        feed.revision += 1
    }

    /// The next batch; nil at the end of the record.
    private func events(_ feed: inout AnalyticsFeed, _ hasTokens: Bool) async throws -> Int64? {
        let from = feed.through + 1
        let end = feed.pending ?? (from + batch - 1)
        let written = try await record.scanEvents(from...max(from, end)) { EventRowWriter() }
        guard written.rows.rows > 0 else {
            if feed.pending != nil {
                feed.pending = nil
                try await note(&feed)
            }
            return nil
        }
        if feed.pending != written.last {
            feed.pending = written.last
            try await note(&feed)
        }
        let schema = client.schema
        let name = "throughline-\(from)-\(written.last)"
        let answers = try await record.answersAndOffers(in: from...written.last)
        var rows = TabWriter()
        for answer in answers { rows.add(answer, form: form) }
        if rows.rows > 0 {
            try await client.insert(schema.intake("response"), rows.bytes, token: hasTokens ? name + "-r" : nil)
        }
        try await client.insert(schema.intake("event"), written.rows.bytes, token: hasTokens ? name : nil)
        feed.through = written.last
        feed.pending = nil
        feed.events += Int64(written.rows.rows)
        feed.sequences &+= written.sequences
        feed.problem = nil
        try await note(&feed)
        try await tell(feed)
        return Int64(written.rows.rows)
    }

    /// The journeys of events fed since they were last fed, as they stand now.
    private func journeys(_ feed: inout AnalyticsFeed) async throws {
        let (from, edition) = (feed.journeysThrough + 1, feed.edition)
        var start = from
        while start <= feed.through {
            let end = min(feed.through, start + Self.journeysAfter - 1)
            let rows = try await record.scanJourneys(touchedBy: start...end) { JourneyRowWriter(edition: edition) }
            if rows.rows > 0 { try await client.insert(client.schema.intake("journey"), rows.bytes, token: nil) }
            start = end + 1
        }
        feed.journeysThrough = feed.through
        try await note(&feed)
        try await tell(feed)
    }

    /// Takes away what the record dropped meanwhile: whole months, by the time of recording.
    private func forget(_ feed: inout AnalyticsFeed, _ bounds: FeedBounds) async throws {
        guard bounds.first > 1, feed.events > 0, let month = Self.month(of: bounds.oldest), month > feed.since else {
            return
        }
        let sums = try await record.feedSums(since: month, through: feed.through)
        for statement in client.schema.forget(recordedBefore: month, journeysThrough: bounds.first) {
            try await client.run(statement)
        }
        (feed.since, feed.events, feed.sequences) = (month, sums.events, sums.sequences)
        try await note(&feed)
        try await tell(feed)
    }

    /// The beginning of the month of a moment, in UTC, as the record drops months.
    private static func month(of moment: Int64) -> Int64? {
        let day = CivilDate(utc: Instant(microseconds: moment))
        return CivilDate(year: day.year, month: day.month, day: 1)?.startUTC.microseconds
    }

    private func tell(_ feed: AnalyticsFeed) async throws {
        try await client.note(
            FeedMark(
                revision: feed.revision, through: feed.through, events: feed.events,
                sequences: UInt64(bitPattern: feed.sequences), since: feed.since,
                journeysThrough: feed.journeysThrough))
    }
}

/// Another program took the feeding over in the middle of a batch; it sends that batch again.
struct FeedLost: Error, CustomStringConvertible {
    var description: String { "another server took the feeding of the analytics over" }
}
