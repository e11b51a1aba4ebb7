import HTTPTypes
import Hummingbird

/// What browsers are told on every answer. No inline script or style, no other host, no framing.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    static let policy = policy(framedBy: [])

    /// The policy of a page that the named origins may show in a frame.
    static func policy(framedBy origins: [String]) -> String {
        let framers = origins.isEmpty ? "'none'" : origins.joined(separator: " ")
        return policyParts + "frame-ancestors \(framers)"
    }

    private static let policyParts =
        "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "

    private static let transport = HTTPField.Name("Strict-Transport-Security")
    /// Header, value, and whether it stands on a page made to be framed.
    private static let fields: [(HTTPField.Name, String, Bool)] = [
        ("Content-Security-Policy", SecurityHeaders.policy, true), ("X-Content-Type-Options", "nosniff", true),
        // A tracking address is as good as its code: it is sent to nobody.
        ("Referrer-Policy", "no-referrer", true), ("X-Frame-Options", "DENY", false),
        ("Cross-Origin-Opener-Policy", "same-origin", true), ("Cross-Origin-Resource-Policy", "same-origin", false),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()", true),
    ].compactMap { name, value, isForFrames in HTTPField.Name(name).map { ($0, value, isForFrames) } }

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // A page made to be framed says by whom; everything else is framed by nobody.
        let isFrame = response.headers[.contentSecurityPolicy] != nil
        for (field, value, isForFrames) in SecurityHeaders.fields where response.headers[field] == nil {
            if isFrame, !isForFrames { continue }
            response.headers[field] = value
        }
        if isSecure, let field = SecurityHeaders.transport {
            response.headers[field] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
