import Experience
import Hummingbird

/// Who is told of promise events: for administrators.
struct WebhookPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/webhooks", use: list)
        router.post("/staff/webhooks", use: add)
        router.get("/staff/webhooks/:id", use: show)
        router.post("/staff/webhooks/:id", use: act)
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, atLeast: .administrator)
        return try await listed(account, request, context)
    }

    private func listed(
        _ account: StaffAccount, _ request: Request, _ context: SiteContext, typed: String = "", chosen: String? = nil,
        problem: String? = nil
    ) async throws -> Response {
        let hooks = try await site.services.webhooks.all().filter { account.maySee($0.agency) }
        let page = WebhooksPage(
            hooks, site.services.definitions().filter { account.maySee($0.agency) }, typed: typed, chosen: chosen,
            problem: problem, site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, atLeast: .administrator)
        let form = try await site.form(request, context)
        let url = String((form["url"] ?? "").filter { !$0.isWhitespace }.prefix(2_000))
        let definitions = site.services.definitions().filter { account.maySee($0.agency) }
        guard let about = form["about"], let (agency, service) = WebhooksPage.about(about, definitions) else {
            throw SiteError.malformed
        }
        switch try await site.services.webhooks.add(agency, service, url, account.id) {
        case .added(let hook, let secret): return try await shown(hook, request, context, secret: secret)
        case .refused(let refusal):
            return try await listed(
                account, request, context, typed: url, chosen: about,
                problem: site.words(context.language)["webhook_problem_\(refusal.rawValue)"])
        }
    }

    private func ask(_ request: Request, _ context: SiteContext) async throws -> (StaffAccount, ShownWebhook) {
        let account = try site.staff(request, context, atLeast: .administrator)
        guard let id = context.text("id"),
            let hook = try await site.services.webhooks.all().first(where: { $0.id == id && account.maySee($0.agency) })
        else { throw SiteError.notFound }
        return (account, hook)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (_, hook) = try await ask(request, context)
        return try await shown(hook, request, context)
    }

    private func shown(
        _ hook: ShownWebhook, _ request: Request, _ context: SiteContext, secret: String? = nil,
        trial: WebhookTrial? = nil
    ) async throws -> Response {
        let page = WebhookPage(
            hook, try await site.services.webhooks.deliveries(hook), site.services.definitions(), secret: secret,
            trial: trial, site.format(context.language))
        return try site.render(page, request, context)
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let (account, hook) = try await ask(request, context)
        let desk = site.services.webhooks
        switch form["step"] {
        case "pause": try await desk.pause(hook, true, account.id)
        case "resume": try await desk.pause(hook, false, account.id)
        case "rotate":
            guard let secret = try await desk.rotate(hook, account.id) else { throw SiteError.notFound }
            return try await shown(hook, request, context, secret: secret)
        case "test":
            // It makes this server call another one: not to be asked for without end.
            guard site.submissions.allows(context.place) else { throw SiteError.tooManyTries }
            return try await shown(hook, request, context, trial: try await desk.test(hook, account.id))
        case "remove":
            try await desk.remove(hook, account.id)
            return site.redirect(to: Paths.Staff.webhooks)
        default: throw SiteError.malformed
        }
        return site.redirect(to: Paths.Staff.webhook(hook.id))
    }
}
