package import Experience
internal import Formats
package import Logging
package import ServiceLifecycle
package import Storage

/// Sends what lies in the outbox: wakes after a commit and every few seconds, takes what is due under a lease, hands it
/// to the mail server, and notes what came of it. Several nodes may run one each.
package struct OutboxSender: Service {
    private let record: Record
    private let settings: MailSettings
    private let carrier: SMTPCarrier
    private let now: @Sendable () -> Instant
    private let logger: Logger
    /// Names this process in leases.
    private let owner: String

    /// A lease outlives the longest transfer many times over, and ends soon enough after a crash.
    private static let lease = 10 * Instant.minute
    private static let batch = 10
    /// What waited longer, because no server was configured, may no longer be true.
    private static let longestWait = 7 * Instant.day
    /// After so many tries (about two days) a message has failed.
    package static let tries = 14

    package init(
        record: Record, settings: MailSettings, owner: String, now: @escaping @Sendable () -> Instant, logger: Logger
    ) throws {
        self.record = record
        self.settings = settings
        carrier = try SMTPCarrier(settings)
        self.owner = owner
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.sendDue() == Self.batch, !Task.isCancelled {}
                } catch {
                    if Task.isCancelled { break }
                    self.logger.error("the outbox could not be read", metadata: ["reason": "\(error)"])
                }
                await self.record.nextCommit(orAfter: .seconds(5))
            }
        }
    }

    /// Sends one batch; gives how many messages were taken.
    package func sendDue() async throws(StorageError) -> Int {
        let until = now().advanced(by: Self.lease)
        let messages = try await record.leaseMessages(by: owner, until: until, limit: Self.batch)
        for message in messages {
            let outcome = await attempt(message)
            try await record.finishMessage(message, by: owner, outcome)
            switch outcome {
            case .sent: break
            case .later(_, let problem), .failed(let problem):
                logger.warning(
                    "a message was not sent",
                    metadata: [
                        "message": "\(message.id)", "purpose": "\(message.purpose)", "attempt": "\(message.attempt)",
                        "reason": "\(problem)",
                    ])
            }
        }
        return messages.count
    }

    private func attempt(_ message: LeasedMessage) async -> MessageOutcome {
        guard now().seconds(since: message.queuedAt) * 1e6 <= Double(Self.longestWait) else {
            return .failed(problem: "it waited so long that it may no longer be true")
        }
        guard let text = message.address else { return .failed(problem: "no address is kept for this person") }
        guard let to = MailAddress(text) else { return .failed(problem: "the address is no e-mail address") }
        let mail = MailText(
            from: settings.from, to: to, subject: message.subject, body: message.body, language: message.language,
            id: "\(message.agency).\(message.id)", sent: now())
        switch await carrier.send(mail) {
        case .accepted: return .sent
        case .refused(let problem): return .failed(problem: problem)
        case .later(let problem):
            guard message.attempt < Self.tries else { return .failed(problem: problem) }
            return .later(now().advanced(by: Backoff.wait(after: message.attempt)), problem: problem)
        }
    }
}

/// How long to wait after a failed attempt: a minute, then twice as long each time, six hours at most.
package enum Backoff {
    package static func wait(after attempt: Int) -> Int64 {
        min(6 * Instant.hour, Instant.minute << Int64(min(max(0, attempt - 1), 12)))
    }
}

extension Record {
    /// Returns after the next commit of this process, or when the time is up: others commit too.
    func nextCommit(orAfter limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            let committed = committed
            group.addTask { for await _ in committed { return } }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
