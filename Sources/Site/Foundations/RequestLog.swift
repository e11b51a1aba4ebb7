import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// One line a request: its id, route pattern, status and time. The pattern, not the path: paths hold tracking codes.
struct RequestLog: RouterMiddleware {
    private let underWay = RequestsUnderWay()

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        underWay.change(by: 1)
        defer { underWay.change(by: -1) }
        var response = try await next(request, context)
        let spent = ContinuousClock.now - started
        // A path that met no route is somebody's own text: it is neither logged nor a label.
        let route = context.endpointPath ?? "-"
        let method = RequestLog.known.contains(request.method) ? request.method.rawValue : "other"
        let status = response.status.code
        if let field = HTTPField.Name("X-Request-Id") { response.headers[field] = context.id }
        let milliseconds = Double(spent.components.attoseconds) / 1e15 + Double(spent.components.seconds) * 1e3
        context.logger.log(
            level: status >= 500 ? .error : .info, "request",
            metadata: [
                "method": "\(method)", "route": "\(route)", "status": "\(status)",
                "ms": "\((milliseconds * 10).rounded() / 10)",
            ])
        Metrics.Timer(
            label: MetricName.requestSeconds,
            dimensions: [("method", method), ("route", route), ("status", "\(status)")]
        )
        .recordNanoseconds(Int64(milliseconds * 1e6))
        return response
    }

    private static let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .patch, .options]
}

/// Requests that have begun and not been answered.
private struct RequestsUnderWay: Sendable {
    private let meter = Meter(label: MetricName.requestsUnderWay)

    func change(by step: Double) {
        if step > 0 { meter.increment(by: step) } else { meter.decrement(by: -step) }
    }
}
