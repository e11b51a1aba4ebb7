import Dispatch
import Experience

/// Has the server look at how its tables are filled while they are new. Until the server does so by itself, a minute
/// later or more, it takes every table for nearly empty and any index for as good as another; an intake at full speed
/// would by then have slowed down to the speed of reading a service's journeys for every event.
final class PostgresStatistics: @unchecked Sendable {
    private static let tables = "event, event_key, journey, promise"
    private static let first = 250
    /// From here on the server's own rounds come in time.
    private static let last = 1_000_000

    private let uri: String
    private let queue = DispatchQueue(label: "throughline.statistics", qos: .utility)
    // Confined to the writer's thread.
    private var stored = 0
    private var next = PostgresStatistics.first

    init(uri: String) {
        self.uri = uri
    }

    /// Tells of events stored. Never waits: the server is asked on a thread and a connection of their own.
    func count(_ events: Int) {
        stored += events
        guard stored >= next, next <= PostgresStatistics.last else { return }
        while next <= stored { next *= 4 }
        queue.async { [uri] in
            // Whoever can't be reached now is asked again when the record has grown fourfold.
            guard let connection = try? PostgresConnection(uri: uri, name: "throughline statistics") else { return }
            _ = try? connection.execute("ANALYZE \(PostgresStatistics.tables)")
        }
    }
}
