import Experience
import Foundation
import GRDB
import GRDBSQLite

/// The record: the append-only log of events in one database, the views derived from it, the vault and the accounts.
///
/// A facade over one data directory (`throughline.db` inside). Values in, values out; every call is safe from any
/// task. SQLite blocks its own threads (one that writes, a few that read), never the cooperative pool.
///
/// | to | call |
/// |---|---|
/// | open, close | ``open(path:options:)``, ``close()`` |
/// | append | ``append(_:)-([Event])`` for events; ``append(_:)-(Submission)`` for events with words and a tracking code, all or nothing |
/// | read events | ``events(of:agency:)``, ``tail(after:limit:)``, ``lastSequence()``, ``responses(service:agency:period:after:limit:)`` |
/// | read journeys | ``journey(_:agency:)``, ``journeys(_:)`` by page, ``counts(_:)``, ``openPromises(_:)``, ``journey(trackedBy:)`` |
/// | follow | ``committed``: wakes after each commit with the newest sequence number |
/// | mend | ``rebuild(progress:)``, ``viewsDigest()`` |
/// | personal words | ``keep(_:)``, ``words(of:reader:)``, ``erase(_:by:)`` |
/// | accounts | ``accounts``: sign-in, sessions, API keys, audit |
///
/// An append returns only after the commit that holds it is durable (WAL, `synchronous = FULL`); concurrent callers
/// share one commit. When a commit fails, nobody in it is acknowledged and nothing of it is stored.
package final class Record: Sendable {
    let pool: DatabasePool
    let writer: Writer
    let options: RecordOptions
    let broadcast: CommitBroadcast
    /// Passwords are hashed here, at most two at a time: the work is made to be dear.
    let hashing: BlockingWork

    private init(pool: DatabasePool, options: RecordOptions) {
        self.pool = pool
        self.options = options
        broadcast = CommitBroadcast()
        writer = Writer(pool: pool, options: options, broadcast: broadcast)
        hashing = BlockingWork(label: "throughline.passwords", width: 2)
    }

    package static let fileName = "throughline.db"

    /// Opens the data directory, making it and the database when they are missing, and brings the schema up to date.
    package static func open(
        path: String, options: RecordOptions = RecordOptions()
    ) async throws(StorageError) -> Record {
        try await BlockingWork(label: "throughline.open", width: 1).run { () throws(StorageError) in
            Record(pool: try openPool(directory: path, options: options), options: options)
        }
    }

    /// Finishes every append under way, then lets the database go. Later calls fail with ``StorageError/closed``.
    package func close() async {
        let (writer, pool, broadcast) = (writer, pool, broadcast)
        _ = try? await BlockingWork(label: "throughline.close", width: 1).run { () throws(StorageError) in
            writer.close()
            broadcast.finish()
            do { try pool.close() } catch { throw StorageError(error) }
        }
    }

    /// A stream of the newest sequence number after each commit. Any number may follow; a slow one misses numbers in
    /// between, never the newest.
    package var committed: AsyncStream<Int64> { broadcast.follow() }

    /// Runs a read on a thread of its own, on one snapshot of the database.
    func read<T: Sendable>(
        _ body: @escaping @Sendable (Session) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        do {
            return try await pool.read { database in try body(Session(database: database)) }
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a write in the writer's next commit; it is undone alone when it is refused. Returns after the commit.
    func write<T: Sendable>(
        weight: Int = 1, _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        try await submit(weight: weight) { (transaction) throws(StorageError) in
            try transaction.session.savepoint { () throws(StorageError) in try body(transaction) }
        }
    }

    /// As ``write(weight:_:)``, without a savepoint: the body must undo by itself what it can't finish.
    func submit<T: Sendable>(
        weight: Int, _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        let result: Result<T, StorageError> = await withCheckedContinuation { waiting in
            writer.enqueue(
                Writer.Job(
                    weight: weight,
                    work: { (transaction) throws(StorageError) in
                        let value = try body(transaction)
                        return { waiting.resume(returning: .success(value)) }
                    },
                    fail: { waiting.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }
}
