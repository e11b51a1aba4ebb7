package import Experience

/// Who is told of promise events: an address, and the secret its messages are signed with.
package struct Webhook: Hashable, Sendable {
    package var agency: AgencyID
    package var id: String
    package var url: String
    /// Only this service's promises; nil = all of the agency.
    package var service: ServiceID?
    package var createdAt: Instant
    package var isRemoved: Bool
    /// While it is set nothing is sent; what should have been waits.
    package var pausedAt: Instant?
    package var rotatedAt: Instant?
}

/// The signing keys of a webhook: 32 bytes each.
package struct WebhookSecret: Hashable, Sendable {
    package static let length = 32
    /// In microseconds: how long the secret before the last change still signs.
    package static let overlap = Instant.day

    package var current: [UInt8]
    private var before: [UInt8]?
    private var rotatedAt: Instant?

    /// - Parameter bytes: the current secret, and the one before it where there was one.
    package init(bytes: [UInt8], rotatedAt: Instant?) {
        current = Array(bytes.prefix(WebhookSecret.length))
        let rest = Array(bytes.dropFirst(WebhookSecret.length))
        before = rest.isEmpty ? nil : rest
        self.rotatedAt = rotatedAt
    }

    /// The keys that sign now, the current one first.
    package func signing(at now: Instant) -> [[UInt8]] {
        guard let before, let rotatedAt, now < rotatedAt.advanced(by: WebhookSecret.overlap) else { return [current] }
        return [current, before]
    }
}

/// One event on its way to one webhook, held by one sender.
package struct LeasedDelivery: Hashable, Sendable {
    package var webhook: Webhook
    package var secret: WebhookSecret
    package var event: RecordedEvent
    package var attempt: Int

    /// The same over every attempt, so that a receiver can tell a repetition: the `webhook-id` header.
    package var messageID: String { "msg_\(webhook.id)_\(event.sequence)" }
}

package enum DeliveryOutcome: Hashable, Sendable {
    case delivered(status: Int)
    case later(Instant, status: Int?, problem: String)
    case failed(status: Int?, problem: String)
}

/// One delivery as administrators see it.
package struct DeliverySummary: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable { case queued, sending, delivered, failed }

    package var sequence: Int64
    package var state: State
    package var attempts: Int
    package var nextAttempt: Instant
    /// What the receiver answered last.
    package var status: Int?
    package var problem: String?
    package var deliveredAt: Instant?
    package var activity: String
    package var journey: String
    package var recorded: Instant
}

/// What became of a webhook's deliveries.
package struct DeliveryCounts: Hashable, Sendable {
    package var waiting = 0
    package var delivered = 0
    package var failed = 0
    package var lastProblem: String?

    package init() {}
}
