package import Experience

/// How far an analytics server was fed, as the record knows it.
package struct AnalyticsFeed: Sendable, Hashable {
    package var target: String
    /// Raised with every change.
    package var revision: Int64 = 0
    /// The last event that was fed.
    package var through: Int64 = 0
    /// The end of a batch that was begun and whose end is not known.
    package var pending: Int64?
    /// Events fed and not dropped since, and the sum of their numbers (wrapping).
    package var events: Int64 = 0
    package var sequences: Int64 = 0
    /// Events recorded before were dropped, µs.
    package var since: Int64 = 0
    /// Journeys were fed as they stood after this event.
    package var journeysThrough: Int64 = 0
    /// Raised to feed every journey's state anew.
    package var edition: Int64 = 0
    package var changed: Instant = Instant(microseconds: 0)
    /// Why it stands still; nil while all is well.
    package var problem: String?

    package init(target: String) { self.target = target }

    static let columns = """
        target, revision, through, pending, events, sequences, since, journeys_through, edition, changed_at, problem
        """

    static func read(_ row: Prepared) -> AnalyticsFeed {
        var feed = AnalyticsFeed(target: row.text(0))
        feed.revision = row.integer(1)
        feed.through = row.integer(2)
        feed.pending = row.optionalInteger(3)
        feed.events = row.integer(4)
        feed.sequences = row.integer(5)
        feed.since = row.integer(6)
        feed.journeysThrough = row.integer(7)
        feed.edition = row.integer(8)
        feed.changed = Instant(microseconds: row.integer(9))
        feed.problem = row.optionalText(10)
        return feed
    }
}

/// What there is to feed.
package struct FeedBounds: Sendable, Hashable {
    package var last: Int64
    /// The oldest event kept; 0 for none.
    package var first: Int64
    /// When the oldest event was recorded, µs.
    package var oldest: Int64
    /// When the first event after the position was recorded, µs; nil when there is none.
    package var waitingSince: Int64?

    package init(last: Int64, first: Int64, oldest: Int64) {
        self.last = last
        self.first = first
        self.oldest = oldest
    }
}
