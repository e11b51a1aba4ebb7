internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#endif

/// How many connections are held at a time, and how long one may say nothing.
///
/// Each takes a file descriptor, and a process without any left can't open its database, and on Linux is ended by the
/// run time of its own threads. So connections beyond what the system allows, less what the program needs itself, wait
/// until others have gone.
enum ConnectionLimits {
    /// A connection on which nothing is asked, or whose request does not go on, is closed after this. A page that is
    /// being answered, such as one with live updates, is not touched.
    static let http1 = HTTP1Channel.Configuration(idleTimeout: .seconds(75))

    /// Asks the system for as many descriptors as it grants, and keeps some for the program itself.
    static func available(_ logger: Logger) -> MaximumAvailableConnections {
        .maximum(connections(ofDescriptors: raised()), logger: logger)
    }

    /// Files, threads' own and the database's connections: an eighth, and at least 96.
    static func connections(ofDescriptors count: Int) -> Int { max(16, count - max(96, count / 8)) }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = Int32(RLIMIT_NOFILE)
    #endif

    private static func raised() -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            var more = limit
            more.rlim_cur = min(limit.rlim_max, 1_048_576)
            if setrlimit(resource, &more) == 0 { limit = more }
        }
        return Int(clamping: min(limit.rlim_cur, 1_048_576))
    }
}
