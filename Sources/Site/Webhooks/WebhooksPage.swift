import Experience

/// The addresses that are told, and a form for one more.
struct WebhooksPage: Page {
    static let template = "webhooks/list"
    var title: String
    var hooks: [Line]
    var isEmpty: Bool
    var action = Paths.Staff.webhooks
    var typed: String
    var problem: String?
    var about: [NewDatePage.Choice]
    var layout: Layout { .staff }

    struct Line: Sendable {
        var url: String
        var href: String
        var about: String
        var state: String
        var isPaused: Bool
        var counts: String
    }

    init(
        _ hooks: [ShownWebhook], _ definitions: [ServiceDefinition], typed: String, chosen: String?, problem: String?,
        _ format: Format
    ) {
        let words = format.words
        title = words["webhooks_title"]
        self.hooks = hooks.map { hook in
            Line(
                url: hook.url, href: Paths.Staff.webhook(hook.id), about: Self.about(hook, definitions, format),
                state: words[hook.isPaused ? "webhook_paused" : "webhook_active"], isPaused: hook.isPaused,
                counts: Self.counts(hook, format))
        }
        isEmpty = hooks.isEmpty
        self.typed = typed
        self.problem = problem
        about = Self.choices(definitions, format).map {
            NewDatePage.Choice(id: $0.value, value: $0.value, label: $0.label, isChosen: $0.value == chosen)
        }
    }

    static func counts(_ hook: ShownWebhook, _ format: Format) -> String {
        format.words[
            "webhook_counts",
            [
                "delivered": format.count(hook.delivered), "waiting": format.count(hook.waiting),
                "failed": format.count(hook.failed),
            ]]
    }

    static func about(_ hook: ShownWebhook, _ definitions: [ServiceDefinition], _ format: Format) -> String {
        if let service = hook.service {
            return definitions.first { $0.id == service }?.title[format.language] ?? service.text
        }
        let name = definitions.first { $0.agency == hook.agency }?.agencyName[format.language] ?? hook.agency.text
        return format.words["webhook_all_of", ["agency": name]]
    }

    /// Every agency as a whole, each followed by its services that promise: `agency`, `agency/service`.
    private static func choices(
        _ definitions: [ServiceDefinition], _ format: Format
    ) -> [(value: String, label: String)] {
        var choices: [(value: String, label: String)] = []
        for definition in definitions where !choices.contains(where: { $0.value == definition.agency.text }) {
            let own = definitions.filter { $0.agency == definition.agency && $0.promise != nil }
            guard !own.isEmpty else { continue }
            choices.append(
                (
                    definition.agency.text,
                    format.words["webhook_all_of", ["agency": definition.agencyName[format.language]]]
                ))
            choices += own.map { ("\($0.agency)/\($0.id)", $0.title[format.language]) }
        }
        return choices
    }

    /// What a choice stands for; nil for none of these services.
    static func about(_ value: String, _ definitions: [ServiceDefinition]) -> (AgencyID, ServiceID?)? {
        for definition in definitions {
            if value == definition.agency.text { return (definition.agency, nil) }
            if value == "\(definition.agency)/\(definition.id)" { return (definition.agency, definition.id) }
        }
        return nil
    }
}

/// One address: its deliveries, and what can be done with it.
struct WebhookPage: Page {
    static let template = "webhooks/one"
    var title: String
    var url: String
    var about: String
    var state: String
    var isPaused: Bool
    var counts: String
    var created: String
    var secret: String?
    var trial: String?
    var trialIsGood: Bool
    var action: String
    var listPath = Paths.Staff.webhooks
    var deliveries: [Delivery]
    var isEmpty: Bool
    var layout: Layout { .staff }

    struct Delivery: Sendable {
        var what: String
        var journey: String
        var recorded: String
        var state: String
        var tone: String
        var detail: String
    }

    init(
        _ hook: ShownWebhook, _ deliveries: [ShownDelivery], _ definitions: [ServiceDefinition], secret: String?,
        trial: WebhookTrial?, _ format: Format
    ) {
        let words = format.words
        title = words["webhook_title"]
        url = hook.url
        about = WebhooksPage.about(hook, definitions, format)
        state = words[hook.isPaused ? "webhook_paused" : "webhook_active"]
        isPaused = hook.isPaused
        counts = WebhooksPage.counts(hook, format)
        created = words["webhook_created", ["date": format.date(hook.created)]]
        self.secret = secret
        switch trial {
        case nil:
            self.trial = nil
            trialIsGood = false
        case .answered(let status):
            trialIsGood = (200..<300).contains(status)
            self.trial = words[trialIsGood ? "webhook_test_good" : "webhook_test_bad", ["status": "\(status)"]]
        case .privateAddress:
            trialIsGood = false
            self.trial = words["webhook_problem_private"]
        case .failed(let reason):
            trialIsGood = false
            self.trial = words["webhook_test_failed", ["reason": reason]]
        }
        action = Paths.Staff.webhook(hook.id)
        self.deliveries = deliveries.map { delivery in
            var parts: [String] = []
            if let at = delivery.at {
                parts.append(
                    words[
                        delivery.state == .delivered ? "webhook_delivered_at" : "webhook_next_at",
                        ["time": format.moment(at)]])
            }
            if let status = delivery.status { parts.append(words["webhook_status", ["status": "\(status)"]]) }
            if let problem = delivery.problem, delivery.state != .delivered { parts.append(problem) }
            if delivery.attempts > 1 { parts.append(words.counted("webhook_attempts", delivery.attempts)) }
            return Delivery(
                what: delivery.activity, journey: delivery.journey, recorded: format.moment(delivery.recorded),
                state: words["webhook_state_\(delivery.state.rawValue)"],
                tone: delivery.state == .delivered ? "good" : delivery.state == .failed ? "bad" : "base",
                detail: parts.joined(separator: " · "))
        }
        isEmpty = deliveries.isEmpty
    }
}
