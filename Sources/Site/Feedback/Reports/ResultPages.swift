import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// What people said, as a whole: scores for staff, reports of a quarter, results for everybody.
struct ResultPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/results", use: results)
        router.get("/results/:file", use: resultsFile)
        router.get("/staff/services/:service/feedback", use: feedback)
        router.get("/staff/services/:service/feedback/:file", use: feedbackFile)
        router.get("/staff/services/:service/reports", use: quarter)
        router.get("/staff/services/:service/reports/:quarter/:file", use: quarterFile)
    }

    // MARK: Everybody

    private func results(_ request: Request, _ context: SiteContext) async throws -> Response {
        let page = ResultsPage(
            try await site.services.reports.results(), ResultsFilter(site.query(request)), site.format(context.language)
        )
        return try site.render(page, request, context)
    }

    private func resultsFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let page = ResultsPage(
            try await site.services.reports.results(), ResultsFilter(site.query(request)), site.format(context.language)
        )
        switch context.parameters.get("file") {
        case "results.csv": return ResultPages.file(page.data.csv(), "results.csv", isPublic: true)
        case "results.json": return ResultPages.file(page.data.json(), "results.json", isPublic: true)
        default: throw SiteError.notFound
        }
    }

    // MARK: Staff

    private struct Asked {
        var account: StaffAccount
        var definition: ServiceDefinition
        var filter: FeedbackFilter
        var format: Format
        var today: CivilDate
    }

    private func ask(_ request: Request, _ context: SiteContext) throws -> Asked {
        let (definition, account) = try site.staffService(request, context)
        let format = site.format(context.language)
        let query = site.query(request)
        let today = format.localDate(site.services.now())
        func text(_ name: String) -> String? {
            query[name].flatMap { $0.isEmpty || $0.utf8.count > 128 ? nil : $0 }
        }
        return Asked(
            account: account, definition: definition,
            filter: FeedbackFilter(
                period: JourneyFilter(query, today: today).period, form: text("form").flatMap { Slug($0) },
                channel: text("channel").flatMap { Channel(rawValue: $0) }, touchpoint: text("touchpoint")),
            format: format, today: today)
    }

    private func feedback(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let view = try await site.services.reports.scores(asked.definition, asked.filter)
        let page = StaffFeedbackPage(asked.definition, view, asked.filter, today: asked.today, format: asked.format)
        return try site.render(page, request, context)
    }

    private func feedbackFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let parts = (context.parameters.get("file") ?? "").split(separator: ".")
        guard parts.count == 2, parts[1] == "csv" || parts[1] == "json" else { throw SiteError.notFound }
        let view = try await site.services.reports.scores(asked.definition, asked.filter)
        let tables = FeedbackTables(asked.definition, view, asked.filter, today: asked.today, asked.format)
        guard let table = tables.all.first(where: { $0.id == parts[0] }) else { throw SiteError.notFound }
        return ResultPages.file(
            parts[1] == "csv" ? table.csv() : table.json(), "\(asked.definition.id)-\(table.id).\(parts[1])")
    }

    private func quarter(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let last = FiscalQuarter(containing: asked.today).previous
        let quarter = site.query(request)["quarter"].flatMap { FiscalQuarter($0) } ?? last
        let view = try await site.services.reports.quarter(asked.definition, quarter)
        let page = QuarterPage(asked.definition, view, today: asked.today, format: asked.format)
        return try site.render(page, request, context)
    }

    private func quarterFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        guard let quarter = context.parameters.get("quarter").flatMap({ FiscalQuarter($0) }),
            let name = context.text("file"),
            let content = try await site.services.reports.file(
                asked.definition, quarter, name, asked.account.role >= .caseworker ? asked.account.id : nil)
        else { throw SiteError.notFound }
        return ResultPages.file(content, name)
    }

    private static func file(_ content: String, _ name: String, isPublic: Bool = false) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: name.hasSuffix(".csv") ? "text/csv; charset=utf-8" : "application/json",
                .contentDisposition: "attachment; filename=\"\(name)\"",
                .cacheControl: isPublic ? "public, max-age=300" : "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: content)))
    }
}
