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
    /// For how long nothing was fed though events wait and no problem is known: a server that takes a batch and never
    /// answers, or a record that no program feeds. Nil while that is short.
    var silence: Double?

    /// Longer than a batch takes on a slow day, so that a feed that works is not called silent.
    private static let shortSilence = 15.0

    init(_ record: Record, _ address: AnalyticsAddress, now: Instant) async throws {
        let known = try await record.analyticsFeeds().first { $0.target == address.target }
        feed = known ?? AnalyticsFeed(target: address.target)
        let bounds = try await record.feedBounds(after: feed.through)
        waiting = max(0, bounds.last - feed.through)
        lag = bounds.waitingSince.map { max(0, now.seconds(since: Instant(microseconds: $0))) } ?? 0
        let still = min(lag, max(0, now.seconds(since: feed.changed)))
        silence = waiting > 0 && feed.problem == nil && still > Self.shortSilence ? still : nil
    }

    /// Why events wait, for the log.
    var reason: String {
        if let problem = feed.problem { return problem }
        if let silence {
            return "nothing was fed for \(Int(silence)) s: the server does not answer, or nobody feeds it"
        }
        return waiting > 0 ? "a batch is under way" : "none"
    }
}
