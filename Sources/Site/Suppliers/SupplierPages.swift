import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// Scorecards: for staff by any attribute and by supplier and month; for each supplier its own card by a private link.
struct SupplierPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/services/:service/scorecard", use: scorecard)
        router.get("/staff/services/:service/scorecard/:file", use: download)
        router.get("/staff/services/:service/suppliers", use: suppliers)
        router.post("/staff/services/:service/suppliers", use: act)
        router.get("/suppliers/:token", use: own)
        router.post("/suppliers/:token", use: file)
    }

    private struct Asked {
        var account: StaffAccount
        var definition: ServiceDefinition
        var query: FormBody
        var format: Format
    }

    private func ask(
        _ request: Request, _ context: SiteContext, atLeast role: StaffAccount.Role = .viewer
    ) throws -> Asked {
        let (definition, account) = try site.staffService(request, context, atLeast: role)
        return Asked(
            account: account, definition: definition, query: site.query(request), format: site.format(context.language))
    }

    private func today() -> CivilDate { site.format(.en).localDate(site.services.now()) }

    /// "2026-10"; without one, or for one that can't be, the last whole month.
    private func month(_ text: String?) -> CivilDate {
        let today = today()
        let last = CivilDate(year: today.year, month: today.month, day: 1)?.adding(days: -1) ?? today
        let fallback = CivilDate(year: last.year, month: last.month, day: 1) ?? last
        guard let text, let month = CivilDate("\(text.prefix(7))-01"), month <= today, month.year >= 2000 else {
            return fallback
        }
        return month
    }

    private func attribute(_ asked: Asked) throws -> String {
        let names = ScorecardTables.attributes(of: asked.definition)
        guard let attribute = asked.query["by"].flatMap({ names.contains($0) ? $0 : nil }) ?? names.first else {
            throw SiteError.notFound
        }
        return attribute
    }

    private func scorecard(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let attribute = try attribute(asked)
        let rows = try await site.services.suppliers.scorecard(asked.definition, attribute) ?? []
        return try site.render(ScorecardPage(asked.definition, rows, attribute, asked.format), request, context)
    }

    private func download(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        let parts = (context.parameters.get("file") ?? "").split(separator: ".")
        guard parts.count == 2, parts[1] == "csv" || parts[1] == "json" else { throw SiteError.notFound }
        let tables = ScorecardTables(definition: asked.definition, format: asked.format)
        let table: DataTable
        switch parts[0] {
        case "scorecard":
            let attribute = try attribute(asked)
            table = tables.kept(
                try await site.services.suppliers.scorecard(asked.definition, attribute) ?? [], by: attribute)
        case "cards", "lines":
            let cards = try await site.services.suppliers.cards(asked.definition, month(asked.query["month"]))
            table = parts[0] == "cards" ? tables.cards(cards) : tables.lines(cards)
        default: throw SiteError.notFound
        }
        let isCSV = parts[1] == "csv"
        return Response(
            status: .ok,
            headers: [
                .contentType: isCSV ? "text/csv; charset=utf-8" : "application/json",
                .contentDisposition: "attachment; filename=\"\(asked.definition.id)-\(table.id).\(parts[1])\"",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: isCSV ? table.csv() : table.json())))
    }

    private func suppliers(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try ask(request, context)
        return try await page(asked, request, context, made: nil, sent: nil)
    }

    private func page(
        _ asked: Asked, _ request: Request, _ context: SiteContext, made: String?, sent: Int?, problem: String? = nil
    ) async throws -> Response {
        guard asked.definition.suppliers != nil else { throw SiteError.notFound }
        let month = month(asked.query["month"])
        let page = SuppliersPage(
            asked.definition, try await site.services.suppliers.cards(asked.definition, month),
            try await site.services.suppliers.links(asked.definition), month: month, made: made, sent: sent,
            problem: problem, mayAct: asked.account.role >= .owner, mayDecide: asked.account.role >= .caseworker,
            asked.format)
        return try site.render(
            page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let isDecision = form["step"] == "accept" || form["step"] == "refuse"
        let asked = try ask(request, context, atLeast: isDecision ? .caseworker : .owner)
        guard let rule = asked.definition.suppliers else { throw SiteError.notFound }
        let desk = site.services.suppliers
        switch form["step"] {
        case "link":
            guard let supplier = form["supplier"].flatMap({ Self.supplier($0) }) else {
                return try await page(
                    asked, request, context, made: nil, sent: nil,
                    problem: asked.format.words["suppliers_problem_name", ["attribute": rule.attribute]])
            }
            let email = form["email"].flatMap { $0.isEmpty ? nil : String($0.prefix(254)) }
            if let email, !email.contains("@") || email.contains(where: \.isWhitespace) {
                return try await page(
                    asked, request, context, made: nil, sent: nil,
                    problem: asked.format.words["suppliers_problem_email"])
            }
            let language = form["language"].flatMap(Language.init(rawValue:)) ?? .en
            let token = try await desk.addLink(asked.definition, supplier, email, language, asked.account.id)
            return try await page(asked, request, context, made: Paths.supplier(token), sent: nil)
        case "revoke":
            try await desk.revokeLink(asked.definition, String((form["link"] ?? "").prefix(64)), asked.account.id)
        case "send":
            let sent = try await desk.send(asked.definition, month(form["month"]), asked.account.id)
            return try await page(asked, request, context, made: nil, sent: sent)
        case "accept", "refuse":
            guard let supplier = form["supplier"].flatMap({ Self.supplier($0) }), let line = form["line"] else {
                throw SiteError.malformed
            }
            try await desk.decide(
                asked.definition,
                SupplierDecision(
                    id: form["request_id"].flatMap { TimeOrderedID($0) } ?? site.services.freshID(), supplier: supplier,
                    line: String(line.prefix(200)), accepts: form["step"] == "accept", by: asked.account.id))
        default: throw SiteError.malformed
        }
        return site.redirect(
            to: Paths.Staff.suppliers(asked.definition.id)
                + Paths.query([("month", String(month(form["month"]).description.prefix(7)))]))
    }

    private static func supplier(_ text: String) -> String? {
        (1...120).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? text : nil
    }

    private func own(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = site.query(request)
        return try await ownPage(
            request, context, month: month(query["month"]), filed: query["filed"] == "1", problem: nil)
    }

    private func ownPage(
        _ request: Request, _ context: SiteContext, month: CivilDate, filed: Bool, problem: String?
    ) async throws -> Response {
        guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
        guard let token = context.parameters.get("token"), VisitMiddleware.isToken(token),
            let own = try await site.services.suppliers.own(token, month)
        else { throw SiteError.notFound }
        site.lookups.giveBack(context.place)
        let page = OwnCardPage(
            own, token: token, today: today(), filed: filed, problem: problem, id: site.services.freshID(),
            site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        guard site.submissions.allows(context.place) else { throw SiteError.tooManyTries }
        guard let token = context.parameters.get("token"), VisitMiddleware.isToken(token) else {
            throw SiteError.notFound
        }
        let month = month(form["month"])
        let words = site.words(context.language)
        let reason = String((form["reason"] ?? "").prefix(1_000))
        guard let line = form["line"], !line.isEmpty, reason.contains(where: { !$0.isWhitespace }) else {
            return try await ownPage(
                request, context, month: month, filed: false, problem: words["own_problem_reason"])
        }
        let statement = SupplierStatement(
            id: form["request_id"].flatMap { TimeOrderedID($0) } ?? site.services.freshID(),
            line: String(line.prefix(200)), month: month, reason: reason,
            remedy: String((form["remedy"] ?? "").prefix(1_000)), contests: form["contest"] == "yes")
        guard try await site.services.suppliers.file(token, statement) else { throw SiteError.notFound }
        return site.redirect(
            to: Paths.supplier(token)
                + Paths.query([("month", String(month.description.prefix(7))), ("filed", "1")]))
    }
}
