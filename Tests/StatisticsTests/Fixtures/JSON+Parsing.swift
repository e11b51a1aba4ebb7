/// A small JSON reader: Foundation's would turn 1 into 1.0 and lose the order of keys.
extension JSON {
    init(parsing bytes: [UInt8]) throws {
        var reader = JSONReader(bytes: bytes)
        self = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.isAtEnd else { throw FixtureError("text after the JSON value at byte \(reader.position)") }
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    mutating func take(_ character: Character) throws {
        skipSpace()
        guard !isAtEnd, bytes[position] == character.asciiValue else {
            throw FixtureError("expected “\(character)” at byte \(position)")
        }
        position += 1
    }

    mutating func tookIfNext(_ character: Character) -> Bool {
        skipSpace()
        guard !isAtEnd, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    mutating func value(depth: Int) throws -> JSON {
        guard depth < 64 else { throw FixtureError("JSON nested deeper than 64") }
        skipSpace()
        guard !isAtEnd else { throw FixtureError("JSON ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: return try scalar()
        }
    }

    private mutating func object(depth: Int) throws -> JSON {
        try take("{")
        var object = JSONObject()
        if tookIfNext("}") { return .object(object) }
        repeat {
            skipSpace()
            let key = try string()
            try take(":")
            object[key] = try value(depth: depth + 1)
        } while tookIfNext(",")
        try take("}")
        return .object(object)
    }

    private mutating func array(depth: Int) throws -> JSON {
        try take("[")
        var values: [JSON] = []
        if tookIfNext("]") { return .array(values) }
        repeat { values.append(try value(depth: depth + 1)) } while tookIfNext(",")
        try take("]")
        return .array(values)
    }

    private mutating func scalar() throws -> JSON {
        let start = position
        while position < bytes.count, !Self.ends.contains(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        case "-Infinity": return .number(-.infinity)
        default:
            if let integer = Int(word) { return .integer(integer) }
            if let real = Double(word) { return .number(real) }
            throw FixtureError("“\(word)” at byte \(start) is no JSON value")
        }
    }

    private static let ends: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09, 0x2C, 0x5D, 0x7D, 0x3A]

    private mutating func string() throws -> String {
        try take("\"")
        var units: [UInt8] = []
        var pendingHigh: UInt32?
        while !isAtEnd {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard !isAtEnd else { break }
            let escape = bytes[position]
            position += 1
            guard escape == UInt8(ascii: "u") else {
                units.append(Self.escapes[escape] ?? escape)
                continue
            }
            guard position + 4 <= bytes.count,
                let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
            else { throw FixtureError("bad \\u escape at byte \(position)") }
            position += 4
            if code >= 0xD800, code < 0xDC00 {
                pendingHigh = code
                continue
            }
            let point = pendingHigh.map { 0x10000 + (($0 - 0xD800) << 10) + (code &- 0xDC00) } ?? code
            pendingHigh = nil
            units.append(contentsOf: String(Unicode.Scalar(point) ?? "\u{FFFD}").utf8)
        }
        throw FixtureError("a string is not closed")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C,
    ]
}
