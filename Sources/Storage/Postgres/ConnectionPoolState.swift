/// What a pool of connections knows and decides, apart from any connection: each happening gives the actions that
/// follow from it. Connections and those who wait for one are numbers.
///
/// Invariants: never more than `size` connections; nobody waits while a connection is idle; whoever waits is given a
/// connection or an answer.
package struct ConnectionPoolState: Sendable {
    package enum Action: Hashable, Sendable {
        case open(connection: Int)
        /// As `open`, after a pause in milliseconds: the last attempt failed.
        case openLater(connection: Int, pause: Int)
        case close(connection: Int)
        case lease(connection: Int, waiter: Int)
        case fail(waiter: Int, StorageError)
    }

    package let size: Int
    private var idle: [Int] = []
    private var busy: Set<Int> = []
    private var opening: Set<Int> = []
    private var waiting: [(waiter: Int, deadline: Int64)] = []
    private var next = 0
    private var failures = 0
    private var isClosed = false

    package init(size: Int) { self.size = max(1, size) }

    package var count: Int { idle.count + busy.count + opening.count }

    /// - Parameter deadline: on the clock that ``couldNotOpen(_:_:now:)`` is told.
    package mutating func ask(_ waiter: Int, deadline: Int64) -> [Action] {
        guard !isClosed else { return [.fail(waiter: waiter, .closed)] }
        // The one used last: its statements are prepared and warm.
        if let connection = idle.popLast() {
            busy.insert(connection)
            return [.lease(connection: connection, waiter: waiter)]
        }
        waiting.append((waiter, deadline))
        guard count < size, opening.count < waiting.count else { return [] }
        return [.open(connection: begin())]
    }

    package mutating func opened(_ connection: Int) -> [Action] {
        guard opening.remove(connection) != nil else { return [.close(connection: connection)] }
        failures = 0
        guard !isClosed else { return [.close(connection: connection)] }
        return settle(connection)
    }

    package mutating func couldNotOpen(_ connection: Int, _ error: StorageError, now: Int64) -> [Action] {
        guard opening.remove(connection) != nil else { return [] }
        failures += 1
        var actions: [Action] = []
        for one in waiting where one.deadline <= now { actions.append(.fail(waiter: one.waiter, error)) }
        waiting.removeAll { $0.deadline <= now }
        if !isClosed, opening.count < waiting.count, count < size {
            let pause = min(20 << min(failures, 5), 500)
            actions.append(.openLater(connection: begin(), pause: pause))
        }
        return actions
    }

    /// - Parameter isSound: false drops the connection.
    package mutating func giveBack(_ connection: Int, isSound: Bool) -> [Action] {
        guard busy.remove(connection) != nil else { return [] }
        if isSound, !isClosed { return settle(connection) }
        var actions = [Action.close(connection: connection)]
        if !isClosed, opening.count < waiting.count { actions.append(.open(connection: begin())) }
        return actions
    }

    /// Nothing is given out any more; what is in use is closed when it is given back.
    package mutating func close() -> [Action] {
        isClosed = true
        let actions =
            waiting.map { Action.fail(waiter: $0.waiter, .closed) } + idle.map { Action.close(connection: $0) }
        waiting = []
        idle = []
        return actions
    }

    private mutating func begin() -> Int {
        next += 1
        opening.insert(next)
        return next
    }

    private mutating func settle(_ connection: Int) -> [Action] {
        guard !waiting.isEmpty else {
            idle.append(connection)
            return []
        }
        busy.insert(connection)
        return [.lease(connection: connection, waiter: waiting.removeFirst().waiter)]
    }
}
