import Experience

/// Reads JSON (RFC 8259) from bytes by asking for what should come next. Strict, one pass, no tree: batches of ten
/// thousand events are read at the speed of the network rather than of an object graph.
struct JSONBytes {
    let bytes: UnsafeBufferPointer<UInt8>
    var at: Int
    let end: Int

    struct Malformed: Error {
        var at: Int
        var reason: String
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
        self.bytes = bytes
        at = start
        self.end = end
    }

    func malformed(_ reason: String) -> Malformed { Malformed(at: at, reason: reason) }

    mutating func skipSpace() {
        while at < end, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
    }

    /// The next byte that is no space, not taken.
    mutating func peek() -> UInt8? {
        skipSpace()
        return at < end ? bytes[at] : nil
    }

    mutating func take(_ byte: UInt8) throws(Malformed) {
        guard peek() == byte else { throw malformed("expected “\(Character(UnicodeScalar(byte)))”") }
        at += 1
    }

    /// Calls `member` with each name of an object, its value next to be read.
    mutating func object(
        _ member: (String, inout JSONBytes) throws(Malformed) -> Void
    ) throws(Malformed) {
        try take(0x7B)
        if peek() == 0x7D {
            at += 1
            return
        }
        while true {
            skipSpace()
            let name = try string()
            try take(0x3A)
            try member(name, &self)
            guard let next = peek() else { throw malformed("the object is cut short") }
            at += 1
            if next == 0x7D { return }
            guard next == 0x2C else { throw malformed("expected “,” or “}”") }
        }
    }

    mutating func array(_ element: (inout JSONBytes) throws(Malformed) -> Void) throws(Malformed) {
        try take(0x5B)
        if peek() == 0x5D {
            at += 1
            return
        }
        while true {
            try element(&self)
            guard let next = peek() else { throw malformed("the array is cut short") }
            at += 1
            if next == 0x5D { return }
            guard next == 0x2C else { throw malformed("expected “,” or “]”") }
        }
    }

    mutating func string() throws(Malformed) -> String {
        try take(0x22)
        let start = at
        while at < end, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
        guard at < end, bytes[at] >= 0x20 else { throw malformed("the text is cut short") }
        if bytes[at] == 0x22 {
            defer { at += 1 }
            return try text(UnsafeBufferPointer(rebasing: bytes[start..<at]))
        }
        var kept = Array(bytes[start..<at])
        while at < end {
            let byte = bytes[at]
            at += 1
            switch byte {
            case 0x22: return try kept.withUnsafeBufferPointer { (buffer) throws(Malformed) in try text(buffer) }
            case 0x5C: try escape(&kept)
            case 0..<0x20: throw malformed("a control character stands in a text")
            default: kept.append(byte)
            }
        }
        throw malformed("the text is cut short")
    }

    private func text(_ buffer: UnsafeBufferPointer<UInt8>) throws(Malformed) -> String {
        guard let text = String(validating: buffer, as: UTF8.self) else { throw malformed("the text is no UTF-8") }
        return text
    }

    private mutating func escape(_ kept: inout [UInt8]) throws(Malformed) {
        guard at < end else { throw malformed("the text is cut short") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: kept.append(byte)
        case 0x62: kept.append(0x08)
        case 0x66: kept.append(0x0C)
        case 0x6E: kept.append(0x0A)
        case 0x72: kept.append(0x0D)
        case 0x74: kept.append(0x09)
        case 0x75:
            var code = try hex()
            if (0xD800..<0xDC00).contains(code) {
                guard at + 1 < end, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else {
                    throw malformed("half a surrogate pair")
                }
                at += 2
                let low = try hex()
                guard (0xDC00..<0xE000).contains(low) else { throw malformed("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = UnicodeScalar(code) else { throw malformed("half a surrogate pair") }
            kept.append(contentsOf: String(Character(scalar)).utf8)
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func hex() throws(Malformed) -> UInt32 {
        guard at + 4 <= end, let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
            bytes[at] != 0x2B, bytes[at] != 0x2D
        else { throw malformed("\\u wants four hex digits") }
        at += 4
        return code
    }

    /// Text, a number, true or false; nil for null.
    mutating func value() throws(Malformed) -> AttributeValue? {
        guard let first = peek() else { throw malformed("expected a value") }
        switch first {
        case 0x22: return .text(try string())
        case 0x74:
            try word("true")
            return .boolean(true)
        case 0x66:
            try word("false")
            return .boolean(false)
        case 0x6E:
            try word("null")
            return nil
        case 0x2D, 0x30...0x39: return try number()
        case 0x7B, 0x5B: throw malformed("lists and objects are not kept as values; send text, a number, true or false")
        default: throw malformed("expected a value")
        }
    }

    /// Text, or nil for null.
    mutating func textOrNull() throws(Malformed) -> String? {
        if peek() == 0x6E {
            try word("null")
            return nil
        }
        return try string()
    }

    private mutating func word(_ word: StaticString) throws(Malformed) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard at < end, bytes[at] == word.utf8Start[offset] else { throw malformed("expected a value") }
            at += 1
        }
    }

    private mutating func number() throws(Malformed) -> AttributeValue {
        let start = at
        var isWhole = true
        if bytes[at] == 0x2D { at += 1 }
        let digits = at
        while at < end {
            switch bytes[at] {
            case 0x30...0x39: break
            case 0x2E, 0x65, 0x45, 0x2B, 0x2D: isWhole = false
            default:
                return try number(start, digits, isWhole)
            }
            at += 1
        }
        return try number(start, digits, isWhole)
    }

    private func number(_ start: Int, _ digits: Int, _ isWhole: Bool) throws(Malformed) -> AttributeValue {
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        let hasLeadingZero = at - digits > 1 && bytes[digits] == 0x30 && (0x30...0x39).contains(bytes[digits + 1])
        guard at > digits, (0x30...0x39).contains(bytes[digits]), (0x30...0x39).contains(bytes[at - 1]), !hasLeadingZero
        else { throw malformed("“\(text.prefix(40))” is no number") }
        if isWhole, let whole = Int64(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else { throw malformed("“\(text.prefix(40))” is no number") }
        return .number(number)
    }

    /// Goes past a value of any kind.
    mutating func skip(depth: Int = 0) throws(Malformed) {
        guard depth < 32 else { throw malformed("nested too deep") }
        switch peek() {
        case 0x7B: try object { (_, json) throws(Malformed) in try json.skip(depth: depth + 1) }
        case 0x5B: try array { (json) throws(Malformed) in try json.skip(depth: depth + 1) }
        default: _ = try value()
        }
    }
}
