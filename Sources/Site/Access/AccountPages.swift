import Experience
import Hummingbird

/// Who may sign in: for administrators.
struct AccountPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/accounts", use: show)
        router.post("/staff/accounts", use: invite)
        router.post("/staff/accounts/:id", use: change)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try site.staff(request, context, atLeast: .administrator)
        return try await page(request, context)
    }

    private func page(
        _ request: Request, _ context: SiteContext, link: String? = nil, problem: String? = nil, notice: String? = nil
    ) async throws -> Response {
        let agency = context.session?.account.agency
        // Whoever belongs to an agency knows of its accounts only.
        let accounts = try await site.services.access.accounts().filter { agency == nil || $0.agency == agency }
        let page = AccountsPage(
            accounts, own: context.session?.account.id, link: link.map { site.origin(request) + Paths.Staff.setUp($0) },
            problem: problem,
            notice: notice, format: site.format(context.language))
        return try site.render(page, request, context, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func invite(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try site.staff(request, context, atLeast: .administrator)
        let form = try await site.form(request, context)
        guard let role = form["role"].flatMap(StaffAccount.Role.init(rawValue:)) else { throw SiteError.malformed }
        let name = String((form["name"] ?? "").prefix(200))
        return try await answer(try await site.services.access.invite(name, role, own.id), request, context)
    }

    private func change(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try site.staff(request, context, atLeast: .administrator)
        let form = try await site.form(request, context)
        guard let id = context.text("id") else { throw SiteError.notFound }
        let change: AccountChange
        switch form["change"] {
        case "role":
            guard let role = form["role"].flatMap(StaffAccount.Role.init(rawValue:)) else { throw SiteError.malformed }
            change = .role(role)
        case "close": change = .active(false)
        case "open": change = .active(true)
        case "password": change = .newPassword
        case "factor": change = .noSecondFactor
        default: throw SiteError.malformed
        }
        return try await answer(try await site.services.access.change(id, change, own.id), request, context)
    }

    private func answer(_ answer: AccountAnswer, _ request: Request, _ context: SiteContext) async throws -> Response {
        let words = site.words(context.language)
        if case .link(let link) = answer { return try await page(request, context, link: link) }
        if let problem = words.account(answer) { return try await page(request, context, problem: problem) }
        return site.redirect(to: Paths.Staff.accounts)
    }
}

struct AccountsPage: Page {
    static let template = "staff/accounts"
    var title: String
    var accounts: [Line]
    var roles: [QuestionField.Choice]
    /// The one-time link just made: shown once.
    var link: String?
    var problem: String?
    var notice: String?
    var action = Paths.Staff.accounts
    var retention = Paths.Staff.retention
    var system = Paths.Staff.system
    var layout: Layout { .staff }

    struct Line: Sendable {
        var name: String
        var role: String
        var state: String
        var isActive: Bool
        var isOwn: Bool
        /// Of the second factor; nil where there is none and none is asked for.
        var factor: String?
        var hasFactor: Bool
        var lastSignIn: String
        var action: String
        var choices: [QuestionField.Choice]
        var selectID: String
    }

    init(
        _ accounts: [StaffAccount], own: String?, link: String?, problem: String?, notice: String?, format: Format
    ) {
        let words = format.words
        title = words["accounts_title"]
        func roles(_ chosen: StaffAccount.Role) -> [QuestionField.Choice] {
            StaffAccount.Role.allCases.map {
                QuestionField.Choice(
                    id: $0.rawValue, value: $0.rawValue, label: words["role_\($0.rawValue)"], isChosen: $0 == chosen,
                    picture: nil)
            }
        }
        self.accounts = accounts.enumerated().map { at, account in
            Line(
                name: account.name, role: words["role_\(account.role.rawValue)"],
                state: words[
                    !account.isActive ? "account_closed" : account.isInvited ? "account_invited" : "account_open"],
                isActive: account.isActive, isOwn: account.id == own,
                factor: account.hasSecondFactor
                    ? words["account_factor_on"]
                    : account.mustHaveSecondFactor && account.isActive ? words["account_factor_missing"] : nil,
                hasFactor: account.hasSecondFactor,
                lastSignIn: account.lastSignIn.map(format.moment)
                    ?? words[account.isInvited ? "account_link_waits" : "account_never"],
                action: Paths.Staff.account(account.id), choices: roles(account.role), selectID: "role-\(at)")
        }
        self.roles = roles(.viewer)
        self.link = link
        self.problem = problem
        self.notice = notice
    }
}
