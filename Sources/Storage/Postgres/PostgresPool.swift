import Dispatch
import Synchronization

/// Connections for reading. ``ConnectionPoolState`` decides; each connection has a queue, whose thread is the only one
/// that blocks.
final class PostgresPool: Sendable {
    private typealias Lease = @Sendable (Result<PostgresPlace, StorageError>) -> Void

    private struct Inside {
        var state: ConnectionPoolState
        var places: [Int: PostgresPlace] = [:]
        var leases: [Int: Lease] = [:]
        var nextWaiter = 0
    }

    /// Everything is read by a key; until a table is analysed the planner would rather read the whole of it.
    private static let habits = "SET enable_seqscan = off; SET jit = off"

    private let uri: String
    private let patience: Int64
    private let inside: Mutex<Inside>

    init(uri: String, size: Int, patience: Int64) {
        self.uri = uri
        self.patience = patience
        inside = Mutex(Inside(state: ConnectionPoolState(size: size)))
    }

    /// Runs the body with a connection on its thread. A lost connection is replaced and the body runs again, until
    /// patience ends.
    func run<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        let deadline = PostgresPool.now + patience
        while true {
            let result: Result<T, StorageError> = await withCheckedContinuation { waiting in
                ask(deadline: deadline) { lease in
                    switch lease {
                    case .failure(let error): waiting.resume(returning: .failure(error))
                    case .success(let place):
                        place.queue.async { waiting.resume(returning: self.use(place, body)) }
                    }
                }
            }
            switch result {
            case .success(let value): return value
            case .failure(.unreachable), .failure(.contended):
                guard PostgresPool.now < deadline else { return try result.get() }
            case .failure(let error): throw error
            }
        }
    }

    func close() { perform(inside.withLock { $0.state.close() }) }

    private func use<T>(
        _ place: PostgresPlace, _ body: (PostgresConnection) throws(StorageError) -> T
    ) -> Result<T, StorageError> {
        guard let connection = place.connection else { return .failure(.closed) }
        let result: Result<T, StorageError>
        do throws(StorageError) {
            result = .success(try body(connection))
        } catch {
            result = .failure(error)
        }
        var isSound = connection.isSound
        if case .failure(.unreachable) = result { isSound = false }
        perform(inside.withLock { $0.state.giveBack(place.number, isSound: isSound) })
        return result
    }

    private func ask(deadline: Int64, _ lease: @escaping Lease) {
        perform(
            inside.withLock { inside in
                inside.nextWaiter += 1
                inside.leases[inside.nextWaiter] = lease
                return inside.state.ask(inside.nextWaiter, deadline: deadline)
            })
    }

    private func perform(_ actions: [ConnectionPoolState.Action]) {
        for action in actions {
            switch action {
            case .open(let number): open(number, after: 0)
            case .openLater(let number, let pause): open(number, after: pause)
            case .close(let number):
                let place = inside.withLock { $0.places.removeValue(forKey: number) }
                // On its own thread, after whatever still runs there.
                place?.queue.async { place?.connection = nil }
            case .lease(let number, let waiter):
                let (lease, place) = inside.withLock { ($0.leases.removeValue(forKey: waiter), $0.places[number]) }
                if let lease, let place { lease(.success(place)) }
            case .fail(let waiter, let error):
                inside.withLock { $0.leases.removeValue(forKey: waiter) }?(.failure(error))
            }
        }
    }

    private func open(_ number: Int, after pause: Int) {
        let place = PostgresPlace(number: number)
        place.queue.asyncAfter(deadline: .now() + .milliseconds(pause)) { [self] in
            do throws(StorageError) {
                let connection = try PostgresConnection(uri: uri, name: "throughline reader")
                try connection.execute(PostgresPool.habits)
                place.connection = connection
                perform(
                    inside.withLock { inside in
                        inside.places[number] = place
                        return inside.state.opened(number)
                    })
            } catch {
                let reason = error
                perform(inside.withLock { $0.state.couldNotOpen(number, reason, now: PostgresPool.now) })
            }
        }
    }

    /// Microseconds on a clock that is never set.
    private static var now: Int64 { Int64(clamping: DispatchTime.now().uptimeNanoseconds / 1_000) }
}

/// A connection and the queue it is used on; `connection` belongs to that queue.
private final class PostgresPlace: @unchecked Sendable {
    let number: Int
    let queue: DispatchQueue
    var connection: PostgresConnection?

    init(number: Int) {
        self.number = number
        queue = DispatchQueue(label: "throughline.reader.\(number)")
    }
}
