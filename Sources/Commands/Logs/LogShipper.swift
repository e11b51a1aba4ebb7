package import Experience
package import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Storage
internal import Synchronization

/// Sends log lines to a log server too. The local log stays the whole one: while the server is away lines wait here up
/// to a bound, then the oldest are left out and counted; nobody who logs ever waits.
///
/// Syslog has no receipts: lines under way when a connection breaks may be missing there, or come twice.
package final class LogShipper: Service {
    /// What waits at most.
    package static let lineLimit = 20_000
    private static let byteLimit = 16 << 20
    private static let batch = 256 << 10

    private struct Queue: Sendable {
        var frames: [[UInt8]] = []
        var bytes = 0
        /// Lines left out since the last were sent.
        var lost = 0
        var isStopping = false

        mutating func bound() {
            var over = 0
            while over < frames.count, frames.count - over > LogShipper.lineLimit || bytes > LogShipper.byteLimit {
                bytes -= frames[over].count
                over += 1
            }
            // Room for some more, so that a long outage doesn't move the queue for every line.
            if over > 0 {
                let more = min(frames.count, over + LogShipper.lineLimit / 10)
                for frame in frames[over..<more] { bytes -= frame.count }
                frames.removeFirst(more)
                lost += more
            }
        }

        mutating func takeBatch() -> [[UInt8]] {
            var (count, size) = (0, 0)
            while count < frames.count, size < LogShipper.batch {
                size += frames[count].count
                count += 1
            }
            bytes -= size
            defer { frames.removeFirst(count) }
            return Array(frames[..<count])
        }

        mutating func putBack(_ batch: [[UInt8]]) {
            frames = batch + frames
            bytes += batch.reduce(0) { $0 + $1.count }
            bound()
        }
    }

    private let link: SyslogLink
    private let frame: SyslogFrame
    private let now: @Sendable () -> Instant
    /// Writes to the local log only.
    private let local: Logger
    private let queue = Mutex(Queue())
    private let isAway = Mutex(false)
    private let firstPause: Duration

    /// - Parameters:
    ///   - authorities: PEM file of the certificates to trust; nil for those of the system.
    ///   - local: a logger that does not come here.
    package init(
        _ address: SyslogAddress, authorities: String? = nil, frame: SyslogFrame = SyslogFrame(),
        now: @escaping @Sendable () -> Instant = { .now }, firstPause: Duration = .seconds(1), local: Logger
    ) throws {
        link = try SyslogLink(address, authorities: authorities)
        self.frame = frame
        self.now = now
        self.firstPause = firstPause
        self.local = local
    }

    /// Takes a line to be sent; never waits.
    package func take(_ level: Logger.Level, at: Instant, _ line: String) {
        let bytes = frame.bytes(level, at: at, line)
        queue.withLock { queue in
            queue.frames.append(bytes)
            queue.bytes += bytes.count
            queue.bound()
        }
    }

    /// Lines that wait to be sent.
    package var waiting: Int { queue.withLock { $0.frames.count } }

    package func run() async throws {
        await withGracefulShutdownHandler {
            var pause = firstPause
            while !Task.isCancelled {
                do {
                    try await ship()
                } catch {
                    if !isAway.withLock({ $0.exchange(true) }) {
                        pause = firstPause
                        local.warning(
                            "the log server can't be reached; lines stay in this log only until it can",
                            metadata: ["server": "\(link.address)", "reason": "\(SyslogLink.brief(error))"])
                    }
                }
                if queue.withLock({ $0.isStopping }) { return }
                let wait = pause
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
                pause = min(pause * 2, .seconds(30))
            }
        } onGracefulShutdown: {
            self.queue.withLock { $0.isStopping = true }
        }
    }

    /// Sends over one connection until that ends, or until we stop and everything is sent.
    private func ship() async throws {
        let connection = try await link.connect()
        let channel = connection.channel
        try await connection.executeThenClose { inbound, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for try await _ in inbound {}
                    throw ConnectionEnded()
                }
                group.addTask { try await self.pump(over: channel) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    private func pump(over channel: any NIOCore.Channel) async throws {
        while true {
            let (batch, lost, isStopping) = queue.withLock { queue in
                (queue.takeBatch(), queue.lost, queue.isStopping)
            }
            if batch.isEmpty, lost == 0 {
                if isStopping { return }
                try await Task.sleep(for: .milliseconds(200))
                continue
            }
            var bytes = Array(batch.joined())
            if lost > 0 {
                bytes += frame.bytes(
                    .warning, at: now(), "\(lost) log lines were not sent here; they are in the server's own log")
            }
            do { try await SyslogLink.send(bytes, over: channel) } catch {
                queue.withLock { $0.putBack(batch) }
                throw error
            }
            queue.withLock { $0.lost -= lost }
            if isAway.withLock({ $0.exchange(false) }) {
                local.notice("log lines reach the log server again", metadata: ["server": "\(link.address)"])
            }
        }
    }
}

/// The log server hung up.
private struct ConnectionEnded: Error, CustomStringConvertible {
    var description: String { "it ended the connection" }
}

extension Bool {
    /// Sets it, and gives what it was.
    fileprivate mutating func exchange(_ new: Bool) -> Bool {
        defer { self = new }
        return self
    }
}
