/// One line of an iCalendar stream after unfolding: NAME;PARAM=value:value.
struct ContentLine: Sendable {
    var name: String
    var parameters: [String: String]
    var value: String
    /// The line of the stream it begins on, from 1.
    var line: Int

    /// Splits a stream into its content lines; a line that begins with a space or tab continues the one before.
    static func unfold(_ text: String) -> [ContentLine] {
        var lines: [ContentLine] = []
        var current: [UInt8] = []
        var begun = 1
        var number = 0
        func close() {
            if let line = ContentLine(current, line: begun) { lines.append(line) }
            current = []
        }
        let bytes = Array(text.utf8)
        var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while at < bytes.count {
            var end = at
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            number += 1
            let raw = bytes[at..<end]
            if let first = raw.first, first == 0x20 || first == 0x09 {
                current += raw.dropFirst()
            } else {
                close()
                begun = number
                current = Array(raw)
            }
            at = end + 1
            if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { at = end + 2 }
        }
        close()
        return lines
    }

    private init?(_ bytes: [UInt8], line: Int) {
        guard !bytes.isEmpty else { return nil }
        var isQuoted = false
        var parts: [[UInt8]] = [[]]
        var colon: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted, byte == 0x3A {
                colon = index
                break
            }
            if !isQuoted, byte == 0x3B {
                parts.append([])
            } else if byte != 0x22 {
                parts[parts.count - 1].append(byte)
            }
        }
        guard let colon else { return nil }
        name = String(decoding: parts[0], as: UTF8.self).uppercased()
        parameters = [:]
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: 0x3D) else { continue }
            let key = String(decoding: part[..<equals], as: UTF8.self).uppercased()
            parameters[key] = String(decoding: part[(equals + 1)...], as: UTF8.self)
        }
        value = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
        self.line = line
    }

    /// A TEXT value with its escapes resolved, on one line.
    var text: String {
        var out = ""
        var escaped = false
        for character in value {
            if escaped {
                out.append(character == "n" || character == "N" ? " " : character)
                escaped = false
            } else if character == "\\" {
                escaped = true
            } else {
                out.append(character)
            }
        }
        return out
    }
}
