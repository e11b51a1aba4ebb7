import CSQLiteSetup
import Experience
import Foundation
import GRDB
import GRDBSQLite

extension Record {
    static func openPool(directory: String, options: RecordOptions) throws(StorageError) -> DatabasePool {
        let files = FileManager.default
        var isDirectory: ObjCBool = false
        if !files.fileExists(atPath: directory, isDirectory: &isDirectory) {
            do {
                try files.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw .cannotOpen(path: directory, why: "it could not be made")
            }
        } else if !isDirectory.boolValue {
            throw .cannotOpen(path: directory, why: "it is a file")
        }
        _ = isSetUp
        let path = directory + "/" + fileName
        let pool: DatabasePool
        do {
            pool = try DatabasePool(path: path, configuration: configuration(options))
            try prepare(pool, options)
        } catch let error as StorageError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode.rawValue {
            case SQLITE_NOTADB: throw .notADatabase(path: path)
            case SQLITE_CANTOPEN: throw .cannotOpen(path: directory, why: "the database file can't be made or read")
            default: throw StorageError(error)
            }
        } catch {
            throw StorageError(error)
        }
        return pool
    }

    /// Once a process, before its first connection; where a connection stood before, SQLite goes on as it was.
    private static let isSetUp = throughline_sqlite_without_statistics() == SQLITE_OK

    private static func configuration(_ options: RecordOptions) -> Configuration {
        var configuration = Configuration()
        configuration.label = "throughline"
        configuration.maximumReaderCount = max(1, options.readers)
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA mmap_size = 268435456")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    private static func prepare(_ pool: DatabasePool, _ options: RecordOptions) throws {
        try pool.writeWithoutTransaction { database in
            // GRDB opens WAL with NORMAL, which may lose the last commits with the power; acknowledged means kept.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA cache_size = -65536")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            let session = Session(database: database)
            try database.inTransaction(.immediate) {
                try session.migrate()
                if let keys = options.vaultKeys { try session.prove(keys, at: options.now()) }
                return .commit
            }
        }
    }
}
