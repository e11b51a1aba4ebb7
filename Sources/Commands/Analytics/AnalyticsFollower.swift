internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Keeps the analytics server up with the record while the site runs. How far it is behind is watched beside it
/// (``FeedWatch``), so that a feed that hangs is noticed too.
struct AnalyticsFollower: Service {
    let feeder: AnalyticsFeeder
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Duration.seconds(1)
            await self.feeder.record.afterCommits(orEvery: .seconds(5)) {
                do {
                    _ = try await self.feeder.run()
                    pause = .seconds(1)
                } catch {
                    if Task.isCancelled { return }
                    self.logger.warning("the analytics server was not fed", metadata: ["reason": "\(error)"])
                    pause = min(pause * 2, .seconds(60))
                }
                try? await Task.sleep(for: pause)
            }
        }
    }
}
