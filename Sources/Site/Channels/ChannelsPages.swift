import Experience
import Hummingbird

/// How people are asked and heard: offers and answers, quarantine, devices. For staff.
struct ChannelsPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/channels", use: overview)
        router.get("/staff/services/:service/channels/quarantine", use: quarantine)
        router.post("/staff/services/:service/channels/quarantine", use: decide)
        router.get("/staff/services/:service/channels/devices", use: devices)
        router.post("/staff/services/:service/channels/devices", use: issue)
        router.post("/staff/services/:service/channels/devices/:device", use: revoke)
    }

    private func overview(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, _) = try site.staffService(request, context)
        let format = site.format(context.language)
        let today = format.localDate(site.services.now())
        let period = JourneyFilter(site.query(request), today: today).period
        let overview = try await site.services.channels.overview(definition, period.first, period.last)
        return try site.render(
            ChannelsPage(definition, overview, period: period, format: format), request, context)
    }

    private func quarantine(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        return try await quarantine(definition, account, request, context, original: nil)
    }

    private func quarantine(
        _ definition: ServiceDefinition, _ account: StaffAccount, _ request: Request, _ context: SiteContext,
        original: (IntakeMark.Key, String)?
    ) async throws -> Response {
        let report = try await site.services.channels.quarantine(definition, account.id)
        let page = QuarantinePage(
            definition, report, original: original, mayUnseal: account.role >= .owner,
            format: site.format(context.language))
        return try site.render(page, request, context)
    }

    /// Lets answers through, leaves them out, or shows an original to whoever may see it.
    private func decide(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .caseworker)
        let form = try await site.form(request, context)
        let keys = form.all("key").compactMap(QuarantinePage.key)
        switch form["change"] {
        case "release":
            try await site.services.channels.decide(definition, keys, .released, account.id)
        case "leave_out":
            try await site.services.channels.decide(definition, keys, .leftOut, account.id)
        case let change? where change.hasPrefix("original:"):
            guard account.role >= .owner else { throw SiteError.notAllowed }
            guard let key = QuarantinePage.key(String(change.dropFirst("original:".count))) else {
                throw SiteError.malformed
            }
            let found = try await site.services.channels.originals(definition, key, account.id)
            let text = found.map(\.text).joined(separator: " · ")
            return try await quarantine(definition, account, request, context, original: (key, text))
        default: throw SiteError.malformed
        }
        return site.redirect(to: Paths.Staff.quarantine(definition.id))
    }

    private func devices(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context)
        return try await devices(definition, account, request, context)
    }

    private func devices(
        _ definition: ServiceDefinition, _ account: StaffAccount, _ request: Request, _ context: SiteContext,
        link: String? = nil, problem: String? = nil
    ) async throws -> Response {
        let page = DevicesPage(
            definition, try await site.services.channels.devices.list(definition), link: link, problem: problem,
            mayIssue: account.role >= .owner, now: site.services.now(), format: site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func issue(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .owner)
        let form = try await site.form(request, context)
        let name = form["name"]?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        guard (1...60).contains(name.count) else {
            return try await devices(
                definition, account, request, context,
                problem: site.words(context.language)["ch_device_name_problem"])
        }
        guard
            let touchpoint = definition.touchpoints.first(where: {
                $0.channel == .kiosk && $0.id.text == form["touchpoint"]
            })
        else { throw SiteError.malformed }
        let token = try await site.services.channels.devices.issue(definition, touchpoint.id, name, account.id)
        let link = site.origin(request) + Paths.kiosk(definition.id, touchpoint: touchpoint.id) + "#device=\(token)"
        return try await devices(definition, account, request, context, link: link)
    }

    private func revoke(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (definition, account) = try site.staffService(request, context, atLeast: .owner)
        _ = try await site.form(request, context)
        guard let id = context.slug("device"),
            try await site.services.channels.devices.revoke(definition, id, account.id)
        else { throw SiteError.notFound }
        return site.redirect(to: Paths.Staff.devices(definition.id))
    }
}

extension Site {
    /// Where we are reached from outside: as configured, else where this request reached us.
    func origin(_ request: Request) -> String {
        if let url = configuration.publicURL { return url.hasSuffix("/") ? String(url.dropLast()) : url }
        guard let host = request.head.authority, !host.isEmpty else { return "" }
        return "\(configuration.isSecure ? "https" : "http")://\(host)"
    }
}
