/// A statement that does for many rows what another does for one, each parameter an array.
struct ManyRows: Sendable {
    let sql: String
    /// A letter for each parameter: i whole numbers, r real ones, t text.
    let types: String
}

/// Rows of one statement on their way to the server together: each column an array, in the binary form PostgreSQL
/// sends one in. A statement for a thousand rows costs the server a fraction of a thousand statements.
final class PostgresRows {
    /// The statement that takes the arrays.
    let statement: PostgresStatement
    private(set) var count = 0
    private var columns: [Column]

    /// So many go at a time, so that no array grows without bound.
    static let limit = 1_000

    private struct Column {
        let type: PostgresType
        var elements: [UInt8] = []
        var hasNulls = false
    }

    /// - Parameter types: see ``ManyRows/types``.
    init(_ statement: PostgresStatement, types: String) {
        self.statement = statement
        columns = types.map { letter in
            switch letter {
            case "i": Column(type: .integer)
            case "r": Column(type: .real)
            default: Column(type: .text)
            }
        }
    }

    // Takes the values of a row, column by column; then ``endRow()``.

    func addNull(column: Int) {
        columns[column].hasNulls = true
        append(UInt32.max, to: column)
    }

    func add(column: Int, _ text: UnsafeBufferPointer<UInt8>) {
        append(UInt32(truncatingIfNeeded: text.count), to: column)
        columns[column].elements.append(contentsOf: text)
    }

    /// A whole number, into a column of either kind of numbers.
    func add(column: Int, _ number: Int64) {
        if columns[column].type == .real { return add(column: column, Double(number)) }
        append(8 as UInt32, to: column)
        append(UInt64(bitPattern: number), to: column)
    }

    func add(column: Int, _ number: Double) {
        append(8 as UInt32, to: column)
        append(number.bitPattern, to: column)
    }

    private func append(_ number: some FixedWidthInteger, to column: Int) {
        withUnsafeBytes(of: number.bigEndian) { columns[column].elements.append(contentsOf: $0) }
    }

    func endRow() { count += 1 }

    func forget() {
        count = 0
        for at in columns.indices {
            columns[at].elements.removeAll(keepingCapacity: true)
            columns[at].hasNulls = false
        }
    }

    /// Sends what is there and begins anew.
    func send() throws(StorageError) {
        guard count > 0 else { return }
        for at in columns.indices {
            // Dimensions, whether there are nulls, the elements' type, how many, the number of the first.
            let head = [1, columns[at].hasNulls ? 1 : 0, columns[at].type.rawValue, UInt32(count), 1]
            statement.bind(Int32(at + 1), arrayOf: columns[at].type, head, columns[at].elements)
        }
        forget()
        try statement.sendNow()
    }
}
