import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// One line a request: its id, route pattern, status and time. The pattern, not the path: paths hold tracking codes.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var response = try await next(request, context)
        let spent = ContinuousClock.now - started
        let route = context.endpointPath ?? "-"
        let status = response.status.code
        if let field = HTTPField.Name("X-Request-Id") { response.headers[field] = context.id }
        let milliseconds = Double(spent.components.attoseconds) / 1e15 + Double(spent.components.seconds) * 1e3
        context.logger.log(
            level: status >= 500 ? .error : .info, "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(status)",
                "ms": "\((milliseconds * 10).rounded() / 10)",
            ])
        Metrics.Timer(label: "http_request", dimensions: [("route", route), ("status", "\(status)")])
            .recordMilliseconds(milliseconds)
        return response
    }
}
