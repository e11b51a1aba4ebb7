import Experience
import Hummingbird
import HTTPTypes
import Mustache
import NIOCore

/// The web site: configuration, live services and templates joined into a router.
package struct Site: Sendable {
    package let configuration: SiteConfiguration
    package let services: Services
    package let library: TemplateLibrary
    let tokens: FormToken
    package let cookies: SiteCookies
    /// Guessing tracking codes and links is held back by place. Only wrong guesses count, and more than a whole office
    /// makes by mistyping: a code has 60 bits, so that even so many a minute find none in a lifetime.
    let lookups: RequestLimit
    let submissions: RequestLimit
    /// Answers are held back by form, never by address.
    let floods: FloodGate
    /// Batches of presses, by device.
    let presses: RequestLimit
    let layouter = GraphLayouter()

    package init(configuration: SiteConfiguration, services: Services, library: TemplateLibrary) {
        self.configuration = configuration
        self.services = services
        self.library = library
        tokens = FormToken(key: configuration.formKey)
        cookies = SiteCookies(isSecure: configuration.isSecure)
        lookups = RequestLimit(capacity: 120, perMinute: 60, now: services.now)
        presses = RequestLimit(capacity: 120, perMinute: 120, now: services.now)
        floods = FloodGate(floor: configuration.floodFloor, now: services.now)
        submissions = RequestLimit(capacity: 120, perMinute: 120, now: services.now)
    }

    func words(_ language: Language) -> Words {
        Words(language: language, table: library.words[language.rawValue] ?? [:])
    }

    func format(_ language: Language) -> Format {
        var format = Format(words: words(language), zone: configuration.zone)
        format.today = format.localDate(services.now())
        return format
    }

    var today: CivilDate { format(.en).today }

    /// Renders a page in its frame.
    func render(
        _ page: some Page, _ request: Request, _ context: SiteContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let html = try html(page, request, context)
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentLanguage: context.language.rawValue,
            .cacheControl: "no-store",
        ]
        headers[.vary] = "Accept-Language, Cookie"
        if page.layout == .frame {
            headers[.contentSecurityPolicy] = SecurityHeaders.policy(framedBy: configuration.widgetOrigins)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    func html<Model: Page>(_ page: Model, _ request: Request, _ context: SiteContext) throws -> String {
        let words = words(context.language)
        let whole = Rendered(frame: frame(page, request, context, words), t: words.table, page: page)
        return try fill(whole, template: Model.template)
    }

    func fill(_ value: some Sendable, template: String) throws(TemplateProblem) -> String {
        guard let tree = ModelTree.of(value), let html = library.templates.render(tree, withTemplate: template) else {
            throw .missing(template)
        }
        return html
    }

    /// 303: the browser follows with a GET, so that reloading sends nothing twice.
    func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }

    private func frame(_ page: some Page, _ request: Request, _ context: SiteContext, _ words: Words) -> Frame {
        let path = request.uri.path
        let isStaff = page.layout == .staff
        let name = configuration.name
        let siteName = words.language == .es ? name.es : name.en
        func link(_ key: String, _ href: String) -> Frame.Link {
            Frame.Link(title: words[key], href: href, isCurrent: path == href)
        }
        // The public pages are the same for everyone.
        let account = isStaff ? context.session?.account : nil
        let isOpen = account.map { $0.hasSecondFactor || !$0.mustHaveSecondFactor } ?? false
        let navigation =
            isStaff
            ? (!isOpen
                ? []
                : [link("nav_services", Paths.Staff.home), link("nav_promises", Paths.Staff.promises)]
                    + ((account?.role ?? .viewer) >= .owner ? [link("nav_forms", Paths.Staff.forms)] : [])
                    + (account?.role == .administrator ? [link("nav_webhooks", Paths.Staff.webhooks)] : []))
            : [
                link("nav_services", Paths.home), link("nav_track", Paths.track), link("nav_results", Paths.results),
                link("nav_methods", Paths.methods),
            ]
        return Frame(
            language: words.language.rawValue, documentTitle: "\(page.title) – \(siteName)", siteName: siteName,
            homePath: isStaff ? Paths.Staff.home : Paths.home, staffPath: Paths.Staff.home,
            stylesheet: library.assets.path("site.css"), icon: library.assets.path("icon.svg"),
            scripts: page.scripts.map(library.assets.path), navigation: navigation,
            languages: Language.allCases.map { language in
                Frame.Link(
                    title: words["language_\(language.rawValue)"], href: inLanguage(request, language),
                    isCurrent: language == words.language, language: language.rawValue)
            },
            isSimulated: configuration.isSimulated, isStaff: isStaff, isKiosk: page.layout == .kiosk,
            isFramed: page.layout == .frame,
            accountName: account?.name, accountRole: account.map { words["role_\($0.role.rawValue)"] },
            accountPath: Paths.Staff.password,
            signOutPath: Paths.Staff.signOut, signInPath: Paths.Staff.signIn,
            accountsPath: isOpen && account?.role == .administrator ? Paths.Staff.accounts : nil,
            formToken: tokens.make(visit: context.visit ?? "", session: context.session?.token),
            methodsPath: Paths.methods)
    }

    /// The same address in another language, its other parameters kept.
    private func inLanguage(_ request: Request, _ language: Language) -> String {
        let form = FormBody(urlEncoded: request.uri.query ?? "")
        let kept = (form?.pairs ?? []).filter { $0.name != LanguageChoice.parameter }.map {
            ($0.name, Optional($0.value))
        }
        return request.uri.path + Paths.query(kept + [(LanguageChoice.parameter, language.rawValue)])
    }
}
