import CPostgres
import Experience
import Foundation
import Synchronization

/// Listens for commits of other programs, on a thread and a connection of its own. Where notifications do not come
/// through (some connection poolers drop them) it looks by itself every second.
final class PostgresFollower: Sendable {
    private enum State { case idle, running, stopped }

    private let uri: String
    private let state = Mutex(State.idle)
    /// Our own writer's process at the server: its commits are known here before they are told of.
    private let own = Atomic<Int32>(0)

    init(uri: String) { self.uri = uri }

    func start(_ wake: @escaping @Sendable (Int64) -> Void) {
        let starts = state.withLock { state in
            guard state == .idle else { return false }
            state = .running
            return true
        }
        guard starts else { return }
        let thread = Thread { [self] in
            var last: Int64 = -1
            while isRunning {
                _ = try? listen(&last, wake)
                if isRunning { Thread.sleep(forTimeInterval: 0.5) }
            }
        }
        thread.name = "record-follower"
        thread.start()
    }

    func ignore(_ backend: Int32) { own.store(backend, ordering: .relaxed) }

    func stop() { state.withLock { $0 = .stopped } }

    private var isRunning: Bool { state.withLock { $0 == .running } }

    private func listen(_ last: inout Int64, _ wake: (Int64) -> Void) throws(StorageError) {
        let connection = try PostgresConnection(uri: uri, name: "throughline follower")
        try connection.execute("LISTEN throughline")
        var quiet = 0
        while isRunning {
            let newest = try newest(connection)
            if newest > last {
                if last >= 0 { wake(newest) }
                last = newest
            }
            quiet = 0
            while isRunning, quiet < 5 {
                var socket = pollfd(fd: PQsocket(connection.pointer), events: Int16(POLLIN), revents: 0)
                if poll(&socket, 1, 200) == 0 {
                    quiet += 1
                    continue
                }
                guard PQconsumeInput(connection.pointer) == 1 else {
                    throw StorageError(connection: connection.pointer, result: nil)
                }
                var heard = false
                while let notice = PQnotifies(connection.pointer) {
                    if notice.pointee.be_pid != own.load(ordering: .relaxed) { heard = true }
                    PQfreemem(notice)
                }
                if heard { break }
            }
        }
    }

    private func newest(_ connection: PostgresConnection) throws(StorageError) -> Int64 {
        try connection.execute("BEGIN READ ONLY; \(PostgresPolicy.scope(nil))")
        let newest = try Session(connection).integer("SELECT coalesce(max(sequence), 0) FROM event")
        try connection.execute("COMMIT")
        return newest
    }
}
