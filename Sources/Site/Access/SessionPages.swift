import Experience
import HTTPTypes
import Hummingbird

/// The sessions one has open, and ending them.
struct SessionPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/sessions", use: show)
        router.post("/staff/sessions", use: end)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try site.staff(request, context)
        let ended = site.query(request)["ended"].flatMap { Int($0) }.map { max(0, min($0, 1_000)) }
        let words = site.words(context.language)
        return try await page(request, context, notice: ended.map { words.counted("sessions_ended", $0) })
    }

    private func page(
        _ request: Request, _ context: SiteContext, notice: String? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let session = context.session else { throw SiteError.signInNeeded(returnTo: Paths.Staff.sessions) }
        let page = SessionsPage(
            try await site.services.own.sessions(session), name: session.account.name, notice: notice,
            problem: problem, site.format(context.language))
        return try site.render(page, request, context, status: status)
    }

    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context)
        let form = try await site.form(request, context)
        guard let session = context.session else { throw SiteError.signInNeeded(returnTo: Paths.Staff.sessions) }
        let words = site.words(context.language)
        let chosen = form.all("session").filter { VisitMiddleware.isToken($0) }
        guard form["step"] == "others" || (form["step"] == "chosen" && !chosen.isEmpty) else {
            return try await page(
                request, context, problem: words["sessions_none_chosen"], status: .unprocessableContent)
        }
        let place = site.signInPlace(request, context, visit: context.visit ?? "")
        switch try await site.services.own.prove(session, form["password"] ?? "", nil, place) {
        case .right(let token):
            let own = StaffSession(token: token, account: account)
            var ended = 0
            if form["step"] == "others" {
                ended = try await site.services.own.endSessions(own, nil)
            } else {
                for id in chosen { ended += try await site.services.own.endSessions(own, id) }
            }
            var response = site.redirect(to: Paths.Staff.sessions + "?ended=\(ended)")
            response.setCookie(site.cookies.make(site.cookies.session, token))
            return response
        case .wrong:
            return try await page(
                request, context, problem: words["factor_proof_password"], status: .unprocessableContent)
        case .slowDown:
            return try await page(request, context, problem: words["sign_in_slow"], status: .tooManyRequests)
        }
    }
}

struct SessionsPage: Page {
    static let template = "staff/sessions"
    var title: String
    var heading: String
    var own: OwnAccountTabs
    var this: Line?
    var others: [Line]
    var hasOthers: Bool
    var name: String
    var notice: String?
    var problem: String?
    var action = Paths.Staff.sessions
    var layout: Layout { .staff }

    struct Line: Sendable {
        var id: String
        var field: String
        var browser: String
        var times: String
    }

    init(_ sessions: [ShownSession], name: String, notice: String?, problem: String?, _ format: Format) {
        let words = format.words
        heading = words["sessions_title"]
        title = words.title(heading, hasProblem: problem != nil)
        own = OwnAccountTabs(Paths.Staff.sessions, words)
        let lines = sessions.enumerated().map { at, session in
            Line(
                id: session.id, field: "session-\(at)", browser: BrowserFamily.said(session.browser, words),
                times: words[
                    "sessions_times", ["since": format.moment(session.since), "seen": format.moment(session.seen)]])
        }
        this = zip(sessions, lines).first { $0.0.isThis }?.1
        others = zip(sessions, lines).filter { !$0.0.isThis }.map(\.1)
        hasOthers = sessions.contains { !$0.isThis }
        self.name = name
        self.notice = notice
        self.problem = problem
    }
}
