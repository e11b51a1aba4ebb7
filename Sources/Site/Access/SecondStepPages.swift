import Experience
import HTTPTypes
import Hummingbird

/// The code after the password. Until it is right there is no session: only a cookie of its own, good for five minutes
/// and for this page.
struct SecondStepPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/sign-in/code", use: show)
        router.post("/staff/sign-in/code", use: finish)
    }

    private func half(_ request: Request) -> String? {
        request.cookies[site.cookies.half].map(\.value).flatMap { VisitMiddleware.isToken($0) ? $0 : nil }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let next = Paths.safeReturn(site.query(request)["next"])
        guard let half = half(request), let visit = context.visit,
            try await site.services.access.isHalfSignedIn(half, visit)
        else { return site.redirect(to: Paths.Staff.signIn(returningTo: next)) }
        return try site.render(SecondStepPage(site.words(context.language), next: next, problem: nil), request, context)
    }

    private func finish(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let next = Paths.safeReturn(form["next"])
        let words = site.words(context.language)
        guard let half = half(request), let visit = context.visit else {
            return site.redirect(to: Paths.Staff.signIn(returningTo: next))
        }
        let code = String((form["code"] ?? "").prefix(100))
        func again(_ key: String, _ status: HTTPResponse.Status) throws -> Response {
            try site.render(SecondStepPage(words, next: next, problem: words[key]), request, context, status: status)
        }
        switch try await site.services.access.secondStep(
            half, code, site.signInPlace(request, context, visit: visit))
        {
        case .signedIn(let session, let device, let codesLeft):
            let place = codesLeft == nil ? next : Paths.Staff.secondFactor + "?used=1"
            return try await site.welcome(session, device: device, to: place, context)
        case .refused: return try again("second_step_refused", .unprocessableContent)
        case .slowDown: return try again("sign_in_slow", .tooManyRequests)
        case .over:
            var response = site.redirect(to: Paths.Staff.signIn + "?over=1")
            response.setCookie(site.cookies.clear(site.cookies.half))
            return response
        }
    }
}

extension Site {
    /// Where this request comes from, for what is counted and remembered at a sign-in.
    func signInPlace(_ request: Request, _ context: SiteContext, visit: String) -> SignInPlace {
        let device = request.cookies[cookies.device]?.value
        return SignInPlace(
            address: context.place, device: device.flatMap { VisitMiddleware.isToken($0) ? $0 : nil }, visit: visit,
            browser: BrowserFamily.of(request.headers[.userAgent]))
    }

    /// A fresh session and a fresh visit: nothing somebody planted before the sign-in is worth anything after.
    func welcome(
        _ session: StaffSession, device: String, to path: String, _ context: SiteContext
    ) async throws -> Response {
        if let old = context.session { try await services.access.signOut(old.token) }
        var response = redirect(to: path)
        response.setCookie(cookies.make(cookies.session, session.token))
        response.setCookie(cookies.make(cookies.visit, services.freshToken()))
        // Browsers keep a cookie for 400 days at most.
        response.setCookie(cookies.make(cookies.device, device, maxAge: 400 * 86_400))
        response.setCookie(cookies.clear(cookies.half))
        return response
    }
}

struct SecondStepPage: Page {
    static let template = "staff/second-step"
    var title: String
    var next: String
    var problem: String?
    var action = Paths.Staff.secondStep
    var signInPath = Paths.Staff.signIn
    var layout: Layout { .staff }

    init(_ words: Words, next: String, problem: String?) {
        title = words.title(words["second_step_title"], hasProblem: problem != nil)
        self.next = next
        self.problem = problem
    }
}
