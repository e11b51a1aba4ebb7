internal import Analytics
internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Keeps the analytics server up with the record while the site runs, and raises the alarm when it falls behind.
struct AnalyticsFollower: Service {
    let feeder: AnalyticsFeeder
    let now: @Sendable () -> Instant
    let logger: Logger

    /// Events that wait longer are an alarm, once until all is well again.
    static let alarmAfter = 5 * Instant.minute

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var isAlarmed = false
            var pause = Duration.seconds(1)
            while !Task.isCancelled {
                do {
                    _ = try await self.feeder.run()
                    pause = .seconds(1)
                } catch {
                    if Task.isCancelled { break }
                    self.logger.warning("the analytics server was not fed", metadata: ["reason": "\(error)"])
                    pause = min(pause * 2, .seconds(60))
                }
                isAlarmed = await self.watch(isAlarmed)
                try? await Task.sleep(for: pause)
                await self.feeder.record.nextCommit(orAfter: .seconds(5))
            }
        }
    }

    private func watch(_ wasAlarmed: Bool) async -> Bool {
        guard let standing = try? await FeedStanding(feeder.record, feeder.client.address, now: now()) else {
            return wasAlarmed
        }
        if standing.isLate, !wasAlarmed {
            logger.error(
                "analyses lag behind the record",
                metadata: ["events": "\(standing.waiting)", "seconds": "\(Int(standing.lag))"])
        } else if !standing.isLate, wasAlarmed {
            logger.notice("analyses are up with the record again")
        }
        return standing.isLate
    }
}

/// How far an analytics server is behind the record.
struct FeedStanding: Sendable {
    var feed: AnalyticsFeed
    /// Events not fed yet.
    var waiting: Int64
    /// For how long the oldest of them has waited, seconds.
    var lag: Double

    var isLate: Bool { lag * 1e6 > Double(AnalyticsFollower.alarmAfter) }

    init(_ record: Record, _ address: AnalyticsAddress, now: Instant) async throws {
        let known = try await record.analyticsFeeds().first { $0.target == address.target }
        feed = known ?? AnalyticsFeed(target: address.target)
        let bounds = try await record.feedBounds(after: feed.through)
        waiting = max(0, bounds.last - feed.through)
        lag = bounds.waitingSince.map { max(0, now.seconds(since: Instant(microseconds: $0))) } ?? 0
    }
}
