/// One value of a row that mixes texts and numbers, as the answers' JSON rows do.
package enum AnswerCell: Sendable, Hashable, Codable {
    case none
    case integer(Int)
    case number(Double)
    case text(String)
    case list([AnswerCell])

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .none
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try value.decode([AnswerCell].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .none: try value.encodeNil()
        case .integer(let integer): try value.encode(integer)
        case .number(let number) where number.isFinite: try value.encode(number)
        case .number: try value.encodeNil()
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        }
    }

    package init(_ number: Double?) { self = number.map { .number($0) } ?? .none }

    package static func texts(_ texts: [String]) -> AnswerCell { .list(texts.map { .text($0) }) }

    /// Plain text; a list is joined with " → ".
    package var plain: String {
        switch self {
        case .none: ""
        case .integer(let integer): String(integer)
        case .number(let number): number.isFinite ? String(number) : ""
        case .text(let text): text
        case .list(let list): list.map(\.plain).joined(separator: " → ")
        }
    }

    var isNumeric: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }
}

/// Rows under headings: the form of an answer that a spreadsheet, a terminal and a page all take.
package struct AnswerTable: Sendable, Hashable {
    package var name: String
    /// Headings with their unit, as the JSON spells it: `mean_s` is in seconds.
    package var columns: [String]
    package var rows: [[AnswerCell]]

    package init(_ name: String, columns: [String], rows: [[AnswerCell]]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }

    package func csv() -> String {
        let lines = [columns.map { AnswerCell.text($0) }] + rows
        return lines.map { row in row.map { AnswerTable.quoted($0) }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// A text that begins with a sign a spreadsheet takes for a formula is given a leading apostrophe.
    private static func quoted(_ cell: AnswerCell) -> String {
        var text = cell.plain
        if !cell.isNumeric, let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
            text = "'" + text
        }
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Columns of a terminal: numbers to the right, seconds with a readable length of time beside nothing else.
    package func text() -> String {
        let body = rows.map { row in row.map { AnswerTable.shown($0) } }
        var widths = columns.map(\.count)
        for row in body {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], cell.count)
            }
        }
        func line(_ cells: [String], _ right: [Bool]) -> String {
            var parts: [String] = []
            for (index, cell) in cells.enumerated() where index < widths.count {
                let pad = String(repeating: " ", count: max(0, widths[index] - cell.count))
                parts.append(right[index] ? pad + cell : cell + pad)
            }
            var text = parts.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        let right = columns.indices.map { column in
            rows.contains { column < $0.count && $0[column].isNumeric }
                && rows.allSatisfy { column >= $0.count || $0[column].isNumeric || $0[column] == .none }
        }
        var out = "\(name)\n" + line(columns, right) + "\n"
        out += widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
        for row in body { out += line(row, right) + "\n" }
        return out
    }

    private static func shown(_ cell: AnswerCell) -> String {
        guard case .number(let number) = cell, number.isFinite else { return cell.plain }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        let scale = abs(number) >= 100 ? 10.0 : 10_000.0
        return String((number * scale).rounded() / scale)
    }
}
