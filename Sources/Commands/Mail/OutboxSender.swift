internal import Channels
package import Experience
internal import Formats
package import Logging
internal import ServiceLifecycle
package import Storage

/// Sends what lies in the outbox: wakes after a commit and every few seconds, takes what is due under a lease, hands it
/// to the mail server, and notes what came of it. Several nodes may run one each.
package struct OutboxSender: Service {
    private let record: Record
    private let settings: MailSettings?
    private let carrier: SMTPCarrier?
    private let sms: (any SMSProvider)?
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

    /// - Parameters:
    ///   - settings: nil where no mail server is configured; mails then wait.
    ///   - sms: nil where no carrier is configured; text messages then wait.
    package init(
        record: Record, settings: MailSettings?, sms: (any SMSProvider)? = nil, owner: String,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) throws {
        self.record = record
        self.settings = settings
        carrier = try settings.map { try SMTPCarrier($0) }
        self.sms = sms
        self.owner = owner
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await work.run(on: record, logger, trouble: "the outbox could not be read")
    }

    private var channels: Set<OutgoingMessage.Channel> {
        Set((carrier == nil ? [] : [.email]) + (sms == nil ? [] : [.sms]))
    }

    /// Sends one batch; gives how many messages were taken.
    package func sendDue() async throws(StorageError) -> Int { try await work.doDue(logger) }

    private var work: LeasedWork<LeasedMessage, MessageOutcome> {
        LeasedWork(
            lease: Self.lease, now: now,
            take: { (until, limit) throws(StorageError) in
                try await record.leaseMessages(by: owner, until: until, limit: limit, channels: channels)
            }, attempt: { await outcome(of: $0) },
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

    /// An attempt that could not ask the record is made again.
    private func outcome(of message: LeasedMessage) async -> MessageOutcome {
        do throws(StorageError) { return try await attempt(message) } catch {
            return again(message, "the record could not be asked whether the person said STOP")
        }
    }

    private func attempt(_ message: LeasedMessage) async throws(StorageError) -> MessageOutcome {
        guard now().seconds(since: message.queuedAt) * 1e6 <= Double(Self.longestWait) else {
            return .failed(problem: "it waited so long that it may no longer be true")
        }
        guard let text = message.address else { return .failed(problem: "no address is kept for this person") }
        if message.channel == .sms { return try await self.text(message, to: text) }
        guard let carrier, let settings else {
            return .later(now().advanced(by: Instant.minute), problem: "no mail server is configured")
        }
        guard let to = MailAddress(text) else { return .failed(problem: "the address is no e-mail address") }
        let mail = MailText(
            from: settings.from, to: to, subject: message.subject, body: message.body, language: message.language,
            id: "\(message.agency).\(message.id)", sent: now())
        switch await carrier.send(mail) {
        case .accepted: return .sent
        case .refused(let problem): return .failed(problem: problem)
        case .later(let problem): return again(message, problem)
        }
    }

    private func again(_ message: LeasedMessage, _ problem: String) -> MessageOutcome {
        guard message.attempt < Self.tries else { return .failed(problem: problem) }
        return .later(now().advanced(by: Backoff.wait(after: message.attempt)), problem: problem)
    }

    /// A text message. Whoever said STOP since it was written gets it no more, whatever it is about.
    private func text(_ message: LeasedMessage, to typed: String) async throws(StorageError) -> MessageOutcome {
        guard let sms else { return .later(now().advanced(by: Instant.minute), problem: "no carrier is configured") }
        guard let number = PhoneNumber(typed) else {
            return .failed(problem: "the number can't be read as a telephone number")
        }
        let stopped = MessageOutcome.failed(problem: "the person asked for no more messages")
        if try await record.isStopped(person: number.text, agency: message.agency) { return stopped }
        let text = SMSText(
            to: number.text, body: message.body, id: "\(message.agency).\(message.id)", language: message.language)
        switch await sms.send(text) {
        case .accepted: return .sent
        case .refused(let problem): return .failed(problem: problem)
        case .later(let problem): return again(message, problem)
        case .stopped:
            try await record.stop(person: number.text, agency: message.agency)
            return stopped
        }
    }
}
