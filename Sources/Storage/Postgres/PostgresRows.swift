#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Rows of one statement on their way to the server together: each column an array, in the text PostgreSQL reads one
/// from. A statement for a thousand rows costs the server a fraction of a thousand statements.
final class PostgresRows {
    /// The statement that takes the arrays.
    let statement: PostgresStatement
    /// Each of them must change one row.
    let changesOneRow: Bool
    private(set) var count = 0
    private var columns: [[UInt8]]

    /// So many go at a time, so that no array grows without bound.
    static let limit = 1_000

    init(_ statement: PostgresStatement, columns: Int, changesOneRow: Bool) {
        self.statement = statement
        self.changesOneRow = changesOneRow
        self.columns = Array(repeating: [], count: columns)
    }

    /// Takes the values of a row, column by column; then ``endRow()``.
    func add(column: Int, _ value: UnsafeBufferPointer<UInt8>?, isNumber: Bool) {
        if count > 0 { columns[column].append(UInt8(ascii: ",")) } else { columns[column].append(UInt8(ascii: "{")) }
        guard let value else {
            columns[column].append(contentsOf: [0x4E, 0x55, 0x4C, 0x4C])
            return
        }
        if isNumber {
            columns[column].append(contentsOf: value)
            return
        }
        columns[column].append(UInt8(ascii: "\""))
        let isPlain =
            value.baseAddress.map { memchr($0, 0x22, value.count) == nil && memchr($0, 0x5C, value.count) == nil }
            ?? true
        if isPlain {
            columns[column].append(contentsOf: value)
        } else {
            for byte in value {
                if byte == 0x22 || byte == 0x5C { columns[column].append(0x5C) }
                columns[column].append(byte)
            }
        }
        columns[column].append(UInt8(ascii: "\""))
    }

    func endRow() { count += 1 }

    func forget() {
        count = 0
        for at in columns.indices { columns[at].removeAll(keepingCapacity: true) }
    }

    /// Sends what is there and begins anew.
    func send() throws(StorageError) {
        guard count > 0 else { return }
        for at in columns.indices {
            columns[at].append(UInt8(ascii: "}"))
            columns[at].withUnsafeBufferPointer { statement.bind(Int32(at + 1), utf8: $0) }
        }
        let expected = changesOneRow ? count : nil
        forget()
        try statement.sendNow(expecting: expected)
    }
}
