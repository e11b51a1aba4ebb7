import CPostgres
import Experience
import Foundation
import Synchronization

/// A record on a PostgreSQL server.
///
/// **Order.** A transaction that writes begins by counting in the one row of `commit_head`, so commits come one after
/// another, whichever program makes them. Under the lock the next sequence number is the newest one and one more. The
/// server makes a commit durable, then visible, then gives the lock up; so whoever holds the lock sees every earlier
/// commit, and whoever reads sees numbers without gaps and never one that comes late.
///
/// **Lost connections.** Before the commit is sent, nothing is stored: the transaction is done again. Once it was sent,
/// the row of `commit_mark` that was written with it tells, under the lock, whether it went through.
final class PostgresDriver: RecordDriver, @unchecked Sendable {
    private let uri: String
    private let options: RecordOptions
    private let pool: PostgresPool
    private let follower: PostgresFollower
    private let statistics: PostgresStatistics
    private let isClosed = Atomic<Bool>(false)
    /// The name under which this program marks its commits.
    private let writer: String

    // Confined to the writer's thread.
    private var connection: PostgresConnection?
    private var mark: Int64 = 0
    private var head: Int64 = -1
    /// Commits to come for which it is asked which events the record has already: some were sent again of late.
    private var doubtful = 0

    private static let doubtLasts = 200
    private static let attempts = 10
    /// The writer looks a few rows up by their keys in tables that grow under it. Until they are analysed, and with
    /// lists whose length is not known beforehand, the planner would read whole tables and compile that; and it would
    /// plan each list anew.
    private static let habits = """
        SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
        SET plan_cache_mode = force_generic_plan
        """

    init(uri: String, options: RecordOptions) throws(StorageError) {
        self.uri = uri
        self.options = options
        pool = PostgresPool(uri: uri, size: max(1, options.readers), patience: options.patience)
        follower = PostgresFollower(uri: uri)
        statistics = PostgresStatistics(uri: uri)
        var random = SystemRandomNumberGenerator()
        writer = TimeOrderedID(at: options.now(), using: &random).description
        try prepare()
    }

    private func prepare() throws(StorageError) {
        let connection: PostgresConnection
        do throws(StorageError) {
            connection = try PostgresConnection(uri: uri, name: "throughline")
        } catch {
            let place = DatabaseAddress.postgres(uri: uri).description
            guard case .unreachable(let why) = error else { throw error }
            throw .cannotOpen(path: place, why: why)
        }
        try connection.execute("BEGIN; \(PostgresPolicy.scope(nil)); SELECT pg_advisory_xact_lock(7310579)")
        let session = Session(connection)
        do throws(StorageError) {
            try session.migrate()
            try partition(session)
            if let keys = options.vaultKeys { try session.prove(keys, at: options.now()) }
            // Programs that ended long ago ask no more.
            try session.run(
                "DELETE FROM commit_mark WHERE at < ?1",
                .integer(options.now().advanced(by: -7 * Instant.day).microseconds))
            try connection.execute("COMMIT")
        } catch {
            connection.rollBack()
            throw error
        }
    }

    func read<T: Sendable>(
        agency: AgencyID?, _ body: @escaping @Sendable (Session) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        try await pool.run { (connection) throws(StorageError) in
            try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \(PostgresPolicy.scope(agency))")
            do throws(StorageError) {
                let value = try body(Session(connection))
                try connection.execute("COMMIT")
                connection.tidy()
                return value
            } catch {
                connection.rollBack()
                throw error
            }
        }
    }

    func follow(_ wake: @escaping @Sendable (Int64) -> Void) { follower.start(wake) }

    func grew(by events: Int) { statistics.count(events) }

    func close() throws(StorageError) {
        isClosed.store(true, ordering: .relaxed)
        follower.stop()
        pool.close()
        connection = nil
    }

    // MARK: Writing

    private enum Outcome {
        case stored
        /// Nothing was stored.
        case undone(StorageError)
        /// The commit was sent and its answer did not come.
        case unknown
    }

    func transaction(
        _ body: (_ session: Session, _ othersWrote: () throws(StorageError) -> Bool) throws(StorageError) -> Void
    ) throws(StorageError) {
        let deadline = ContinuousClock.now + .microseconds(options.patience)
        var isCareful = false
        var attempt = 0
        while true {
            attempt += 1
            let connection = try connected(by: deadline)
            connection.isCareful = isCareful
            connection.asksForKnown = doubtful > 0
            connection.isSpoiled = false
            switch once(connection, isRepeated: attempt > 1, body) {
            case .stored:
                doubtful = max(0, doubtful - 1)
                return
            case .unknown:
                self.connection = nil
                if try wentThrough(by: deadline) { return }
            case .undone(let error):
                let isSound = connection.isSound
                if isSound { connection.rollBack() } else { self.connection = nil }
                switch error {
                case .unreachable where ContinuousClock.now < deadline:
                    self.connection = nil
                    Thread.sleep(forTimeInterval: 0.05)
                case .contended where attempt < PostgresDriver.attempts:
                    Thread.sleep(forTimeInterval: Double.random(in: 0...0.01) * Double(attempt))
                    isCareful = true
                default:
                    guard !isCareful, isSound, error != .cancelled, error != .full else { throw error }
                    guard connection.isSpoiled else { throw error }
                    if doubtful == 0 {
                        // Most often an event that was sent before.
                        doubtful = PostgresDriver.doubtLasts
                    } else {
                        // Somebody's statement failed: find out whose.
                        isCareful = true
                    }
                }
            }
        }
    }

