import Experience
import Synchronization

/// Wakes everyone who follows the record. A slow follower keeps only the newest number, so the writer never waits.
final class CommitBroadcast: Sendable {
    private struct Followers {
        var next = 0
        var all: [Int: AsyncStream<Int64>.Continuation] = [:]
        var isFinished = false
    }

    private let followers = Mutex(Followers())

    func follow() -> AsyncStream<Int64> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        let id: Int? = followers.withLock { followers in
            guard !followers.isFinished else { return nil }
            followers.next += 1
            followers.all[followers.next] = continuation
            return followers.next
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.followers.withLock { $0.all.removeValue(forKey: id) }
        }
        return stream
    }

    func send(_ sequence: Int64) {
        let all = followers.withLock { Array($0.all.values) }
        for one in all { one.yield(sequence) }
    }

    func finish() {
        let all = followers.withLock { followers in
            followers.isFinished = true
            defer { followers.all = [:] }
            return Array(followers.all.values)
        }
        for one in all { one.finish() }
    }
}
