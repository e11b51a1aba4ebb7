import Experience
import HTTPTypes
import Hummingbird

/// Coming in and going out, and the one-time links that set a password.
struct AccessPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/sign-in", use: show)
        router.post("/staff/sign-in", use: signIn)
        router.post("/staff/sign-out", use: signOut)
        router.get("/staff/set-up/:link", use: showLink)
        router.post("/staff/set-up/:link", use: useLink)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let query = site.query(request)
        if context.session != nil { return site.redirect(to: Paths.safeReturn(query["next"])) }
        let words = site.words(context.language)
        let notice = ["set", "out", "over"].first { query[$0] == "1" }.map { words["sign_in_\($0)"] }
        return try site.render(
            SignInPage(words, name: "", next: Paths.safeReturn(query["next"]), problem: nil, notice: notice), request,
            context)
    }

    private func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        let words = site.words(context.language)
        let name = String((form["name"] ?? "").prefix(200))
        let next = Paths.safeReturn(form["next"])
        let visit = site.services.freshToken()
        let answer = try await site.services.access.signIn(
            name, form["password"] ?? "", site.signInPlace(request, context, visit: visit))
        switch answer {
        case .signedIn(let session, let device):
            return try await site.welcome(session, device: device, to: next, context)
        case .secondStep(let token):
            var response = site.redirect(to: Paths.Staff.secondStep(returningTo: next))
            response.setCookie(site.cookies.make(site.cookies.half, token, maxAge: 300))
            response.setCookie(site.cookies.make(site.cookies.visit, visit))
            return response
        case .refused:
            let page = SignInPage(words, name: name, next: next, problem: words["sign_in_refused"], notice: nil)
            return try site.render(page, request, context, status: .unprocessableContent)
        case .slowDown:
            let page = SignInPage(words, name: name, next: next, problem: words["sign_in_slow"], notice: nil)
            return try site.render(page, request, context, status: .tooManyRequests)
        }
    }

    private func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await site.form(request, context)
        if let session = context.session { try await site.services.access.signOut(session.token) }
        var response = site.redirect(to: Paths.Staff.signIn + "?out=1")
        response.setCookie(site.cookies.clear(site.cookies.session))
        // Nothing of what was shown stays in the browser, not even behind its back button.
        if let field = HTTPField.Name("Clear-Site-Data") { response.headers[field] = "\"cache\", \"storage\"" }
        response.setCookie(site.cookies.make(site.cookies.visit, site.services.freshToken()))
        return response
    }

    private func link(_ context: SiteContext) async throws -> (String, LinkPurpose) {
        guard let link = context.parameters.get("link"), VisitMiddleware.isToken(link),
            let purpose = try await site.services.access.linkIsOpen(link)
        else { throw SiteError.linkUsed }
        return (link, purpose)
    }

    private func showLink(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
        let (link, purpose) = try await link(context)
        site.lookups.giveBack(context.place)
        return try site.render(
            SetUpPage(site.words(context.language), purpose, link: link, name: nil, problem: nil), request, context)
    }

    private func useLink(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await site.form(request, context)
        guard site.lookups.allows(context.place) else { throw SiteError.tooManyTries }
        let (link, purpose) = try await link(context)
        let words = site.words(context.language)
        var name = String((form["name"] ?? "").prefix(200))
        if case .account(let fixed) = purpose { name = fixed }
        let password = form["password"] ?? ""
        func again(_ problem: String) throws -> Response {
            let page = SetUpPage(words, purpose, link: link, name: name, problem: problem)
            return try site.render(page, request, context, status: .unprocessableContent)
        }
        guard password == form["again"] else { return try again(words["set_up_differ"]) }
        let answer = try await site.services.access.useLink(link, name, password)
        switch answer {
        case .done, .link: return site.redirect(to: Paths.Staff.signIn + "?set=1")
        case .linkUsed, .unknown: throw SiteError.linkUsed
        default: return try again(words.account(answer) ?? words["error_malformed_text"])
        }
    }
}

extension Words {
    /// What keeps an account from being made or changed; nil when nothing does.
    func account(_ answer: AccountAnswer) -> String? {
        switch answer {
        case .done, .link: nil
        case .nameTaken: self["account_name_taken"]
        case .nameNotAllowed: self["account_name_not_allowed"]
        case .passwordTooShort(let minimum): self["account_password_short", ["n": "\(minimum)"]]
        case .passwordTooCommon: self["account_password_common"]
        case .passwordWrong: self["password_wrong"]
        case .slowDown: self["sign_in_slow"]
        case .lastAdministrator: self["account_last_administrator"]
        case .linkUsed: self["error_link_used_text"]
        case .unknown: self["account_unknown"]
        }
    }
}

struct SignInPage: Page {
    static let template = "staff/sign-in"
    var title: String
    var name: String
    var next: String
    var problem: String?
    var notice: String?
    var action = Paths.Staff.signIn
    var layout: Layout { .staff }

    init(_ words: Words, name: String, next: String, problem: String?, notice: String?) {
        title = words.title(words["sign_in_title"], hasProblem: problem != nil)
        self.name = name
        self.next = next
        self.problem = problem
        self.notice = notice
    }
}

struct SetUpPage: Page {
    static let template = "staff/set-up"
    var title: String
    var heading: String
    var lead: String
    var action: String
    var name: String
    var isFixed: Bool
    var problem: String?
    var layout: Layout { .staff }

    init(_ words: Words, _ purpose: LinkPurpose, link: String, name: String?, problem: String?) {
        switch purpose {
        case .firstAdministrator:
            heading = words["set_up_first_title"]
            lead = words["set_up_first_lead"]
            self.name = name ?? ""
            isFixed = false
        case .account(let fixed):
            heading = words["set_up_title"]
            lead = words["set_up_lead", ["name": fixed]]
            self.name = fixed
            isFixed = true
        }
        title = words.title(heading, hasProblem: problem != nil)
        action = Paths.Staff.setUp(link)
        self.problem = problem
    }
}
