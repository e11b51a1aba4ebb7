import Experience
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The one place where errors become answers: pages for people, problem documents (RFC 9457) for programs.
struct ErrorPages: RouterMiddleware {
    let site: Site
    let methods: RouteMethods

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch SiteError.signInNeeded(let path) where !request.uri.path.hasPrefix("/api/") {
            return site.redirect(to: Paths.Staff.signIn(returningTo: path))
        } catch SiteError.secondFactorNeeded where !request.uri.path.hasPrefix("/api/") {
            return site.redirect(to: Paths.Staff.secondFactor)
        } catch {
            let allowed = context.endpointPath == RouteMethods.noRoute ? methods.allowed(at: request.uri.path) : nil
            guard let allowed else { return try answer(error, request, context) }
            // The address is there, not for this method (RFC 9110: 405 names those it is there for).
            var response = try answer(HTTPError(.methodNotAllowed), request, context)
            response.headers[.allow] = allowed
            return response
        }
    }

    private func answer(_ error: any Error, _ request: Request, _ context: SiteContext) throws -> Response {
        if let problem = error as? APIProblem {
            return Problem(status: problem.status, kind: problem.kind, detail: problem.detail).response()
        }
        let (status, key) = ErrorPages.meaning(of: error)
        noteRefusal(key, context)
        if status.code >= 500 {
            context.logger.error("failed", metadata: ["error": "\(String(reflecting: type(of: error))): \(error)"])
        }
        if request.uri.path.hasPrefix("/api/") {
            var answer = Problem(status: status, kind: key, detail: site.words(.en)["error_\(key)_text"]).response()
            if status == .serviceUnavailable { answer.headers[.retryAfter] = "5" }
            return answer
        }
        var context = context
        // Errors thrown before the visit was read still get the person's language.
        context.language = LanguageChoice.choose(
            asked: FormBody(urlEncoded: request.uri.query ?? "")?[LanguageChoice.parameter],
            cookie: request.cookies[LanguageChoice.cookie]?.value, acceptLanguage: request.headers[.acceptLanguage])
        let words = site.words(context.language)
        let isStaff = request.uri.path.hasPrefix("/staff")
        let page = ErrorPage(
            title: words["error_\(key)_title"], text: words["error_\(key)_text"], status: Int(status.code),
            reference: status.code >= 500 ? words["error_reference", ["id": context.id]] : nil,
            ways: ErrorPages.ways(out: key, request, isStaff: isStaff, isSignedIn: context.session != nil, words),
            layout: isStaff ? .staff : .publicSite)
        return try site.render(page, request, context, status: status)
    }

    /// Somebody was kept from something: worth a line, with who (by id) and where (by route), never with what was typed.
    private func noteRefusal(_ key: String, _ context: SiteContext) {
        guard ["not_allowed", "cross_site", "too_many_tries", "form_expired"].contains(key) else { return }
        var metadata: Logger.Metadata = ["reason": "\(key)", "route": "\(context.endpointPath ?? "-")"]
        if let account = context.session?.account.id { metadata["account"] = "\(account)" }
        context.logger.notice("refused", metadata: metadata)
    }

    /// What to do next, the likeliest first.
    private static func ways(
        out key: String, _ request: Request, isStaff: Bool, isSignedIn: Bool, _ words: Words
    ) -> [ErrorPage.Way] {
        func way(_ name: String, _ href: String) -> ErrorPage.Way {
            ErrorPage.Way(title: words["error_way_\(name)"], href: href, isFirst: false)
        }
        let home = isStaff && isSignedIn ? way("home", Paths.Staff.home) : way("home", Paths.home)
        let signIn = way("sign_in", Paths.Staff.signIn)
        let asked = request.uri.path
        // Only an address of ours that was opened like a page may be opened again.
        let again = asked.hasPrefix("/") && !asked.hasPrefix("//") ? way("again", asked) : nil
        var ways: [ErrorPage.Way?] =
            switch key {
            case "code_unknown": [way("code", Paths.track), home]
            case "link_used": isSignedIn ? [home] : [signIn, home]
            case "sign_in_needed": [signIn]
            case "form_expired", "cross_site", "too_many_tries", "unavailable", "internal", "file_unchecked":
                [again, home]
            case "not_allowed": [home, way("account", Paths.Staff.password)]
            default: isStaff ? [home] : [home, way("track", Paths.track)]
            }
        if isStaff, !isSignedIn, key == "not_found" { ways = [signIn, way("home", Paths.home)] }
        var found = ways.compactMap { $0 }
        if !found.isEmpty { found[0].isFirst = true }
        return found
    }

    static func meaning(of error: any Error) -> (HTTPResponse.Status, key: String) {
        switch error {
        case let error as SiteError:
            switch error {
            case .notFound: (.notFound, "not_found")
            case .serviceUnknown: (.notFound, "service_unknown")
            case .codeUnknown: (.notFound, "code_unknown")
            case .journeyUnknown: (.notFound, "journey_unknown")
            case .answersUnknown: (.notFound, "answers_unknown")
            case .formExpired: (.forbidden, "form_expired")
            case .crossSite: (.forbidden, "cross_site")
            case .signInNeeded: (.unauthorized, "sign_in_needed")
            case .notAllowed, .secondFactorNeeded: (.forbidden, "not_allowed")
            case .linkUsed: (.gone, "link_used")
            case .tooManyTries: (.tooManyRequests, "too_many_tries")
            case .tooLarge: (.contentTooLarge, "too_large")
            case .malformed: (.badRequest, "malformed")
            case .unavailable: (.serviceUnavailable, "unavailable")
            case .fileInfected: (.forbidden, "file_infected")
            case .fileUnchecked: (.serviceUnavailable, "file_unchecked")
            }
        case let error as StorageError:
            error.passes ? (.serviceUnavailable, "unavailable") : (.internalServerError, "internal")
        case let error as any HTTPResponseError:
            switch error.status.code {
            case 404: (.notFound, "not_found")
            case 405: (.methodNotAllowed, "not_found")
            case 413: (.contentTooLarge, "too_large")
            case 400..<500: (error.status, "malformed")
            default: (.internalServerError, "internal")
            }
        default: (.internalServerError, "internal")
        }
    }
}

extension StorageError {
    /// Nothing was stored, for a reason outside the request: sent again later it may be.
    fileprivate var passes: Bool {
        switch self {
        case .full, .readOnly, .busy, .contended, .unreachable, .closed, .cancelled: true
        // SQLite's I/O errors, whatever their kind.
        case .database(let code, _): code & 0xFF == 10
        default: false
        }
    }
}

struct ErrorPage: Page {
    static let template = "pages/error"
    var title: String
    var text: String
    var status: Int
    var reference: String?
    var ways: [Way]
    var layout: Layout

    struct Way: Sendable {
        var title: String
        var href: String
        var isFirst: Bool
    }
}

/// A problem document for programs.
struct Problem: Encodable {
    var type: String
    var title: String
    var status: Int
    var detail: String

    init(status: HTTPResponse.Status, kind: String, detail: String) {
        type = "urn:throughline:problem:\(kind.replacing("_", with: "-"))"
        title = status.reasonPhrase
        self.status = Int(status.code)
        self.detail = detail
    }

    func response() -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(self)) ?? Data("{}".utf8)
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: [.contentType: "application/problem+json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }
}
