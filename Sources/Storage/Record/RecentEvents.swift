internal import DequeModule
package import Experience
import Synchronization

/// The newest events this program stored: whoever follows the record need not read back what was just written.
///
/// Numbers have no gaps, so a stretch of them is whole, however many programs write. Whether it reaches to the end of the
/// record only the database knows.
package final class RecentEvents: Sendable {
    private struct Held {
        /// The events of one commit each, none empty, in the order of their numbers; and about their size.
        var commits = Deque<(events: [RecordedEvent], bytes: Int)>()
        var bytes = 0
    }

    private let held = Mutex(Held())
    private let capacity: Int

    /// - Parameter capacity: older commits go when so many bytes are held without them.
    package init(capacity: Int = 16 << 20) { self.capacity = capacity }

    /// Takes the events of a commit once it is durable.
    ///
    /// - Parameter bytes: about the memory they take.
    package func add(_ events: [RecordedEvent], bytes: Int) {
        guard let first = events.first else { return }
        held.withLock { held in
            if let last = held.commits.last?.events.last, last.sequence + 1 != first.sequence { held = Held() }
            held.commits.append((events, bytes))
            held.bytes += bytes
            while let oldest = held.commits.first, held.bytes - oldest.bytes >= capacity {
                held.commits.removeFirst()
                held.bytes -= oldest.bytes
            }
        }
    }

    /// The events that follow a number, at least one; nil when the next one is not held.
    package func after(_ sequence: Int64, limit: Int) -> [RecordedEvent]? {
        held.withLock { held in
            guard limit > 0, let first = held.commits.first?.events.first, first.sequence <= sequence + 1,
                let last = held.commits.last?.events.last, last.sequence > sequence
            else { return nil }
            var found: [RecordedEvent] = []
            let wanted = held.commits.lastIndex { ($0.events.first?.sequence ?? 0) <= sequence + 1 } ?? 0
            for (commit, _) in held.commits[wanted...] {
                let skipped = max(0, Int(sequence + 1 - (commit.first?.sequence ?? 0)))
                found += commit.dropFirst(skipped).prefix(limit - found.count)
                if found.count == limit { break }
            }
            return found
        }
    }

    package func forget() { held.withLock { $0 = Held() } }
}
