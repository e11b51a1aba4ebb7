import Crypto
import Experience

/// A table as both databases know it: what is needed to copy it and to compare it.
struct TableShape: Hashable, Sendable {
    enum Kind: Sendable { case integer, real, text, bytes }

    struct Column: Hashable, Sendable {
        var name: String
        var kind: Kind
    }

    let name: String
    let columns: [Column]
    /// The order of its rows, one row a value.
    let key: [String]

    /// Tables that only grow, and the number that counts their rows.
    static let growing = ["event": "sequence", "audit": "number", "commit_digest": "last_sequence"]

    /// What belongs to one database and not to the record: its own bookkeeping, and what events fill by themselves.
    private static let own: Set<String> = ["schema_migration", "commit_head", "commit_mark", "event_key"]

    var list: String { columns.map(\.name).joined(separator: ", ") }

    var insert: String {
        let parameters = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(list)) VALUES (\(parameters))"
    }

    /// The values of a row of ``list``.
    func read(_ row: Prepared) -> [SQLValue] {
        columns.enumerated().map { position, column in
            let at = Int32(position)
            if row.isNull(at) { return .null }
            switch column.kind {
            case .integer: return .integer(row.integer(at))
            case .real: return .real(row.real(at))
            case .text: return .text(row.text(at))
            case .bytes: return .bytes(row.bytes(at))
            }
        }
    }

    /// The rows after a key, in its order, at most `limit`.
    func rows(_ session: Session, after last: [SQLValue]?, limit: Int) throws(StorageError) -> [[SQLValue]] {
        let order = key.joined(separator: ", ")
        var condition = ""
        if let last {
            condition = " WHERE (\(order)) > (\(last.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))"
        }
        return try session.rows("SELECT \(list) FROM \(name)\(condition) ORDER BY \(order) LIMIT \(limit)", last ?? [])
        {
            (row) throws(StorageError) in read(row)
        }
    }

    func key(of row: [SQLValue]) -> [SQLValue] {
        key.compactMap { name in columns.firstIndex { $0.name == name }.map { row[$0] } }
    }

    /// The number of rows and a digest of all values in the order of the key: equal digests are equal tables,
    /// whichever database holds them.
    func sum(_ session: Session) throws(StorageError) -> TableSum {
        var hash = SHA256()
        var rows = 0
        try session.forEach("SELECT \(list) FROM \(name) ORDER BY \(key.joined(separator: ", "))") {
            (row) throws(StorageError) in
            rows += 1
            for value in read(row) { hash.update(data: TableShape.bytes(value)) }
        }
        return TableSum(rows: rows, digest: Hex.encode(hash.finalize()))
    }

    /// A value so that no two rows have the same bytes.
    private static func bytes(_ value: SQLValue) -> [UInt8] {
        switch value {
        case .null: [0]
        case .integer(let number): [1] + withUnsafeBytes(of: number.littleEndian) { Array($0) }
        case .real(let number): [2] + withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
        case .text(let text): [3] + withUnsafeBytes(of: Int64(text.utf8.count).littleEndian) { Array($0) } + text.utf8
        case .bytes(let bytes): [4] + withUnsafeBytes(of: Int64(bytes.count).littleEndian) { Array($0) } + bytes
        }
    }
}

/// What a table holds.
package struct TableSum: Hashable, Sendable {
    package var rows: Int
    package var digest: String
}

extension Session {
    /// Every table of the record. Those that others refer to come first.
    func shapes() throws(StorageError) -> [TableShape] {
        let names = try rows(dialect.tableNames, []) { (row) throws(StorageError) in row.text(0) }
        var shapes: [TableShape] = []
        for name in names where !TableShape.isOwn(name) {
            let columns = try rows(dialect.tableColumns, [.text(name)]) { (row) throws(StorageError) in
                (name: row.text(0), type: row.text(1), position: Int(row.integer(2)))
            }
            let key = columns.filter { $0.position > 0 }.sorted { $0.position < $1.position }.map(\.name)
            shapes.append(
                TableShape(
                    name: name, columns: columns.map { .init(name: $0.name, kind: TableShape.kind($0.type)) },
                    key: TableShape.growing[name].map { [$0] } ?? key))
        }
        return shapes.sorted { ($0.name == "account" ? 0 : 1, $0.name) < ($1.name == "account" ? 0 : 1, $1.name) }
    }
}

extension TableShape {
    fileprivate static func isOwn(_ name: String) -> Bool { own.contains(name) }

    fileprivate static func kind(_ type: String) -> Kind {
        switch type.lowercased() {
        case "integer", "bigint": .integer
        case "blob", "bytea": .bytes
        case "real", "double precision": .real
        default: .text
        }
    }
}
