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

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let fields: [(String, String)] = [
            ("Content-Security-Policy", SecurityHeaders.policy), ("X-Content-Type-Options", "nosniff"),
            // A tracking address is as good as its code: it is sent to nobody.
            ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ]
        // A page made to be framed says by whom; everything else is framed by nobody.
        let isFrame = response.headers[.contentSecurityPolicy] != nil
        for (name, value) in fields {
            guard let field = HTTPField.Name(name), response.headers[field] == nil else { continue }
            if isFrame, name == "X-Frame-Options" || name == "Cross-Origin-Resource-Policy" { continue }
            response.headers[field] = value
        }
        if isSecure, let field = HTTPField.Name("Strict-Transport-Security") {
            response.headers[field] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
