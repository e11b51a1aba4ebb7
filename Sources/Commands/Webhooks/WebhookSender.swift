package import Experience
package import Logging
internal import ServiceLifecycle
package import Storage

/// Delivers promise events to the webhooks that asked for them. Several nodes may run one each: deliveries are leased.
package struct WebhookSender: Service {
    private let record: Record
    private let carrier: WebhookCarrier
    private let owner: String
    private let now: @Sendable () -> Instant
    private let logger: Logger

    private static let lease = 5 * Instant.minute
    /// After so many tries (about two days) a delivery has failed.
    package static let tries = 14

    /// - Parameter allowsPrivate: whether a webhook may lead into a private network.
    package init(
        record: Record, allowsPrivate: Bool, owner: String, now: @escaping @Sendable () -> Instant, logger: Logger
    ) throws {
        self.record = record
        carrier = try WebhookCarrier(allowsPrivate: allowsPrivate)
        self.owner = owner
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await work.run(on: record, logger, trouble: "webhooks could not be served") { () throws(StorageError) in
            while try await record.queueDeliveries() > 0, !Task.isCancelled {}
        }
    }

    /// Delivers one batch; gives how many deliveries were taken.
    package func deliverDue() async throws(StorageError) -> Int { try await work.doDue(logger) }

    private var work: LeasedWork<LeasedDelivery, DeliveryOutcome> {
        LeasedWork(
            lease: Self.lease, now: now,
            take: { (until, limit) throws(StorageError) in
                try await record.leaseDeliveries(by: owner, until: until, limit: limit)
            }, attempt: { await attempt($0) },
            finish: { (delivery, outcome) throws(StorageError) in
                try await record.finishDelivery(delivery, by: owner, outcome)
            },
            complaint: { delivery, outcome in
                switch outcome {
                case .delivered: nil
                case .later(_, _, let problem), .failed(_, let problem):
                    (
                        "a webhook was not reached",
                        [
                            "webhook": "\(delivery.webhook.id)", "attempt": "\(delivery.attempt)",
                            "reason": "\(problem)",
                        ]
                    )
                }
            })
    }

    private func attempt(_ delivery: LeasedDelivery) async -> DeliveryOutcome {
        let answer = await carrier.post(WebhookMessage(delivery, at: now()), to: delivery.webhook.url)
        let (status, problem): (Int?, String)
        switch answer {
        case .answered(let code) where (200..<300).contains(code): return .delivered(status: code)
        // Gone: the receiver says it will never want this again.
        case .answered(410): return .failed(status: 410, problem: "the receiver answered 410 (gone)")
        case .answered(let code): (status, problem) = (code, "the receiver answered \(code)")
        case .privateAddress: return .failed(status: nil, problem: "the address belongs to a private network")
        case .failed(let reason): (status, problem) = (nil, reason)
        }
        guard delivery.attempt < Self.tries else { return .failed(status: status, problem: problem) }
        return .later(now().advanced(by: Backoff.wait(after: delivery.attempt)), status: status, problem: problem)
    }
}
