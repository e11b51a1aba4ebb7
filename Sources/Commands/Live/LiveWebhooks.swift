internal import Experience
internal import Site
internal import Storage

/// Webhooks over the record, and test messages over the network.
struct LiveWebhooks: Sendable {
    let record: Record
    let carrier: WebhookCarrier
    let allowsPrivate: Bool
    let now: @Sendable () -> Instant
    let freshID: @Sendable () -> String

    var desk: WebhookDesk {
        WebhookDesk(
            all: all, deliveries: deliveries, add: add,
            pause: { hook, isPaused, account in
                _ = try await record.pauseWebhook(hook.id, agency: hook.agency, isPaused: isPaused, by: account)
            },
            rotate: { hook, account in
                try await record.rotateWebhookSecret(hook.id, agency: hook.agency, by: account)
                    .map { WebhookMessage.text($0) }
            },
            remove: { hook, account in
                _ = try await record.removeWebhook(hook.id, agency: hook.agency, by: account)
            }, test: test)
    }

    private func all() async throws -> [ShownWebhook] {
        var shown: [ShownWebhook] = []
        for hook in try await record.webhooks() where !hook.isRemoved {
            shown.append(ShownWebhook(hook, try await record.deliveryCounts(hook)))
        }
        return shown
    }

    private func deliveries(_ hook: ShownWebhook) async throws -> [ShownDelivery] {
        try await record.deliveries(of: hook.id, agency: hook.agency).map { delivery in
            let state: ShownDelivery.State =
                switch delivery.state {
                case .delivered: .delivered
                case .failed: .failed
                case .queued, .sending: .waiting
                }
            return ShownDelivery(
                state: state, activity: delivery.activity, journey: delivery.journey, recorded: delivery.recorded,
                attempts: delivery.attempts, status: delivery.status, problem: delivery.problem,
                at: state == .delivered ? delivery.deliveredAt : state == .waiting ? delivery.nextAttempt : nil)
        }
    }

    private func add(
        _ agency: AgencyID, _ service: ServiceID?, _ url: String, _ account: String
    ) async throws -> WebhookAnswer {
        if let problem = WebhookAddress.problem(of: url, allowsPrivate: allowsPrivate) {
            return .refused(WebhookAnswer.Refusal(rawValue: problem.rawValue) ?? .unreadable)
        }
        let added = try await record.addWebhook(agency: agency, url: url, service: service, by: account)
        return .added(ShownWebhook(added.webhook, DeliveryCounts()), secret: WebhookMessage.text(added.secret))
    }

    private func test(_ hook: ShownWebhook, _ account: String) async throws -> WebhookTrial {
        guard let found = try await record.webhookToTest(hook.id, agency: hook.agency, by: account) else {
            throw StorageError.refused("this webhook is gone.")
        }
        let message = WebhookMessage(testing: found.webhook, found.secret, id: freshID(), at: now())
        switch await carrier.post(message, to: found.webhook.url) {
        case .answered(let status): return .answered(status)
        case .privateAddress: return .privateAddress
        case .failed(let reason): return .failed(reason)
        }
    }
}

extension ShownWebhook {
    init(_ hook: Webhook, _ counts: DeliveryCounts) {
        self.init(
            agency: hook.agency, id: hook.id, url: hook.url, service: hook.service, created: hook.createdAt,
            isPaused: hook.pausedAt != nil, delivered: counts.delivered, waiting: counts.waiting, failed: counts.failed,
            lastProblem: counts.lastProblem)
    }
}
