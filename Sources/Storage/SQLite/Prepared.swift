import Experience
import GRDB
import GRDBSQLite

/// A value bound to a statement or read from a row.
enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])

    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    static func optional(_ integer: Int64?) -> SQLValue { integer.map(SQLValue.integer) ?? .null }
    static func time(_ instant: Instant?) -> SQLValue { optional(instant?.microseconds) }
}

/// A prepared statement of either database. SQLite's is stepped directly: GRDB prepares, caches and owns it; its row
/// layer costs more than the insert itself on the hot path. Confined to the connection's thread.
struct Prepared {
    private let statement: Statement?
    /// SQLite's statement; nil on PostgreSQL.
    private let pointer: OpaquePointer?
    private let remote: PostgresStatement?

    init(_ statement: Statement) {
        self.statement = statement
        pointer = statement.sqliteStatement
        remote = nil
    }

    init(_ remote: PostgresStatement) {
        statement = nil
        pointer = nil
        self.remote = remote
    }

    /// SQLite copies the bytes before bind returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func bind(_ index: Int32, _ value: Int64) {
        guard let pointer else {
            remote?.bind(index, value)
            return
        }
        sqlite3_bind_int64(pointer, index, value)
    }

    func bind(_ index: Int32, _ value: Double) {
        guard let pointer else {
            remote?.bind(index, value)
            return
        }
        sqlite3_bind_double(pointer, index, value)
    }

    func bindNull(_ index: Int32) {
        guard let pointer else {
            remote?.bindNull(index)
            return
        }
        sqlite3_bind_null(pointer, index)
    }

    func bind(_ index: Int32, _ text: String) {
        var text = text
        text.withUTF8 { bind(index, utf8: $0) }
    }

    func bind(_ index: Int32, _ text: String?) {
        if let text { bind(index, text) } else { bindNull(index) }
    }

    func bind(_ index: Int32, _ value: Int64?) {
        if let value { bind(index, value) } else { bindNull(index) }
    }

    /// Text already in UTF-8.
    func bind(_ index: Int32, utf8 bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bind(index, utf8: $0) }
    }

    private func bind(_ index: Int32, utf8: UnsafeBufferPointer<UInt8>) {
        guard let pointer else {
            remote?.bind(index, utf8: utf8)
            return
        }
        if let base = utf8.baseAddress {
            _ = base.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                sqlite3_bind_text(pointer, index, $0, Int32(clamping: utf8.count), Prepared.transient)
            }
        } else {
            sqlite3_bind_text(pointer, index, "", 0, Prepared.transient)
        }
    }

    func bind(_ index: Int32, _ value: SQLValue) {
        switch value {
        case .null: bindNull(index)
        case .integer(let value): bind(index, value)
        case .real(let value): bind(index, value)
        case .text(let value): bind(index, value)
        case .bytes(let bytes): bind(index, bytes: bytes)
        }
    }

    private func bind(_ index: Int32, bytes: [UInt8]) {
        guard let pointer else {
            bytes.withUnsafeBufferPointer { remote?.bind(index, bytes: $0) }
            return
        }
        bytes.withUnsafeBytes { raw in
            if let base = raw.baseAddress {
                _ = sqlite3_bind_blob(pointer, index, base, Int32(clamping: raw.count), Prepared.transient)
            } else {
                _ = sqlite3_bind_zeroblob(pointer, index, 0)
            }
        }
    }

    /// Runs to the next row; false at the end. On an error the statement is reset, so it can be used again.
    func step() throws(StorageError) -> Bool {
        guard let pointer else { return try remote?.step() ?? false }
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let error = StorageError(connection: sqlite3_db_handle(pointer))
            sqlite3_reset(pointer)
            throw error
        }
    }

    /// Sends a question whose rows ``step()`` reads later; SQLite, which is no way off, is asked then.
    func ask() throws(StorageError) { try remote?.ask() }

    /// Runs a statement that gives no rows, and gives the number of rows it changed.
    @discardableResult
    func run() throws(StorageError) -> Int {
        guard let pointer else { return try remote?.run() ?? 0 }
        while try step() {}
        sqlite3_reset(pointer)
        return Int(sqlite3_changes(sqlite3_db_handle(pointer)))
    }

    /// Runs a statement of which nothing is asked. PostgreSQL is sent it with those before and after it, and a
    /// failure shows before the transaction ends.
    ///
    /// - Parameter changesOneRow: anything else is a failure.
    func send(changesOneRow: Bool = false) throws(StorageError) {
        guard pointer != nil else {
            try remote?.send(changesOneRow: changesOneRow)
            return
        }
        try run()
    }

    func reset() {
        guard let pointer else {
            remote?.reset()
            return
        }
        sqlite3_reset(pointer)
    }

    func integer(_ column: Int32) -> Int64 {
        guard let pointer else { return remote?.integer(column) ?? 0 }
        return sqlite3_column_int64(pointer, column)
    }

    func real(_ column: Int32) -> Double {
        guard let pointer else { return remote?.real(column) ?? 0 }
        return sqlite3_column_double(pointer, column)
    }

    func isNull(_ column: Int32) -> Bool {
        guard let pointer else { return remote?.isNull(column) ?? true }
        return sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func text(_ column: Int32) -> String {
        withUTF8(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text column, valid inside the closure.
    func withUTF8<T>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        if let remote { return remote.withText(column, body) }
        guard let pointer, let base = sqlite3_column_text(pointer, column) else {
            return body(UnsafeBufferPointer(start: nil, count: 0))
        }
        return body(UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let pointer else { return remote?.bytes(column) ?? [] }
        guard let base = sqlite3_column_blob(pointer, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(pointer, column))))
    }
}
