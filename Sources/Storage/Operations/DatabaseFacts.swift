package import Experience
import Foundation
import GRDB

/// What a database says of itself, without changing anything in it: for checks before a start.
package struct DatabaseFacts: Sendable, Hashable {
    /// "SQLite 3.45.1", "PostgreSQL 15.6"
    package var product: String
    /// The newest migration in it; nil where there is no record yet.
    package var schema: Int?
    /// The newest migration this program knows.
    package var knownSchema: Int
    /// The server's own clock, where it has one.
    package var clock: Instant?
    /// When the newest event was recorded.
    package var newestEvent: Instant?
    /// The account we connect with passes by the rules that keep agencies apart.
    package var passesPolicies = false

    /// Connects, asks and closes. Nil for an embedded database that is not there yet.
    package static func read(_ address: DatabaseAddress) async throws(StorageError) -> DatabaseFacts? {
        try await BlockingWork(label: "throughline.look", width: 1).run { () throws(StorageError) in
            switch address {
            case .sqlite(let folder): try embedded(folder + "/" + Record.fileName)
            case .postgres(let uri): try server(uri)
            }
        }
    }

    private static func embedded(_ path: String) throws(StorageError) -> DatabaseFacts? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                let session = Session(database: database)
                let version = try String.fetchOne(database, sql: "SELECT sqlite_version()") ?? "?"
                var facts = DatabaseFacts(product: "SQLite \(version)", schema: nil, knownSchema: Migration.newest)
                if try database.tableExists("schema_migration") { try facts.readRecord(session) }
                return facts
            }
        } catch let error as StorageError {
            throw error
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_NOTADB { throw .notADatabase(path: path) }
            throw StorageError(error)
        } catch {
            throw StorageError(error)
        }
    }

    private static func server(_ uri: String) throws(StorageError) -> DatabaseFacts? {
        let session = Session(try PostgresConnection(uri: uri, name: "throughline doctor"))
        let found = try session.row(
            """
            SELECT current_setting('server_version'), CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT),
              CASE WHEN r.rolsuper OR r.rolbypassrls THEN 1 ELSE 0 END,
              CASE WHEN to_regclass('schema_migration') IS NULL THEN 0 ELSE 1 END
            FROM pg_roles AS r WHERE r.rolname = current_user
            """, []
        ) { (row) throws(StorageError) in (row.text(0), row.integer(1), row.integer(2) == 1, row.integer(3) == 1) }
        guard let (version, clock, passes, isThere) = found else { throw .damaged("the server says nothing of itself") }
        var facts = DatabaseFacts(
            product: "PostgreSQL \(version.prefix { $0 != " " })", schema: nil, knownSchema: Migration.newest,
            clock: Instant(microseconds: clock), passesPolicies: passes)
        if isThere {
            // Without a scope the server shows no agency's events.
            try session.define("SET throughline.agency = '*'")
            try facts.readRecord(session)
        }
        return facts
    }

    private mutating func readRecord(_ session: Session) throws(StorageError) {
        schema = Int(try session.integer("SELECT coalesce(max(number), 0) FROM schema_migration"))
        guard (schema ?? 0) > 0 else { return }
        // The last number, not the highest time: the index is there for it.
        newestEvent = try session.row("SELECT recorded FROM event ORDER BY sequence DESC LIMIT 1", []) {
            (row) throws(StorageError) in Instant(microseconds: row.integer(0))
        }
    }
}
