internal import Experience
internal import Site
internal import Synchronization

/// Hands responses to everyone who watches a service. One reader of the record serves all of them; a slow watcher
/// loses the oldest it has not seen, never the writer's time.
final class ResponseHub: Sendable {
    private struct Followers {
        var next = 0
        var all: [ServiceID: [Int: AsyncStream<RecentResponse>.Continuation]] = [:]
    }

    private let followers = Mutex(Followers())

    func follow(_ service: ServiceID) -> AsyncStream<RecentResponse> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: RecentResponse.self, bufferingPolicy: .bufferingNewest(64))
        let id = followers.withLock { followers in
            followers.next += 1
            followers.all[service, default: [:]][followers.next] = continuation
            return followers.next
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.followers.withLock { $0.all[service]?.removeValue(forKey: id) }
        }
        return stream
    }

    func publish(_ events: [RecordedEvent]) {
        let interested = followers.withLock { $0.all.filter { !$0.value.isEmpty } }
        guard !interested.isEmpty else { return }
        for recorded in events where recorded.event.kind == .response || recorded.event.kind == .outcome {
            guard let watching = interested[recorded.event.service] else { continue }
            let response = RecentResponse(recorded)
            for one in watching.values { one.yield(response) }
        }
    }
}
