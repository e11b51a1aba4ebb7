internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Runs the schedule once a day, from its hour on: also later in the day when the server was down, and by one node only.
struct RetentionKeeper: Service {
    let record: Record
    let schedule: RetentionSchedule
    /// The day and the hour it is at the site.
    let clock: @Sendable (Instant) -> (day: Int64, hour: Int)
    let now: @Sendable () -> Instant
    let logger: Logger
    var pause = Duration.seconds(600)

    func run() async throws {
        guard !schedule.settings.isEmpty else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: pause)
            }
        }
    }

    func look() async {
        let (day, hour) = clock(now())
        guard hour >= schedule.settings.hour else { return }
        do {
            guard try await record.claimRetention(day: day) else { return }
        } catch {
            return logger.error("the retention schedule could not begin", metadata: ["reason": "\(error)"])
        }
        do {
            let certificates = try await schedule.run(on: record, by: "schedule", at: now()) { rule in
                logger.warning("months of the record can be dropped on PostgreSQL only", metadata: ["rule": "\(rule)"])
            }
            let items = certificates.reduce(0) { $0 + $1.items }
            try await record.finishRetention(day: day, items: items, problem: nil)
            logger.notice(
                "the retention schedule ran",
                metadata: ["items": "\(items)", "certificates": "\(certificates.count)"])
        } catch {
            logger.error("the retention schedule was broken off", metadata: ["reason": "\(error)"])
            try? await record.finishRetention(day: day, items: nil, problem: "\(error)")
        }
    }
}
