import Experience
import Hummingbird

/// Where a person sees their own journey by its code, and says how it ended.
struct TrackingPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/track", use: ask)
        router.post("/track", use: find)
        router.get("/track/:code", use: show)
        router.post("/track/:code/outcome", use: outcome)
    }

    private func ask(_ request: Request, _ context: SiteContext) throws -> Response {
        try site.render(TrackPage(typed: "", problem: nil, site.words(context.language)), request, context)
    }

    private func find(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let words = site.words(context.language)
        let typed = String((form["code"] ?? "").prefix(64))
        guard let code = TrackingCode(typed) else {
            let key = typed.isEmpty ? "track_problem_empty" : "track_problem_shape"
            return try site.render(
                TrackPage(typed: typed, problem: words[key], words), request, context, status: .unprocessableContent)
        }
        guard try await look(code, context) != nil else {
            return try site.render(
                TrackPage(typed: typed, problem: words["track_problem_unknown"], words), request, context,
                status: .notFound)
        }
        return site.redirect(to: Paths.tracked(code))
    }

    private func look(_ code: TrackingCode, _ context: SiteContext) async throws -> TrackedJourney? {
        guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
        let found = try await site.services.requests.track(code)
        if found != nil { site.lookups.giveBack(context.place) }
        return found
    }

    private func journey(_ context: SiteContext) async throws -> TrackedJourney {
        guard let code = context.parameters.get("code").flatMap({ TrackingCode($0) }),
            let journey = try await look(code, context)
        else { throw SiteError.codeUnknown }
        return journey
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let journey = try await journey(context)
        let query = site.query(request)
        let page = TrackedPage(
            journey, site.format(context.language), today: site.services.now(), justSent: query["sent"] == "1",
            thanked: query["thanks"] == "1", outcomeMissing: false)
        return try site.render(page, request, context)
    }

    private func outcome(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let journey = try await journey(context)
        guard journey.closed != nil else { throw SiteError.malformed }
        guard let solved = form["solved"].flatMap(JourneyState.Solved.init(rawValue:)) else {
            let page = TrackedPage(
                journey, site.format(context.language), today: site.services.now(), justSent: false, thanked: false,
                outcomeMissing: true)
            return try site.render(page, request, context, status: .unprocessableContent)
        }
        let comment = form["comment"].map { String($0.prefix(Question.longLimit)) }
        let kept = comment.flatMap { $0.contains(where: { !$0.isWhitespace }) ? $0 : nil }
        try await site.services.requests.outcome(journey.code, solved, kept)
        return site.redirect(to: Paths.tracked(journey.code) + "?thanks=1")
    }
}

/// Asks for the code.
struct TrackPage: Page {
    static let template = "pages/track"
    var title: String
    var typed: String
    var problem: String?
    var action = Paths.track

    init(typed: String, problem: String?, _ words: Words) {
        title = words.title(words["track_title"], hasProblem: problem != nil)
        self.typed = typed
        self.problem = problem
    }
}
