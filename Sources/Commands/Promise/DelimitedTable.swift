/// A delimited file with named columns, held as text (RFC 4180; LF, CR LF or CR line ends; comma, semicolon or tab).
///
/// For tables of one line a journey, read whole. Event logs are read by the log readers, which stream.
struct DelimitedTable: Sendable {
    let columns: [String]
    let rows: [[String]]
    /// Lines with another number of fields than the header; they are left out.
    let ragged: Int

    enum Problem: Error, CustomStringConvertible {
        case empty
        case openQuote(line: Int)
        case unknownColumn(String, known: [String])

        var description: String {
            switch self {
            case .empty: "the file has no header line; the first line must name the columns."
            case .openQuote(let line): "the quote opened on line \(line) is never closed; close it."
            case .unknownColumn(let name, let known):
                "there is no column “\(name)”; the columns are \(known.joined(separator: ", "))."
            }
        }
    }

    init(_ bytes: [UInt8]) throws(Problem) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let head = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        let delimiter = candidates.max { a, b in head.count { $0 == a } < head.count { $0 == b } } ?? 0x2C
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var line = 1
        var quoteLine = 1
        var i = start
        func closeField() {
            record.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        func closeRecord() {
            closeField()
            if record.count > 1 || record[0] != "" { records.append(record) }
            record = []
        }
        while i < bytes.count {
            let byte = bytes[i]
            if byte == 0x0A { line += 1 }
            if isQuoted {
                if byte != 0x22 {
                    field.append(byte)
                } else if i + 1 < bytes.count, bytes[i + 1] == 0x22 {
                    field.append(byte)
                    i += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22, field.isEmpty {
                isQuoted = true
                quoteLine = line
            } else if byte == delimiter {
                closeField()
            } else if byte == 0x0A || byte == 0x0D {
                if byte == 0x0D, i + 1 < bytes.count, bytes[i + 1] == 0x0A {
                    i += 1
                    line += 1
                }
                closeRecord()
            } else {
                field.append(byte)
            }
            i += 1
        }
        if isQuoted { throw .openQuote(line: quoteLine) }
        if !field.isEmpty || !record.isEmpty { closeRecord() }
        guard let header = records.first else { throw .empty }
        columns = header
        let body = records.dropFirst()
        rows = body.filter { $0.count == header.count }
        ragged = body.count - rows.count
    }

    func index(of name: String) throws(Problem) -> Int {
        guard let index = columns.firstIndex(of: name) else { throw .unknownColumn(name, known: columns) }
        return index
    }
}
