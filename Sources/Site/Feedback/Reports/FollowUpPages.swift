import Experience
import Hummingbird

/// Closing the loop: who said no, whose it is, what was answered, and what everybody is told.
struct FollowUpPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/follow-ups", use: show)
        router.post("/staff/services/:service/follow-ups/:id", use: change)
        router.post("/staff/services/:service/said-did", use: publish)
        router.post("/staff/services/:service/said-did/:id/withdraw", use: withdraw)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context)
        return try await page(definition, account, request, context)
    }

    private func page(
        _ definition: ServiceDefinition, _ account: StaffAccount, _ request: Request, _ context: SiteContext,
        problem: String? = nil
    ) async throws -> Response {
        let items = try await site.services.followUps.items(definition)
        let owners = try await site.services.followUps.owners(definition)
        let published = try await site.services.followUps.saidDid(definition)
        let page = FollowUpPage(
            definition, items, published, owners: owners, mayAct: account.role >= .caseworker, problem: problem,
            format: site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func change(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        let form = try await site.form(request, context)
        guard let id = context.parameters.get("id"),
            let action = form["action"].flatMap({ FollowUpChange.Action(rawValue: $0) })
        else { throw SiteError.malformed }
        let words = site.words(context.language)
        let change = FollowUpChange(
            id: id, action: action, text: form["text"] ?? "",
            language: form["language"].flatMap(Language.init(rawValue:)) ?? context.language,
            by: form["by"].flatMap { ReplyChannel(rawValue: $0) } ?? .email, owner: form["owner"])
        switch try await site.services.followUps.change(definition, change, account) {
        case .changed: return site.redirect(to: Paths.Staff.followUps(definition.id))
        case .noAddress:
            return try await page(definition, account, request, context, problem: words["followup_no_address"])
        case .stopped:
            return try await page(definition, account, request, context, problem: words["followup_unreachable"])
        case .empty: return try await page(definition, account, request, context, problem: words["followup_empty_text"])
        case .unknown: throw SiteError.notFound
        }
    }

    private func publish(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .owner)
        let form = try await site.form(request, context)
        func text(_ name: String) -> String {
            var words = Substring(form[name] ?? "")
            while let c = words.first, c.isWhitespace { words.removeFirst() }
            while let c = words.last, c.isWhitespace { words.removeLast() }
            return String(words)
        }
        let all = ["said_en", "said_es", "did_en", "did_es"].map(text)
        guard all.allSatisfy({ (1...600).contains($0.unicodeScalars.count) }) else {
            return try await page(
                definition, account, request, context, problem: site.words(context.language)["said_did_incomplete"])
        }
        try await site.services.followUps.publish(
            definition,
            SaidDidView(
                id: site.services.freshID().description, said: LocalText(en: all[0], es: all[1]),
                did: LocalText(en: all[2], es: all[3]), publishedAt: site.services.now()), account)
        return site.redirect(to: Paths.Staff.followUps(definition.id))
    }

    private func withdraw(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, _) = try site.staffService(request, context, atLeast: .owner)
        _ = try await site.form(request, context)
        guard let id = context.parameters.get("id") else { throw SiteError.notFound }
        try await site.services.followUps.withdraw(definition, id)
        return site.redirect(to: Paths.Staff.followUps(definition.id))
    }
}

/// The people to be answered, and what everybody is told.
struct FollowUpPage: Page {
    static let template = "staff/follow-ups"
    var title: String
    var homePath = Paths.Staff.home
    var servicePath: String
    var serviceTitle: String
    var feedbackPath: String
    var problem: String?
    var count: String
    var items: [Item]
    var isEmpty: Bool
    var published: [Published]
    var publishPath: String
    var mayAct: Bool
    var layout: Layout { .staff }

    struct Item: Sendable {
        var id: String
        var journey: String
        var href: String
        var since: String
        var owner: String
        var state: String
        var isDone: Bool
        var isNew: Bool
        var canWrite: Bool
        /// Choosing how, where there is a choice.
        var ways: [QuestionField.Choice]
        var owners: [QuestionField.Choice]
        var hasOwners: Bool
        var action: String
    }

    struct Published: Sendable {
        var said: String
        var did: String
        var when: String
        var withdrawPath: String
    }

    init(
        _ definition: ServiceDefinition, _ items: [FollowUpView], _ published: [SaidDidView], owners: [String],
        mayAct: Bool, problem: String?, format: Format
    ) {
        let words = format.words
        title = words["followup_title"]
        serviceTitle = definition.title[format.language]
        servicePath = Paths.Staff.service(definition.id)
        feedbackPath = Paths.Staff.feedback(definition.id)
        self.problem = problem
        self.mayAct = mayAct
        count = words.counted("followup_count", items.count { $0.state != .done })
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> QuestionField.Choice {
            QuestionField.Choice(id: value, value: value, label: label, isChosen: isChosen, picture: nil)
        }
        self.items = items.map { item in
            Item(
                id: item.id, journey: item.journey.text, href: Paths.Staff.journey(definition.id, item.journey),
                since: format.moment(item.openedAt), owner: item.owner ?? words["followup_nobody"],
                state: words["followup_state_\(item.state.rawValue)"], isDone: item.state == .done,
                isNew: item.owner == nil, canWrite: !item.reachable.isEmpty,
                ways: ReplyChannel.allCases.filter(item.reachable.contains).enumerated().map { at, way in
                    choice(way.rawValue, words["reply_by_\(way.rawValue)"], at == 0)
                }, owners: owners.map { choice($0, $0, $0 == item.owner) }, hasOwners: !owners.isEmpty,
                action: Paths.Staff.followUp(definition.id, id: item.id))
        }
        isEmpty = items.isEmpty
        self.published = published.map { one in
            Published(
                said: one.said[format.language], did: one.did[format.language], when: format.date(one.publishedAt),
                withdrawPath: Paths.Staff.withdrawSaidDid(definition.id, id: one.id))
        }
        publishPath = Paths.Staff.saidDid(definition.id)
    }
}
