internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Takes up a new calendar version within seconds, and works out again every promise still owed.
struct CalendarWatch: Service {
    let folder: CalendarFolder
    let record: Record
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for calendar in self.folder.refresh() {
                    do {
                        let done = try await self.record.reproject(
                            to: calendar, reason: self.folder.reason(for: calendar), at: .now)
                        self.logger.notice(
                            "promises worked out again by a new calendar",
                            metadata: ["calendar": "\(calendar.reference)", "promises": "\(done.journaled)"])
                    } catch {
                        self.logger.error(
                            "promises could not be worked out again", metadata: ["reason": "\(error)"])
                    }
                }
                try? await Task.sleep(for: .seconds(2))
            }
        }
    }
}