    private func once(
        _ connection: PostgresConnection, isRepeated: Bool,
        _ body: (_ session: Session, _ othersWrote: () throws(StorageError) -> Bool) throws(StorageError) -> Void
    ) -> Outcome {
        var number: Int64 = -1
        let session = Session(connection)
        do throws(StorageError) {
            try keepPartitions(connection)
            // In one go: every wait for the server is time under the lock or before it.
            try connection.statement("BEGIN").sendNow()
            try connection.statement(PostgresPolicy.scope(nil)).sendNow()
            let lock = try session.ask(
                "UPDATE commit_head SET number = number + 1 WHERE id = 1 RETURNING number", [])
            try body(session) { () throws(StorageError) in
                let numbers: [Int64] = try session.rows(lock) { (row) throws(StorageError) in row.integer(0) }
                guard let given = numbers.first else {
                    throw .damaged("the row of commit_head is gone; restore the newest backup.")
                }
                number = given
                return isRepeated || given != head + 1
            }
            guard !connection.isSpoiled else { throw .contended }
            try sign(session)
        } catch {
            return .undone(error)
        }
        do throws(StorageError) {
            try connection.commit()
        } catch {
            // All answers came: one of them says what failed, before the end.
            if connection.isSound { return .undone(error) }
            return .unknown
        }
        head = number
        connection.tidy()
        return .stored
    }

    /// Marks the commit as ours and tells those who follow.
    private func sign(_ session: Session) throws(StorageError) {
        mark += 1
        let statement = try session.prepare(
            """
            WITH mark AS (
              INSERT INTO commit_mark (writer, mark, at) VALUES (?1, ?2, ?3)
              ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark, at = excluded.at
            )
            SELECT pg_notify('throughline', '')
            """)
        statement.bind(1, writer)
        statement.bind(2, mark)
        statement.bind(3, options.now().microseconds)
        try statement.send()
    }

    /// Whether the last transaction was stored. The lock is had only once the server is done with it; and what is
    /// written here is durable no sooner than what came before it, on the replicas too.
    private func wentThrough(by deadline: ContinuousClock.Instant) throws(StorageError) -> Bool {
        while true {
            let connection = try connected(by: deadline)
            do throws(StorageError) {
                try connection.execute("BEGIN; \(PostgresPolicy.scope(nil))")
                let session = Session(connection)
                _ = try session.integer("SELECT number FROM commit_head WHERE id = 1 FOR UPDATE")
                let found = try session.integer("SELECT mark FROM commit_mark WHERE writer = ?1", [.text(writer)])
                try session.run("UPDATE commit_head SET number = number + 1 WHERE id = 1")
                guard try connection.execute("COMMIT") == "COMMIT" else { throw .contended }
                return found == mark
            } catch {
                connection.rollBack()
                self.connection = nil
                guard ContinuousClock.now < deadline else { throw error }
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
    }

    private func connected(by deadline: ContinuousClock.Instant) throws(StorageError) -> PostgresConnection {
        if let connection, connection.isSound { return connection }
        var pause = 0.02
        while true {
            do throws(StorageError) {
                let made = try PostgresConnection(uri: uri, name: "throughline writer")
                try made.execute(PostgresDriver.habits)
                connection = made
                follower.ignore(made.backend)
                return made
            } catch {
                guard ContinuousClock.now < deadline, !isClosed.load(ordering: .relaxed) else { throw error }
                Thread.sleep(forTimeInterval: pause)
                pause = min(pause * 1.5, 0.5)
            }
        }
    }

    /// Once a month, in a transaction of its own: making a partition keeps readers out until it ends.
    private func keepPartitions(_ connection: PostgresConnection) throws(StorageError) {
        guard let month = EventMonth(of: options.now()), !connection.partitions.contains(month.name) else { return }
        try connection.execute("BEGIN; \(PostgresPolicy.scope(nil)); SELECT pg_advisory_xact_lock(7310579)")
        try partition(Session(connection))
        try connection.execute("COMMIT")
        connection.partitions.insert(month.name)
    }

    /// This month's partition, and the next one's, so that nobody waits for it at midnight.
    private func partition(_ session: Session) throws(StorageError) {
        guard let month = EventMonth(of: options.now()) else { return }
        try session.makeRoom(for: [month.from, month.to])
    }
}
