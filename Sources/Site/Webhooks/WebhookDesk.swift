package import Experience

/// What the pages of webhooks ask of the record. Everything that changes something names the account that does it, for
/// the audit log.
package struct WebhookDesk: Sendable {
    /// Those that stand, in the order of their making.
    package var all: @Sendable () async throws -> [ShownWebhook]
    /// The newest deliveries first.
    package var deliveries: @Sendable (ShownWebhook) async throws -> [ShownDelivery]
    package var add: @Sendable (AgencyID, ServiceID?, _ url: String, _ by: String) async throws -> WebhookAnswer
    package var pause: @Sendable (ShownWebhook, Bool, _ by: String) async throws -> Void
    /// The new secret; nil when the webhook is gone.
    package var rotate: @Sendable (ShownWebhook, _ by: String) async throws -> String?
    package var remove: @Sendable (ShownWebhook, _ by: String) async throws -> Void
    /// Posts a message that tells of nothing, now.
    package var test: @Sendable (ShownWebhook, _ by: String) async throws -> WebhookTrial

    /// Without arguments there are none.
    package init(
        all: @escaping @Sendable () async throws -> [ShownWebhook] = { [] },
        deliveries: @escaping @Sendable (ShownWebhook) async throws -> [ShownDelivery] = { _ in [] },
        add: @escaping @Sendable (AgencyID, ServiceID?, String, String) async throws -> WebhookAnswer = {
            _, _, _, _ in .refused(.unreadable)
        },
        pause: @escaping @Sendable (ShownWebhook, Bool, String) async throws -> Void = { _, _, _ in },
        rotate: @escaping @Sendable (ShownWebhook, String) async throws -> String? = { _, _ in nil },
        remove: @escaping @Sendable (ShownWebhook, String) async throws -> Void = { _, _ in },
        test: @escaping @Sendable (ShownWebhook, String) async throws -> WebhookTrial = { _, _ in .failed("") }
    ) {
        self.all = all
        self.deliveries = deliveries
        self.add = add
        self.pause = pause
        self.rotate = rotate
        self.remove = remove
        self.test = test
    }
}

package struct ShownWebhook: Sendable, Hashable {
    package var agency: AgencyID
    package var id: String
    package var url: String
    /// Only this service's promises; nil = all of the agency.
    package var service: ServiceID?
    package var created: Instant
    package var isPaused: Bool
    package var delivered: Int
    package var waiting: Int
    package var failed: Int
    package var lastProblem: String?

    package init(
        agency: AgencyID, id: String, url: String, service: ServiceID?, created: Instant, isPaused: Bool,
        delivered: Int,
        waiting: Int, failed: Int, lastProblem: String?
    ) {
        self.agency = agency
        self.id = id
        self.url = url
        self.service = service
        self.created = created
        self.isPaused = isPaused
        self.delivered = delivered
        self.waiting = waiting
        self.failed = failed
        self.lastProblem = lastProblem
    }
}

package struct ShownDelivery: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable { case delivered, waiting, failed }

    package var state: State
    /// The ledger's word, `promise.repromised`.
    package var activity: String
    package var journey: String
    package var recorded: Instant
    package var attempts: Int
    package var status: Int?
    package var problem: String?
    /// When it arrived, or when it is tried again.
    package var at: Instant?

    package init(
        state: State, activity: String, journey: String, recorded: Instant, attempts: Int, status: Int?,
        problem: String?, at: Instant?
    ) {
        self.state = state
        self.activity = activity
        self.journey = journey
        self.recorded = recorded
        self.attempts = attempts
        self.status = status
        self.problem = problem
        self.at = at
    }
}

package enum WebhookAnswer: Sendable, Hashable {
    package enum Refusal: String, Sendable, CaseIterable {
        case unreadable, credentials, unencrypted
        case privateNetwork = "private"
    }

    /// The secret, shown this once.
    case added(ShownWebhook, secret: String)
    case refused(Refusal)
}

package enum WebhookTrial: Sendable, Hashable {
    case answered(Int)
    case privateAddress
    /// What the connection said.
    case failed(String)
}
