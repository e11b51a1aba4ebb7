internal import Analytics
internal import Experience
internal import Storage

/// How far an analytics server is behind the record.
struct FeedStanding: Sendable {
    var feed: AnalyticsFeed
    /// Events not fed yet.
    var waiting: Int64
    /// For how long the oldest of them has waited, seconds.
    var lag: Double

    init(_ record: Record, _ address: AnalyticsAddress, now: Instant) async throws {
        let known = try await record.analyticsFeeds().first { $0.target == address.target }
        feed = known ?? AnalyticsFeed(target: address.target)
        let bounds = try await record.feedBounds(after: feed.through)
        waiting = max(0, bounds.last - feed.through)
        lag = bounds.waitingSince.map { max(0, now.seconds(since: Instant(microseconds: $0))) } ?? 0
    }
}
