import GRDB
import GRDBSQLite

/// One connection inside one transaction or snapshot: statements are prepared once for each connection and kept.
struct Session {
    enum Link {
        case sqlite(Database)
        case postgres(PostgresConnection)
    }

    let link: Link

    init(database: Database) { link = .sqlite(database) }
    init(_ connection: PostgresConnection) { link = .postgres(connection) }

    var dialect: Dialect {
        switch link {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// - Parameter together: the same for many rows: PostgreSQL is sent them so that nobody waits for one at a time.
    func prepare(_ sql: String, together: ManyRows? = nil) throws(StorageError) -> Prepared {
        let database: Database
        switch link {
        case .postgres(let connection): return Prepared(connection.statement(sql, together: together))
        case .sqlite(let given): database = given
        }
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
        try rows(try bound(sql, values), read)
    }

    /// Sends a question whose answer is read later, by ``rows(_:_:)``: PostgreSQL works on it while others are sent.
    func ask(_ sql: String, _ values: [SQLValue]) throws(StorageError) -> Prepared {
        let statement = try bound(sql, values)
        try statement.ask()
        return statement
    }

    /// The rows that a statement gives, read one by one.
    func rows<T>(
        _ statement: Prepared, _ read: (Prepared) throws(StorageError) -> T
    ) throws(StorageError) -> [T] {
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

    /// As ``rows(_:_:_:)`` for any number of rows: they are not held all at once, and the body may run statements.
    func forEach(
        _ sql: String, _ values: [SQLValue] = [], _ body: (Prepared) throws(StorageError) -> Void
    ) throws(StorageError) {
        if case .postgres = link {
            try stretches(sql, values, body)
            return
        }
        let statement = try bound(sql, values)
        defer { statement.reset() }
        while try statement.step() { try body(statement) }
    }

    func integer(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> Int64 {
        try row(sql, values) { (row) throws(StorageError) in row.integer(0) } ?? 0
    }

    /// Statements that are run once and not kept: definitions of tables.
    func define(_ sql: String) throws(StorageError) {
        switch link {
        case .sqlite(let database):
            do { try database.execute(sql: sql) } catch { throw StorageError(error) }
        case .postgres(let connection): try connection.execute(PostgresSQL.definition(sql))
        }
    }

    /// Runs the body so that its failure undoes its own writes and nothing else. Rethrows; when the failure ended
    /// the whole transaction (disk full, I/O), nothing more can be written in it.
    func savepoint<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
        // What was sent before is not the body's: it fails here.
        try settle()
        try run("SAVEPOINT part")
        do throws(StorageError) {
            let value = try body()
            try settle()
            try run("RELEASE part")
            return value
        } catch {
            if hasTransaction {
                try run("ROLLBACK TO part")
                try run("RELEASE part")
            }
            throw error
        }
    }

    /// Waits for everything that was sent and throws the first failure.
    func settle() throws(StorageError) {
        if case .postgres(let connection) = link { try connection.drain() }
    }

    /// Whether statements may be sent without waiting: then a failure undoes the whole transaction and all of it is
    /// done again, carefully.
    var isHasty: Bool {
        if case .postgres(let connection) = link { !connection.isCareful } else { false }
    }

    /// Whether events that the record has already are looked for before they are stored; else they meet their key.
    var asksForKnown: Bool {
        if case .postgres(let connection) = link { connection.asksForKnown } else { false }
    }

    /// A hasty transaction must be done again.
    func spoil() {
        if case .postgres(let connection) = link { connection.isSpoiled = true }
    }

    /// False once an error has made the database give the transaction up.
    var isInTransaction: Bool {
        switch link {
        case .sqlite: hasTransaction
        case .postgres(let connection): connection.isInTransaction && !connection.isSpoiled
        }
    }

    private var hasTransaction: Bool {
        switch link {
        case .sqlite(let database): sqlite3_get_autocommit(database.sqliteConnection) == 0
        case .postgres(let connection): connection.hasTransaction
        }
    }

    /// Through a cursor: libpq would hold every row of the answer at once.
    private func stretches(
        _ sql: String, _ values: [SQLValue], _ body: (Prepared) throws(StorageError) -> Void
    ) throws(StorageError) {
        try run("DECLARE stretch NO SCROLL CURSOR FOR " + sql, values: values)
        let fetch = try prepare("FETCH 2000 FROM stretch")
        defer { fetch.reset() }
        var isAtEnd = false
        while !isAtEnd {
            var count = 0
            while try fetch.step() {
                count += 1
                try body(fetch)
            }
            fetch.reset()
            isAtEnd = count < 2_000
        }
        try run("CLOSE stretch")
    }

    private func bound(_ sql: String, _ values: [SQLValue]) throws(StorageError) -> Prepared {
        let statement = try prepare(sql)
        for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
        return statement
    }
}
