import HTTPTypes
import Hummingbird
import Synchronization

/// Which methods an address answers to, for those asked with another. Filled once, when every route is known.
final class RouteMethods: Sendable {
    private struct Route {
        /// Nil stands for any part.
        var parts: [String?]
        var methods: Set<String>
    }

    /// What the router calls a request that met no route.
    static let noRoute = "NotFound"

    private let routes = Mutex<[Route]>([])

    func fill(_ descriptions: [Router<SiteContext>.RouteDescription]) {
        var byPath: [String: Set<String>] = [:]
        for one in descriptions {
            byPath["\(one.path)", default: []].insert(one.method.rawValue)
            if one.method == .get { byPath["\(one.path)", default: []].insert("HEAD") }
        }
        let found = byPath.map { path, methods in
            Route(
                parts: path.split(separator: "/").map { $0.contains { ":{*".contains($0) } ? nil : String($0) },
                methods: methods)
        }
        routes.withLock { $0 = found }
    }

    /// The value of an `Allow` header; nil where no route has this address.
    func allowed(at path: String) -> String? {
        let parts = path.split(separator: "/")
        var methods: Set<String> = []
        routes.withLock { routes in
            for route in routes where route.parts.count == parts.count {
                if zip(route.parts, parts).allSatisfy({ $0 == nil || $0.map { $0[...] } == $1 }) {
                    methods.formUnion(route.methods)
                }
            }
        }
        return methods.isEmpty ? nil : methods.sorted().joined(separator: ", ")
    }
}
