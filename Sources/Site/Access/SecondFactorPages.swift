import Experience
import HTTPTypes
import Hummingbird

/// One's own second factor: set up, changed, taken away, its recovery codes. The one page somebody still sees who must
/// have one and has none.
struct SecondFactorPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/second-factor", use: show)
        router.post("/staff/second-factor", use: act)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, settingUp: true)
        let (query, words) = (site.query(request), site.words(context.language))
        let factor = try await site.services.own.secondFactor(account.id)
        var notice: String?
        if query["used"] == "1", let factor { notice = words.counted("factor_code_used", factor.codesLeft) }
        if query["off"] == "1", factor == nil { notice = words["factor_removed"] }
        return try page(account, factor, notice: notice, request, context)
    }

    private func page(
        _ account: StaffAccount, _ factor: ShownFactor?, notice: String? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok, _ request: Request, _ context: SiteContext
    ) throws -> Response {
        let page = SecondFactorPage(
            account, factor, notice: notice, problem: problem, site.format(context.language))
        return try site.render(page, request, context, status: status)
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try site.staff(request, context, settingUp: true)
        let form = try await site.form(request, context)
        guard let session = context.session else { throw SiteError.signInNeeded(returnTo: Paths.Staff.secondFactor) }
        switch form["step"] {
        case "confirm": return try await confirm(form, session, request, context)
        case "remove" where account.mustHaveSecondFactor:
            let factor = try await site.services.own.secondFactor(account.id)
            return try page(
                account, factor, problem: site.words(context.language)["factor_required"],
                status: .unprocessableContent, request, context)
        case "begin", "codes", "remove": break
        default: throw SiteError.malformed
        }
        // All that follows changes how one signs in: the password is asked again, and a code where there is one.
        let place = site.signInPlace(request, context, visit: context.visit ?? "")
        let words = site.words(context.language)
        let proof = try await site.services.own.prove(
            session, form["password"] ?? "", String((form["code"] ?? "").prefix(100)), place)
        guard case .right(let token) = proof else {
            let factor = try await site.services.own.secondFactor(account.id)
            let key =
                proof == .slowDown ? "sign_in_slow" : factor == nil ? "factor_proof_password" : "factor_proof_wrong"
            return try page(
                account, factor, problem: words[key],
                status: proof == .slowDown ? .tooManyRequests : .unprocessableContent, request, context)
        }
        return try await proven(form["step"] ?? "", StaffSession(token: token, account: account), request, context)
    }

    private func proven(
        _ step: String, _ session: StaffSession, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        var context = context
        context.session = session
        var token = session.token
        var response: Response
        switch step {
        case "begin":
            let secret = try await site.services.own.propose(session.account.id)
            response = try showSecret(secret, session.account, problem: nil, request, context)
        case "codes":
            guard let codes = try await site.services.own.renewCodes(session) else {
                response = site.redirect(to: Paths.Staff.secondFactor)
                break
            }
            response = try showCodes(codes, isNew: false, request, context)
        default:
            token = try await site.services.own.remove(session) ?? token
            response = site.redirect(to: Paths.Staff.secondFactor + "?off=1")
        }
        response.setCookie(site.cookies.make(site.cookies.session, token))
        return response
    }

    private func confirm(
        _ form: FormBody, _ session: StaffSession, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let code = String((form["code"] ?? "").prefix(100))
        guard let confirmed = try await site.services.own.confirm(session, code) else {
            guard let secret = try await site.services.own.proposed(session.account.id) else {
                return site.redirect(to: Paths.Staff.secondFactor)
            }
            return try showSecret(
                secret, session.account, problem: site.words(context.language)["factor_code_wrong"], request, context)
        }
        var context = context
        context.session?.token = confirmed.token
        context.session?.account.hasSecondFactor = true
        var response = try showCodes(confirmed.codes, isNew: true, request, context)
        response.setCookie(site.cookies.make(site.cookies.session, confirmed.token))
        return response
    }

    private func showSecret(
        _ secret: String, _ account: StaffAccount, problem: String?, _ request: Request, _ context: SiteContext
    ) throws -> Response {
        let name = site.configuration.name
        let page = NewFactorPage(
            secret, account, site: context.language == .es ? name.es : name.en, problem: problem,
            site.words(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func showCodes(
        _ codes: [String], isNew: Bool, _ request: Request, _ context: SiteContext
    ) throws -> Response {
        try site.render(RecoveryCodesPage(codes, isNew: isNew, site.words(context.language)), request, context)
    }
}

/// The pages about one's own account, on top of each.
struct OwnAccountTabs: Sendable {
    struct Tab: Sendable {
        var title: String
        var href: String
        var isCurrent: Bool
    }

    var tabs: [Tab]

    init(_ current: String, _ words: Words) {
        tabs = [
            ("own_password", Paths.Staff.password), ("own_factor", Paths.Staff.secondFactor),
            ("own_sessions", Paths.Staff.sessions),
        ].map { Tab(title: words[$0.0], href: $0.1, isCurrent: $0.1 == current) }
    }
}

struct SecondFactorPage: Page {
    static let template = "staff/second-factor"
    var title: String
    var heading: String
    var own: OwnAccountTabs
    var isOn: Bool
    var since: String?
    var codesLeft: String?
    var isShortOfCodes: Bool
    var mustHave: Bool
    var mustSetUp: Bool
    var name: String
    var notice: String?
    var problem: String?
    var action = Paths.Staff.secondFactor
    var layout: Layout { .staff }

    init(_ account: StaffAccount, _ factor: ShownFactor?, notice: String?, problem: String?, _ format: Format) {
        let words = format.words
        heading = words["factor_title"]
        title = words.title(heading, hasProblem: problem != nil)
        own = OwnAccountTabs(Paths.Staff.secondFactor, words)
        isOn = factor != nil
        since = factor.map { words["factor_since", ["when": format.moment($0.since)]] }
        codesLeft = factor.map { words.counted("factor_codes_left", $0.codesLeft) }
        isShortOfCodes = (factor?.codesLeft ?? 10) < 3
        mustHave = account.mustHaveSecondFactor
        mustSetUp = account.mustHaveSecondFactor && factor == nil
        name = account.name
        self.notice = notice
        self.problem = problem
    }
}

/// The secret as a picture and as text, and a form for the first code.
struct NewFactorPage: Page {
    static let template = "staff/second-factor-new"
    var title: String
    var heading: String
    var picture: String?
    /// For the app on the phone this page is shown on.
    var address: String
    /// In groups of four, to be typed.
    var secret: String
    var name: String
    var problem: String?
    var action = Paths.Staff.secondFactor
    var back = Paths.Staff.secondFactor
    var layout: Layout { .staff }

    init(_ secret: String, _ account: StaffAccount, site: String, problem: String?, _ words: Words) {
        heading = words["factor_new_title"]
        title = words.title(heading, hasProblem: problem != nil)
        address = NewFactorPage.address(secret, name: account.name, issuer: site)
        picture = QRPicture.svg(address, title: words["factor_picture"])
        let signs = Array(secret)
        self.secret = stride(from: 0, to: signs.count, by: 4).map { String(signs[$0..<min($0 + 4, signs.count)]) }
            .joined(separator: " ")
        name = account.name
        self.problem = problem
    }

    /// What authenticator apps read: type, a label of issuer and account, the secret and how codes are made.
    static func address(_ secret: String, name: String, issuer: String) -> String {
        let issuer = Paths.escape(issuer.filter { $0 != ":" })
        return "otpauth://totp/\(issuer):\(Paths.escape(name))"
            + "?secret=\(secret)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }
}

/// The recovery codes, this once.
struct RecoveryCodesPage: Page {
    static let template = "staff/recovery-codes"
    var title: String
    var isNew: Bool
    var codes: [String]
    var done = Paths.Staff.home
    var layout: Layout { .staff }

    init(_ codes: [String], isNew: Bool, _ words: Words) {
        title = words["factor_codes_title"]
        self.codes = codes
        self.isNew = isNew
    }
}
