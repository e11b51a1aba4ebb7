internal import Analytics
internal import Experience
internal import Logging
internal import Storage
internal import Synchronization

/// Watches how far the analytics server is behind the record, whichever program feeds it, and raises the alarm.
final class FeedWatch: Sendable {
    let address: AnalyticsAddress
    private let record: Record
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let seen: Mutex<Seen>

    struct Seen: Sendable {
        /// Nil before the first look.
        var standing: FeedStanding?
        var alarm: LagAlarm
    }

    init(
        _ address: AnalyticsAddress, record: Record, alarm: LagAlarm, now: @escaping @Sendable () -> Instant,
        logger: Logger
    ) {
        self.address = address
        self.record = record
        self.now = now
        self.logger = logger
        seen = Mutex(Seen(alarm: alarm))
    }

    var state: Seen { seen.withLock { $0 } }

    func look() async throws {
        let now = now()
        let standing = try await FeedStanding(record, address, now: now)
        let change = seen.withLock { seen in
            seen.standing = standing
            return seen.alarm.note(standing.lag, at: now)
        }
        switch change {
        case .raised:
            logger.warning(
                "analyses lag behind the record",
                metadata: [
                    "events": "\(standing.waiting)", "seconds": "\(Int(standing.lag))",
                    "reason": "\(standing.reason)",
                ])
        case .cleared: logger.notice("analyses are up with the record again")
        case nil: break
        }
    }
}
