package import Experience
import Foundation
import Synchronization

/// The record: the append-only log of events in one database, the views derived from it, the vault and the accounts.
///
/// A facade over one data directory (`throughline.db` inside) or one PostgreSQL database. Values in, values out; every
/// call is safe from any task. Databases block their own threads (one that writes, a few that read), never the
/// cooperative pool.
///
/// | to | call |
/// |---|---|
/// | open, close | ``open(_:options:)``, ``close()`` |
/// | append | ``append(_:)-([Event])`` for events; ``append(_:)-(Submission)`` for events with words and a tracking code, all or nothing |
/// | read events | ``events(of:agency:)``, ``tail(after:limit:)``, ``lastSequence()``, ``responses(service:agency:period:after:limit:)`` |
/// | read journeys | ``journey(_:agency:)``, ``journeys(_:)`` by page, ``counts(_:)``, ``openPromises(_:)``, ``journey(trackedBy:)`` |
/// | follow | ``committed``: wakes after each commit with the newest sequence number |
/// | mend | ``rebuild(progress:)``, ``viewsDigest()`` |
/// | check | ``verify(expecting:progress:)``: whether the record is what was appended |
/// | personal words | ``keep(_:)``, ``words(of:reader:)``, ``erase(_:by:)`` |
/// | accounts | ``accounts``: sign-in, sessions, API keys, audit |
///
/// An append returns only after the commit that holds it is durable (WAL, `synchronous = FULL`); concurrent callers
/// share one commit. When a commit fails, nobody in it is acknowledged and nothing of it is stored.
package final class Record: Sendable {
    let driver: any RecordDriver
    let writer: Writer
    let options: RecordOptions
    let broadcast: CommitBroadcast
    let recent: RecentEvents
    /// Passwords are hashed here, at most two at a time: the work is made to be dear.
    let hashing: BlockingWork
    /// How far this program has looked for what webhooks asked for.
    let webhooksLookedThrough = Mutex<Int64>(0)

    private init(driver: any RecordDriver, options: RecordOptions) {
        self.driver = driver
        self.options = options
        broadcast = CommitBroadcast()
        recent = RecentEvents()
        writer = Writer(driver: driver, options: options, broadcast: broadcast, recent: recent)
        hashing = BlockingWork(label: "throughline.passwords", width: 2)
        driver.follow { [broadcast] in broadcast.send($0) }
    }

    package static let fileName = "throughline.db"

    /// Opens the data directory, making it and the database when they are missing, and brings the schema up to date.
    package static func open(
        path: String, options: RecordOptions = RecordOptions()
    ) async throws(StorageError) -> Record {
        try await open(.sqlite(folder: path), options: options)
    }

    /// Opens the database and brings its schema up to date.
    package static func open(
        _ address: DatabaseAddress, options: RecordOptions = RecordOptions()
    ) async throws(StorageError) -> Record {
        try await BlockingWork(label: "throughline.open", width: 1).run { () throws(StorageError) in
            switch address {
            case .sqlite(let folder):
                Record(driver: try SQLiteDriver(directory: folder, options: options), options: options)
            case .postgres(let uri):
                Record(driver: try PostgresDriver(uri: uri, options: options), options: options)
            }
        }
    }

    /// Finishes every append under way, then lets the database go. Later calls fail with ``StorageError/closed``.
    package func close() async {
        let (writer, driver, broadcast) = (writer, driver, broadcast)
        _ = try? await BlockingWork(label: "throughline.close", width: 1).run { () throws(StorageError) in
            writer.close()
            broadcast.finish()
            try driver.close()
        }
    }

    /// The calendars promises are counted by, as they stand now.
    package var calendars: CalendarSet { options.rules.calendars() }

    /// A stream of the newest sequence number after each commit. Any number may follow; a slow one misses numbers in
    /// between, never the newest.
    package var committed: AsyncStream<Int64> { broadcast.follow() }

    /// Runs a read on a thread of its own, on one snapshot of the database. It may run more than once.
    ///
    /// - Parameter agency: whose rows it works on; PostgreSQL gives it no others. Nil for all.
    func read<T: Sendable>(
        agency: AgencyID? = nil, _ body: @escaping @Sendable (Session) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        try await driver.read(agency: agency, body)
    }

    /// Runs a write in the writer's next commit; it is undone alone when it is refused. Returns after the commit. The
    /// body may run more than once, and only its last run counts.
    func write<T: Sendable>(
        weight: Int = 1, _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        try await submit(weight: weight) { (transaction) throws(StorageError) in
            try transaction.undoing { () throws(StorageError) in
                try transaction.session.savepoint { () throws(StorageError) in try body(transaction) }
            }
        }
    }

    /// As ``write(weight:_:)``, without a savepoint: the body must undo by itself what it can't finish.
    ///
    /// - Parameter events: those it will append, so that the writer can look everything up for a whole commit at once.
    func submit<T: Sendable>(
        weight: Int, events: [PreparedEvent] = [],
        _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        let result: Result<T, StorageError> = await withCheckedContinuation { waiting in
            writer.enqueue(
                Writer.Job(
                    weight: weight, events: events,
                    work: { (transaction) throws(StorageError) in
                        let value = try body(transaction)
                        return { waiting.resume(returning: .success(value)) }
                    },
                    fail: { waiting.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }
}
