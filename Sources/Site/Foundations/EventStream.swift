import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Server-sent events: what happens, told to a page that stays open.
struct EventStream<Item: Sendable>: Sendable {
    let items: AsyncStream<Item>
    /// After how long a browser that lost the line comes back.
    var retryAfter: Duration
    /// How many items wait for a slow reader; older ones are dropped, never the newest.
    var keeps: Int
    /// The shortest time between two events; what comes in between waits (and may be overtaken, see ``keeps``).
    var pause: Duration?

    /// The answer to the request: one event an item, and a comment every quarter of a minute, which keeps proxies from
    /// closing a quiet line and finds out that a browser has gone. Ends with the items, or when the server is told to stop.
    func response(_ event: @escaping @Sendable (Item) throws -> ByteBuffer) -> Response {
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "retry: \(retryAfter.milliseconds)\n\n"))
            // A place more than items: a heartbeat must not push out the newest of them.
            let (beats, beat) = AsyncStream.makeStream(of: Item?.self, bufferingPolicy: .bufferingNewest(keeps + 1))
            try await withGracefulShutdownHandler {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await item in items { beat.yield(item) }
                        beat.finish()
                    }
                    group.addTask {
                        while true {
                            try await Task.sleep(for: .seconds(15))
                            beat.yield(nil)
                        }
                    }
                    for await item in beats {
                        guard let item else {
                            try await writer.write(ByteBuffer(string: ":\n\n"))
                            continue
                        }
                        try await writer.write(try event(item))
                        if let pause { try await Task.sleep(for: pause) }
                    }
                    group.cancelAll()
                }
            } onGracefulShutdown: {
                beat.finish()
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}

/// One event with HTML as its data, brought to a single line: a line end would end the data.
func serverSentEvent(_ name: String, html: String) -> ByteBuffer {
    let line = html.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: " ")
    return ByteBuffer(string: "event: \(name)\ndata: \(line)\n\n")
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
