import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// What the people who run the services see.
struct StaffPages {
    let site: Site
    let layouter: GraphLayouter

    func add(to router: Router<SiteContext>) {
        router.get("/staff", use: glance)
        router.get("/staff/services/:service", use: service)
        router.get("/staff/services/:service/live", use: live)
        router.get("/staff/services/:service/journeys", use: journeys)
        router.get("/staff/services/:service/journeys/:journey", use: journey)
        router.get("/staff/services/:service/download/:file", use: download)
    }

    private func today() -> CivilDate { site.format(.en).localDate(site.services.now()) }

    private func glance(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context)
        let today = today()
        let period = JourneyFilter(site.query(request), today: today).period
        let glances = try await site.services.staff.glance(period)
        let page = GlancePage(
            glances, site.services.definitions().filter { account.maySee($0.agency) }, period: period, today: today,
            alarms: account.role >= .administrator ? site.services.operations.alarms() : [],
            format: site.format(context.language))
        return try site.render(page, request, context)
    }

    private struct Asked {
        var account: StaffAccount
        var definition: ServiceDefinition
        var filter: JourneyFilter
        var links: StaffLinks
        var query: FormBody
        var format: Format
    }

    private func ask(_ request: Request, _ context: SiteContext) throws -> Asked {
        let (definition, account) = try site.staffService(request, context)
        let query = site.query(request)
        var filter = JourneyFilter(query, today: today())
        // A list of values comes as one field, so that the filter works without a script.
        if filter.cohort == nil, let pair = query["cohort"], let cut = pair.firstIndex(of: "=") {
            filter.cohort = JourneyFilter.Cohort(
                name: String(pair[..<cut]), value: String(pair[pair.index(after: cut)...]))
        }
        return Asked(
            account: account, definition: definition, filter: filter,
            links: StaffLinks(service: definition.id, filter: filter, today: today()), query: query,
            format: site.format(context.language))
    }

    private func report(_ asked: Asked) async throws -> ServiceReport {
        var report = try await site.services.staff.report(asked.definition, asked.filter)
        let words = asked.format.words
        report.map = report.map.titled(
            { words.activity($0, asked.definition) }, start: words["map_start"], end: words["map_end"])
        return report
    }

    private func service(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let report = try await report(asked)
        let detail = min(100, max(0, asked.query["detail"].flatMap { Int($0) } ?? 60))
        let picture = await map(report, Double(detail) / 100, asked)
        let page = StaffServicePage(
            asked.definition, report, asked.links, detail: detail, picture: picture, format: asked.format)
        return try site.render(page, request, context)
    }

    private func map(_ report: ServiceReport, _ detail: Double, _ asked: Asked) async -> Result<String, LayoutProblem> {
        let map = report.map.simplified(detail: detail)
        guard !map.edges.isEmpty else { return .failure(.failed) }
        let words = asked.format.words
        let tables = ReportTables(
            definition: asked.definition, report: report, links: asked.links, format: asked.format)
        do throws(LayoutProblem) {
            let layout = try await JourneyMapPicture.layout(map, layouter, asked.format)
            return .success(
                JourneyMapPicture.draw(
                    map, layout, id: "map", title: words["chart_flows"], text: words["chart_flows_text"],
                    format: asked.format,
                    nodeHref: { node in node.activity.map { name in asked.links.journeys { $0.step = name } } },
                    edgeHref: { edge in tables.flow(map.nodes[edge.from], map.nodes[edge.to]) }))
        } catch { return .failure(error) }
    }

    static let pageSize = 50

    private func list(_ asked: Asked, limit: Int) async throws -> (JourneyList, JourneyGroup, String?) {
        let group = asked.query["show"].flatMap(JourneyGroup.init(rawValue:)) ?? .all
        let cursor = asked.query["page"].flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
        return (
            try await site.services.staff.journeys(asked.definition, asked.filter, group, cursor, limit), group, cursor
        )
    }

    private func journeys(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let (list, group, cursor) = try await list(asked, limit: StaffPages.pageSize)
        let page = JourneysPage(asked.definition, list, group, asked.links, cursor: cursor, format: asked.format)
        return try site.render(page, request, context)
    }

    private func journey(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        guard
            let id = context.journey,
            let report = try await site.services.staff.journey(asked.definition, id)
        else { throw SiteError.journeyUnknown }
        let page = JourneyPage(
            asked.definition, report, seesWords: asked.account.role >= .caseworker, asked.format)
        return try site.render(page, request, context)
    }

    /// Any table of the service's page, or the listed journeys, as `<table>.csv` or `<table>.json`.
    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let parts = (context.parameters.get("file") ?? "").split(separator: ".")
        guard parts.count == 2, parts[1] == "csv" || parts[1] == "json" else { throw SiteError.notFound }
        let table: DataTable
        if parts[0] == "journeys" {
            let (list, _, _) = try await list(asked, limit: 10_000)
            table = JourneysPage.table(asked.definition, list, asked.definition.id, asked.format)
        } else {
            let report = try await report(asked)
            let tables = ReportTables(
                definition: asked.definition, report: report, links: asked.links, format: asked.format)
            guard let found = tables.all.first(where: { $0.id == parts[0] }) else { throw SiteError.notFound }
            table = found
        }
        let isCSV = parts[1] == "csv"
        let name = "\(asked.definition.id)-\(table.id).\(parts[1])"
        return Response(
            status: .ok,
            headers: [
                .contentType: isCSV ? "text/csv; charset=utf-8" : "application/json",
                .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: isCSV ? table.csv() : table.json())))
    }

    /// Responses as server-sent events, each a finished line of the page's list.
    private func live(_ request: Request, _ context: SiteContext) throws -> Response {
        let asked = try ask(request, context)
        let (site, definition, format) = (site, asked.definition, asked.format)
        let stream = EventStream(items: site.services.staff.live(definition), retryAfter: .seconds(5), keeps: 64)
        return stream.response { response in
            let line = StaffServicePage.ResponseLine(response, definition.id, format)
            return serverSentEvent("response", html: try site.fill(line, template: "components/response"))
        }
    }
}

extension Site {
    /// The signed-in account, or the way to the sign-in page; `atLeast` a role.
    ///
    /// - Parameter settingUp: true for the one page that is open to somebody who must have a second factor and has none.
    func staff(
        _ request: Request, _ context: SiteContext, atLeast role: StaffAccount.Role = .viewer, settingUp: Bool = false
    ) throws(SiteError) -> StaffAccount {
        guard let account = context.session?.account else {
            let query = request.uri.query.map { "?\($0)" } ?? ""
            throw .signInNeeded(returnTo: request.method == .get ? request.uri.path + query : Paths.Staff.home)
        }
        guard settingUp || account.hasSecondFactor || !account.mustHaveSecondFactor else { throw .secondFactorNeeded }
        guard account.isActive, account.role >= role else { throw .notAllowed }
        return account
    }

    /// The service the path names, for a member of staff who holds at least a role and whose agency it is: the one
    /// place where that is decided.
    func staffService(
        _ request: Request, _ context: SiteContext, atLeast role: StaffAccount.Role = .viewer
    ) throws(SiteError) -> (definition: ServiceDefinition, account: StaffAccount) {
        let account = try staff(request, context, atLeast: role)
        let definition = try services.definition(context.parameters.get("service"))
        guard account.maySee(definition.agency) else { throw .notAllowed }
        return (definition, account)
    }
}
