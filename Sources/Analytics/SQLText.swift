/// A name that may stand in a statement without quoting: letters, digits and _, not beginning with a digit.
package struct SQLName: Hashable, Sendable {
    package let text: String

    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, !(0x30...0x39).contains(first) else {
            return nil
        }
        let isPlain = text.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
            default: false
            }
        }
        guard isPlain else { return nil }
        self.text = text
    }
}

/// A statement. Whatever is put into it from outside becomes a literal: a text, which must be named as one
/// (`\(text: value)`), is quoted, a number is a number. Only other statements and checked names go in as they are, so
/// no value can become part of the language.
///
/// Parameters apart from the text (`{name:Type}`) came to ClickHouse after the oldest server this talks to.
package struct SQLText: Sendable, Hashable, ExpressibleByStringInterpolation {
    package var text: String

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation parts: Interpolation) { text = parts.text }

    package struct Interpolation: StringInterpolationProtocol {
        var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ part: SQLText) { text += part.text }
        package mutating func appendInterpolation(_ name: SQLName) { text += name.text }
        package mutating func appendInterpolation(text value: String) { SQLText.quote(value, into: &text) }
        package mutating func appendInterpolation(_ value: Int64) { text += "\(value)" }
        package mutating func appendInterpolation(_ value: UInt64) { text += "\(value)" }
        package mutating func appendInterpolation(_ value: Int) { text += "\(value)" }
        /// What is no number is none here either: 0.
        package mutating func appendInterpolation(real value: Double) { text += value.isFinite ? "\(value)" : "0" }

        /// An array of texts.
        package mutating func appendInterpolation(_ values: [String]) {
            text += "["
            for (place, value) in values.enumerated() {
                if place > 0 { text += "," }
                SQLText.quote(value, into: &text)
            }
            text += "]"
        }

        /// A list for IN; not empty.
        package mutating func appendInterpolation(list values: some Sequence<UInt64>) {
            text += "("
            text += values.map { "\($0)" }.joined(separator: ",")
            text += ")"
        }
    }

    static func quote(_ value: String, into text: inout String) {
        text += "'"
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "'": text += "\\'"
            case "\0": text += "\\0"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "'"
    }
}

extension [SQLText] {
    func joined(_ separator: SQLText) -> SQLText {
        var out: SQLText = ""
        for (place, part) in enumerated() { out = place > 0 ? "\(out)\(separator)\(part)" : part }
        return out
    }
}
