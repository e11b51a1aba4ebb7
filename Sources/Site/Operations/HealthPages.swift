import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a supervisor, a proxy in front and a metrics collector ask.
///
/// | address | answer |
/// |---|---|
/// | `/health/live` (and `/health`) | 200 while the process answers at all; looks at nothing else |
/// | `/health/ready` | 200 when database, disk and backlog allow work, else 503; JSON by part, warnings too |
/// | `/metrics` | Prometheus' text format: with the token where one is set, or to this machine where no proxy is in front |
struct HealthPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/health") { _, _ in "ok\n" }
        router.get("/health/live") { _, _ in HealthPages.answer("{\"status\":\"live\"}", .ok) }
        router.get("/health/ready", use: ready)
        router.get("/metrics", use: metrics)
    }

    /// These go past cookies, sessions and languages: a probe every second must cost nothing and leave nothing.
    static func owns(_ path: String) -> Bool {
        path == "/metrics" || path == "/health" || path.hasPrefix("/health/")
    }

    private static func answer(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func ready(_ request: Request, _ context: SiteContext) async throws -> Response {
        let checks = await site.services.operations.checks()
        let isReady = checks.allSatisfy { $0.isMet || !$0.isRequired }
        let parts = checks.map { check in
            let word = check.isMet ? "ok" : check.isRequired ? "failing" : "warning"
            return "\(JSONText.string(check.name)):\"\(word)\""
        }
        return HealthPages.answer(
            "{\"status\":\"\(isReady ? "ready" : "not_ready")\",\"checks\":{\(parts.joined(separator: ","))}}",
            isReady ? .ok : .serviceUnavailable)
    }

    private func metrics(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard mayCollect(request, context) else { throw SiteError.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: await site.services.operations.metrics())))
    }

    /// With a token configured, only by it. Without one, only from this machine, and only where no proxy is in front:
    /// through a proxy everybody seems to come from this machine.
    private func mayCollect(_ request: Request, _ context: SiteContext) -> Bool {
        if let token = site.configuration.metricsToken {
            guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
                return false
            }
            // Compared as digests, so that the time taken says nothing of where they differ.
            return SHA256.hash(data: Data(header.dropFirst(7).utf8)) == SHA256.hash(data: Data(token.utf8))
        }
        let forwarding = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].compactMap { HTTPField.Name($0) }
        return site.configuration.addressHeader == nil && HealthPages.isLoopback(context.address)
            && forwarding.allSatisfy { request.headers[$0] == nil }
    }

    static func isLoopback(_ address: String) -> Bool {
        address == "::1" || address == "local" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
