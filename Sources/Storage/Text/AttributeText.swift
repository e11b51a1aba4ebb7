import Experience

/// Attributes as the record keeps them: a flat JSON object with its keys in order, so that the same attributes are
/// the same bytes. Written and read by hand: this runs once for each event appended or read.
enum AttributeText {
    static let empty: [UInt8] = [0x7B, 0x7D]

    /// Nil when a number is not finite, which JSON can't hold.
    static func encode(_ attributes: [String: AttributeValue]) -> [UInt8]? {
        if attributes.isEmpty { return empty }
        var out: [UInt8] = []
        out.reserveCapacity(32 * attributes.count)
        out.append(0x7B)
        var first = true
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            if !first { out.append(0x2C) }
            first = false
            append(key, to: &out)
            out.append(0x3A)
            switch value {
            case .text(let text): append(text, to: &out)
            case .integer(let number): out.append(contentsOf: String(number).utf8)
            case .number(let number):
                guard number.isFinite else { return nil }
                out.append(contentsOf: "\(number)".utf8)
            case .boolean(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
            }
        }
        out.append(0x7D)
        return out
    }

    private static let hex = Array("0123456789abcdef".utf8)

    private static func append(_ text: String, to out: inout [UInt8]) {
        out.append(0x22)
        var text = text
        text.withUTF8 { utf8 in
            if !utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
                out.append(contentsOf: utf8)
                return
            }
            for byte in utf8 {
                switch byte {
                case 0x22, 0x5C: out.append(contentsOf: [0x5C, byte])
                case 0..<0x20:
                    out.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
                default: out.append(byte)
                }
            }
        }
        out.append(0x22)
    }

    /// Reads what ``encode(_:)`` wrote; nil for anything else.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: AttributeValue]? {
        if bytes.count == 2, bytes[0] == 0x7B, bytes[1] == 0x7D { return [:] }
        var cursor = AttributeCursor(bytes: bytes)
        guard cursor.take(0x7B) else { return nil }
        var found: [String: AttributeValue] = [:]
        while true {
            guard let key = cursor.text(), cursor.take(0x3A), let value = cursor.value() else { return nil }
            found[key] = value
            if cursor.take(0x2C) { continue }
            return cursor.take(0x7D) && cursor.isAtEnd ? found : nil
        }
    }
}

private struct AttributeCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    mutating func text() -> String? {
        guard take(0x22) else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C { at += 1 }
        guard at < bytes.count else { return nil }
        if bytes[at] == 0x22 {
            defer { at += 1 }
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
        }
        var out = Array(bytes[start..<at])
        while at < bytes.count, bytes[at] != 0x22 {
            if bytes[at] == 0x5C {
                guard at + 1 < bytes.count else { return nil }
                if bytes[at + 1] == 0x75 {
                    guard at + 5 < bytes.count,
                        let code = UInt8(
                            String(decoding: UnsafeBufferPointer(rebasing: bytes[at + 4..<at + 6]), as: UTF8.self),
                            radix: 16)
                    else { return nil }
                    out.append(code)
                    at += 6
                } else {
                    out.append(bytes[at + 1])
                    at += 2
                }
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return take(0x22) ? String(decoding: out, as: UTF8.self) : nil
    }

    mutating func value() -> AttributeValue? {
        guard at < bytes.count else { return nil }
        switch bytes[at] {
        case 0x22: return text().map(AttributeValue.text)
        case 0x74: return word("true") ? .boolean(true) : nil
        case 0x66: return word("false") ? .boolean(false) : nil
        default:
            let start = at
            while at < bytes.count, bytes[at] != 0x2C, bytes[at] != 0x7D { at += 1 }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
            if let whole = Int64(text) { return .integer(whole) }
            return Double(text).map(AttributeValue.number)
        }
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for i in 0..<count where bytes[at + i] != word.utf8Start[i] { return false }
        at += count
        return true
    }
}
