import Experience
import GRDB

/// A record in a file of its own, through GRDB's connections: one that writes, a few that read.
final class SQLiteDriver: RecordDriver, @unchecked Sendable {
    private let pool: DatabasePool
    /// Confined to the writer's thread.
    private var dataVersion: Int64 = -1

    init(directory: String, options: RecordOptions) throws(StorageError) {
        pool = try Record.openPool(directory: directory, options: options)
    }

    func read<T: Sendable>(
        agency: AgencyID?, _ body: @escaping @Sendable (Session) throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        do {
            return try await pool.read { database in try body(Session(database: database)) }
        } catch {
            throw StorageError(error)
        }
    }

    func transaction(
        _ body: (_ session: Session, _ othersWrote: () throws(StorageError) -> Bool) throws(StorageError) -> Void
    ) throws(StorageError) {
        do {
            try pool.writeWithoutTransaction { database in
                let session = Session(database: database)
                try database.inTransaction(.immediate) {
                    try body(session) { () throws(StorageError) in try othersWrote(session) }
                    return .commit
                }
            }
        } catch {
            throw StorageError(error)
        }
    }

    /// Another program that wrote since our last commit has changed this number.
    private func othersWrote(_ session: Session) throws(StorageError) -> Bool {
        let version = try session.integer("PRAGMA data_version")
        defer { dataVersion = version }
        return version != dataVersion && dataVersion >= 0
    }

    /// Programs beside this one are not told of: who follows looks by itself now and then.
    func follow(_ wake: @escaping @Sendable (Int64) -> Void) {}

    func grew(by events: Int) {}

    func close() throws(StorageError) {
        do { try pool.close() } catch { throw StorageError(error) }
    }
}
