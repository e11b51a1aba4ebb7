/// Rows as they are shown, sent as CSV or JSON, and stand behind a picture: one value, so that all three agree.
package struct DataTable: Sendable {
    package var id: String
    package var title: String
    package var columns: [Column]
    package var rows: [[Cell]]
    /// Too wide for a telephone: each row is then a card. For tables of words; figures are better compared in columns.
    package var stacksWhenNarrow: Bool

    package struct Column: Sendable {
        /// Name in files; the same in every language.
        package var key: String
        package var title: String
        package var isNumber: Bool

        package init(_ key: String, _ title: String, isNumber: Bool = false) {
            self.key = key
            self.title = title
            self.isNumber = isNumber
        }
    }

    package struct Cell: Sendable {
        package var text: String
        package var raw: Raw
        package var href: String?

        package enum Raw: Sendable, Hashable {
            case text(String)
            case number(Double)
            case none
        }

        package init(_ text: String, _ raw: Raw, href: String? = nil) {
            self.text = text
            self.raw = raw
            self.href = href
        }

        package static func words(_ text: String, href: String? = nil) -> Cell { Cell(text, .text(text), href: href) }
        package static func count(_ number: Int, href: String? = nil) -> Cell {
            Cell(NumberText.whole(number), .number(Double(number)), href: number > 0 ? href : nil)
        }
        package static let none = Cell("–", .none)
    }

    package init(
        id: String, title: String, columns: [Column], rows: [[Cell]], stacksWhenNarrow: Bool = false
    ) {
        self.stacksWhenNarrow = stacksWhenNarrow
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
    }
}

extension DataTable {
    /// RFC 4180 with a header line and CRLF. Text that a spreadsheet would run as a formula gets a leading apostrophe.
    package func csv() -> String {
        var lines = [columns.map { DataTable.quoted($0.key) }.joined(separator: ",")]
        for row in rows {
            lines.append(
                row.map { cell in
                    switch cell.raw {
                    case .text(let text): DataTable.quoted(DataTable.harmless(text))
                    case .number(let number): DataTable.plain(number)
                    case .none: ""
                    }
                }.joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// A JSON array of objects, keys in the order of the columns; what is not known is null.
    package func json() -> String {
        let objects = rows.map { row in
            let fields = zip(columns, row).map { column, cell in
                let value =
                    switch cell.raw {
                    case .text(let text): JSONText.string(text)
                    case .number(let number): DataTable.plain(number)
                    case .none: "null"
                    }
                return "\(JSONText.string(column.key)):\(value)"
            }
            return "{\(fields.joined(separator: ","))}"
        }
        return "[\(objects.joined(separator: ",\n"))]\n"
    }

    static func plain(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
    }

    private static func harmless(_ text: String) -> String {
        guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// Text as a JSON string (RFC 8259).
enum JSONText {
    static func string(_ text: String) -> String {
        var bytes: [UInt8] = [0x22]
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0..<0x20:
                bytes +=
                    Array("\\u00".utf8) + [byte < 16 ? 0x30 : 0x31, Array("0123456789abcdef".utf8)[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
        return String(decoding: bytes, as: UTF8.self)
    }
}
