package import Foundation

/// What a question gives back. Its JSON has the keys and units of its type; its tables are the same figures in rows.
package protocol JourneyAnswer: Codable, Sendable {
    var tables: [AnswerTable] { get }
}

extension JourneyAnswer {
    /// UTF-8 JSON with sorted keys: the same answer is the same bytes.
    package func json(pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// All tables, each under its name when there is more than one (RFC 4180, CRLF).
    package func csv() -> String {
        let tables = self.tables
        return tables.map { tables.count > 1 ? "# \($0.name)\r\n" + $0.csv() : $0.csv() }.joined(separator: "\r\n")
    }

    package func text() -> String { tables.map { $0.text() }.joined(separator: "\n") }
}
