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
}

/// One event on its way to one webhook, held by one sender.
package struct LeasedDelivery: Hashable, Sendable {
    package var webhook: Webhook
    /// The signing key: 32 bytes.
    package var secret: [UInt8]
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

/// What became of a webhook's deliveries.
package struct DeliveryCounts: Hashable, Sendable {
    package var waiting = 0
    package var delivered = 0
    package var failed = 0
    package var lastProblem: String?

    package init() {}
}
