import HTTPTypes
import Hummingbird

/// What browsers are told on every answer. No inline script or style, no other host, no framing.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'"

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
        for (name, value) in fields {
            if let field = HTTPField.Name(name) { response.headers[field] = value }
        }
        if isSecure, let field = HTTPField.Name("Strict-Transport-Security") {
            response.headers[field] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
