import GRDB
import GRDBSQLite

/// One connection inside one transaction or snapshot: statements are prepared once for each connection and kept.
struct Session {
    let database: Database

    func prepare(_ sql: String) throws(StorageError) -> Prepared {
        do {
            return Prepared(try database.cachedStatement(sql: sql))
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a statement; gives the number of rows changed.
    @discardableResult
    func run(_ sql: String, _ values: SQLValue...) throws(StorageError) -> Int {
        try run(sql, values: values)
    }

    @discardableResult
    func run(_ sql: String, values: [SQLValue]) throws(StorageError) -> Int {
        let statement = try bound(sql, values)
        return try statement.run()
    }

    /// The rows a query gives, read one by one.
    func rows<T>(
        _ sql: String, _ values: [SQLValue] = [], _ read: (Prepared) throws(StorageError) -> T
    ) throws(StorageError) -> [T] {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        var found: [T] = []
        while try statement.step() { found.append(try read(statement)) }
        return found
    }

    /// The first row, if there is one.
    func row<T>(
        _ sql: String, _ values: [SQLValue] = [], _ read: (Prepared) throws(StorageError) -> T
    ) throws(StorageError) -> T? {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        return try statement.step() ? try read(statement) : nil
    }

    func forEach(
        _ sql: String, _ values: [SQLValue] = [], _ body: (Prepared) throws(StorageError) -> Void
    ) throws(StorageError) {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        while try statement.step() { try body(statement) }
    }

    func integer(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> Int64 {
        try row(sql, values) { (row) throws(StorageError) in row.integer(0) } ?? 0
    }

    /// Statements that are run once and not kept: definitions of tables.
    func define(_ sql: String) throws(StorageError) {
        do { try database.execute(sql: sql) } catch { throw StorageError(error) }
    }

    /// Runs the body so that its failure undoes its own writes and nothing else. Rethrows; when the failure ended
    /// the whole transaction (disk full, I/O), nothing more can be written in it.
    func savepoint<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
        try run("SAVEPOINT part")
        do throws(StorageError) {
            let value = try body()
            try run("RELEASE part")
            return value
        } catch {
            if isInTransaction {
                try run("ROLLBACK TO part")
                try run("RELEASE part")
            }
            throw error
        }
    }

    /// False once an error has made SQLite give the transaction up.
    var isInTransaction: Bool { sqlite3_get_autocommit(database.sqliteConnection) == 0 }

    private func bound(_ sql: String, _ values: [SQLValue]) throws(StorageError) -> Prepared {
        let statement = try prepare(sql)
        for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
        return statement
    }
}
