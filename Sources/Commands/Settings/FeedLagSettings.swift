internal import Configuration
internal import Experience

/// When the analytics server counts as too far behind.
struct FeedLagSettings: Sendable, Hashable {
    /// Seconds that the oldest event may wait.
    var bound: Int
    /// Minutes it may be worse than that before it is an alarm.
    var minutes: Int

    var alarm: LagAlarm { LagAlarm(bound: Double(bound), patience: Int64(minutes) * Instant.minute) }

    init(_ config: ConfigReader) throws {
        bound = config.int(forKey: "feed.lag.seconds", default: 60)
        minutes = config.int(forKey: "feed.lag.minutes", default: 4)
        guard (1...86_400).contains(bound) else {
            throw CommandFailure.usage("feed.lag.seconds is \(bound); write 1 to 86400.")
        }
        guard (0...1_440).contains(minutes) else {
            throw CommandFailure.usage("feed.lag.minutes is \(minutes); write 0 to 1440.")
        }
    }
}
