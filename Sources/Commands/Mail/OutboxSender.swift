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
        await work.run(on: record, logger, trouble: "the outbox could not be read")
    }

    /// Sends one batch; gives how many messages were taken.
    package func sendDue() async throws(StorageError) -> Int { try await work.doDue(logger) }

    private var work: LeasedWork<LeasedMessage, MessageOutcome> {
        LeasedWork(
            lease: Self.lease, now: now,
            take: { (until, limit) throws(StorageError) in
                try await record.leaseMessages(by: owner, until: until, limit: limit)
            }, attempt: { await attempt($0) },
            finish: { (message, outcome) throws(StorageError) in
                try await record.finishMessage(message, by: owner, outcome)
            },
            complaint: { message, outcome in
                switch outcome {
                case .sent: nil
                case .later(_, let problem), .failed(let problem):
                    (
                        "a message was not sent",
                        [
                            "message": "\(message.id)", "purpose": "\(message.purpose)",
                            "attempt": "\(message.attempt)", "reason": "\(problem)",
                        ]
                    )
                }
            })
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
