import Experience
import HTTPTypes
import Hummingbird

/// Reads language, visit and session from the request; sets the visit cookie and remembers a chosen language.
struct VisitMiddleware: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        if path.hasPrefix("/assets/") || path.hasPrefix("/api/") || HealthPages.owns(path) {
            return try await next(request, context)
        }
        var context = context
        let asked = FormBody(urlEncoded: request.uri.query ?? "")?[LanguageChoice.parameter]
        context.language = LanguageChoice.choose(
            asked: asked, cookie: request.cookies[LanguageChoice.cookie]?.value,
            acceptLanguage: request.headers[.acceptLanguage])
        if let header = site.configuration.addressHeader.flatMap({ HTTPField.Name($0) }),
            let last = request.headers[header]?.split(separator: ",").last
        {
            // The last address is the one our own proxy saw; those before it are the sender's claim.
            context.address = last.trimmingSpaces
        }
        if let token = request.cookies[site.cookies.session]?.value, VisitMiddleware.isToken(token),
            let account = try await site.services.access.account(token)
        {
            context.session = StaffSession(token: token, account: account)
        }
        var isNew = false
        if let visit = request.cookies[site.cookies.visit]?.value, VisitMiddleware.isToken(visit) {
            context.visit = visit
        } else {
            context.visit = site.services.freshToken()
            isNew = true
        }
        var response = try await next(request, context)
        if isNew, let visit = context.visit, !response.setsCookie(site.cookies.visit) {
            response.setCookie(site.cookies.make(site.cookies.visit, visit))
        }
        if asked != nil { response.setCookie(site.cookies.language(context.language.rawValue)) }
        return response
    }

    /// Shapes we make ourselves: anything else is somebody's attempt.
    static func isToken(_ text: String) -> Bool {
        (16...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}

extension Response {
    func setsCookie(_ name: String) -> Bool { headers[values: .setCookie].contains { $0.hasPrefix(name + "=") } }
}

extension Substring {
    var trimmingSpaces: String {
        var view = self
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
