/// A table of surveys as text: named columns, rows numbered as a spreadsheet numbers them (the header is row 1).
struct SurveyTable {
    var columns: [String]
    var rows: [Row]

    struct Row {
        var number: Int
        var cells: [String]
    }

    /// Reads the table and checks that every column of a layout is there; other columns are left alone.
    init(_ bytes: [UInt8], columns wanted: [String]) throws(SurveyFileProblem) {
        do throws(FormatError) {
            let delimiter = try CSVSample.guessDelimiter(
                head: Array(bytes.prefix(1 << 16)), isWhole: bytes.count <= 1 << 16, delimiter: wanted.count)
            var table = try CSVTokenizer(MemorySource(bytes), delimiter: delimiter)
            columns = []
            rows = []
            var number = 0
            while try table.next() {
                number += 1
                let line = table.line
                switch table.fault {
                case .none: break
                case .openQuote: throw .unreadable(line: line, reason: "a quote is opened and never closed")
                case .afterQuote: throw .unreadable(line: line, reason: "text follows a closed quote")
                case .notUTF8: throw .unreadable(line: line, reason: "it is not UTF-8 text")
                }
                var cells: [String] = []
                cells.reserveCapacity(table.fieldCount)
                for index in 0..<table.fieldCount { cells.append(table.field(index).text) }
                if columns.isEmpty { columns = cells } else { rows.append(Row(number: number, cells: cells)) }
            }
        } catch {
            throw .damaged(error.description)
        }
        guard !columns.isEmpty else { throw .empty }
        let known = Set(columns)
        let missing = wanted.filter { !known.contains($0) }
        guard missing.isEmpty else { throw .missingColumns(missing) }
        if let twice = wanted.first(where: { name in columns.count { $0 == name } > 1 }) { throw .columnTwice(twice) }
    }
}

/// Why a whole file of surveys can't be read. Each says what to do.
package enum SurveyFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case damaged(String)
    case missingColumns([String])
    case columnTwice(String)
    case noRows

    package var description: String {
        switch self {
        case .empty: "the file is empty; its first line must name the columns."
        case .damaged(let reason): "the table can't be read: \(reason)."
        case .missingColumns(let names):
            "it lacks the column\(names.count == 1 ? "" : "s") \(names.prefix(8).map { "“\($0)”" }.joined(separator: ", "))"
                + (names.count > 8 ? " and \(names.count - 8) more" : "") + "; add them under these names."
        case .columnTwice(let name): "the column “\(name)” is there twice; keep one."
        case .noRows: "there is no row below the header; nothing can be read."
        }
    }
}

/// A cell that can't be taken: where it is, what stands there, what it must be. A row with one is left out.
package struct CellProblem: Sendable, Hashable, CustomStringConvertible {
    /// As a spreadsheet numbers it: the header is row 1.
    package var row: Int
    package var column: String
    /// The start of what stands there.
    package var value: String
    package var reason: String

    package init(row: Int, column: String, value: String, reason: String) {
        self.row = row
        self.column = column
        self.value = String(value.prefix(60))
        self.reason = reason
    }

    package var description: String { "row \(row), column \(column): “\(value)” \(reason)" }
}

/// The cells of one row by name, gathering what is wrong with them.
struct CellReader {
    private let places: [String: Int]
    let row: SurveyTable.Row
    private(set) var problems: [CellProblem] = []

    /// Places of columns by name, made once a table.
    static func places(_ columns: [String]) -> [String: Int] {
        Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    init(_ row: SurveyTable.Row, _ places: [String: Int], width: Int) {
        self.row = row
        self.places = places
        if row.cells.count != width {
            problems.append(
                CellProblem(
                    row: row.number, column: "–", value: "\(row.cells.count) cells",
                    reason: "does not fit the header, which has \(width); check commas and quotes"))
        }
    }

    func text(_ column: String) -> String {
        guard let place = places[column], row.cells.indices.contains(place) else { return "" }
        return row.cells[place]
    }

    mutating func refuse(_ column: String, _ reason: String) {
        problems.append(CellProblem(row: row.number, column: column, value: text(column), reason: reason))
    }

    /// A whole number of at least 0, also as "12.0" and as "1,204"; nil for an empty cell.
    mutating func count(_ column: String) -> Int? {
        let cell = text(column).stripped
        if cell.isEmpty { return nil }
        guard let number = CellReader.whole(cell) else {
            refuse(column, "is no whole number; give a count of 0 or more, or leave the cell empty")
            return nil
        }
        return number
    }

    /// A finite number; nil for an empty cell.
    mutating func number(_ column: String) -> Double? {
        let cell = text(column).stripped
        if cell.isEmpty { return nil }
        guard let number = Double(cell), number.isFinite else {
            refuse(column, "is no number")
            return nil
        }
        return number
    }

    static func whole(_ cell: String) -> Int? {
        var digits = cell[...]
        if let point = digits.firstIndex(of: ".") {
            guard digits[digits.index(after: point)...].utf8.allSatisfy({ $0 == 0x30 }) else { return nil }
            digits = digits[..<point]
        }
        if digits.contains(",") {
            let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
            guard groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }), (1...3).contains(groups[0].utf8.count) else {
                return nil
            }
            digits = Substring(groups.joined())
        }
        guard (1...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }
}

extension CSVSample {
    /// The delimiter of a table that should have so many columns; a comma when it can't be told.
    fileprivate static func guessDelimiter(
        head: [UInt8], isWhole: Bool, delimiter columns: Int
    ) throws(FormatError) -> UInt8 {
        let first = head.prefix { $0 != 0x0A && $0 != 0x0D }
        for candidate in CSVSample.delimiters where first.count(where: { $0 == candidate }) + 1 >= columns {
            return candidate
        }
        return 0x2C
    }
}

extension FormatError {
    fileprivate static func unreadable(line: Int, reason: String) -> FormatError {
        .damaged(format: .csv, at: InputPosition(line: line, byte: 0), reason: reason)
    }
}

extension String {
    var stripped: String {
        var view = Substring(self)
        while let c = view.first, c.isWhitespace { view.removeFirst() }
        while let c = view.last, c.isWhitespace { view.removeLast() }
        return String(view)
    }
}

/// Rows as CSV text (RFC 4180, LF), quoted only where they must be.
struct CSVLines {
    private(set) var text = ""

    mutating func add(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += "," }
            text += CSVLines.quoted(cell)
        }
        text += "\n"
    }

    static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
