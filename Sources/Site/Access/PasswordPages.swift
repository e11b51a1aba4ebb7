import Experience
import Hummingbird

/// One's own account: who one is here, and a new password by the old one.
struct PasswordPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/password", use: show)
        router.post("/staff/password", use: change)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let account = try site.staff(request, context)
        return try site.render(PasswordPage(account, problem: nil, site.words(context.language)), request, context)
    }

    private func change(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context)
        let form = try await site.form(request, context)
        let words = site.words(context.language)
        func again(_ problem: String, tooMany: Bool = false) throws -> Response {
            let page = PasswordPage(account, problem: problem, words)
            return try site.render(page, request, context, status: tooMany ? .tooManyRequests : .unprocessableContent)
        }
        let password = form["password"] ?? ""
        guard password == form["again"] else { return try again(words["set_up_differ"]) }
        guard let session = context.session else { throw SiteError.signInNeeded(returnTo: Paths.Staff.password) }
        let answer = try await site.services.access.changePassword(
            session, form["old"] ?? "", password, site.signInPlace(request, context, visit: context.visit ?? ""))
        switch answer {
        case .done, .link:
            var response = site.redirect(to: Paths.Staff.signIn + "?set=1")
            response.setCookie(site.cookies.clear(site.cookies.session))
            response.setCookie(site.cookies.make(site.cookies.visit, site.services.freshToken()))
            return response
        case .slowDown: return try again(words["sign_in_slow"], tooMany: true)
        default: return try again(words.account(answer) ?? words["error_malformed_text"])
        }
    }
}

struct PasswordPage: Page {
    static let template = "staff/password"
    var title: String
    var name: String
    var role: String
    var own: OwnAccountTabs
    var problem: String?
    var action = Paths.Staff.password
    var layout: Layout { .staff }

    init(_ account: StaffAccount, problem: String?, _ words: Words) {
        title = words.title(words["password_title"], hasProblem: problem != nil)
        name = account.name
        role = words["role_\(account.role.rawValue)"]
        own = OwnAccountTabs(Paths.Staff.password, words)
        self.problem = problem
    }
}
