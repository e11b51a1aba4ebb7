/// A pull tokenizer for JSON (RFC 8259) over a stream.
///
/// Strict: one grammar, no comments, no trailing commas. Refused: nesting deeper than ``depthLimit`` and tokens longer than
/// the window's limit. With `byLine` it reads JSON Lines: a document must end on the line it starts on, which is what lets
/// a reader go on after a bad one.
struct JSONTokenizer: ~Copyable {
    enum Token: Sendable {
        case objectStart, objectEnd, arrayStart, arrayEnd, key, string, number, yes, no, null, finish
    }

    static let depthLimit = 64

    let format: LogFormat
    var window: ByteWindow
    private let byLine: Bool
    private var start = 0
    private var end = 0
    private var isEscaped = false
    private var scratch = GrowableColumn<UInt8>()
    /// One bit a level, set where it is an object; the innermost lowest.
    private var isObject: UInt64 = 0
    private(set) var depth = 0
    /// Offset in the stream of the outermost value begun last.
    private(set) var documentOffset: Int64 = 0
    private var expects = Expects.value

    private enum Expects { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd }

    init(_ source: ByteSource, format: LogFormat, byLine: Bool = false) throws(FormatError) {
        window = ByteWindow(source, limit: 1 << 24)
        self.format = format
        self.byLine = byLine
        while window.end < 3, try window.refill() {}
        if window.end >= 3, window.base[0] == 0xEF, window.base[1] == 0xBB, window.base[2] == 0xBF {
            window.position = 3
        }
    }

    /// Text of the string, key or number read last, escapes resolved; valid until the next call of ``next()``.
    mutating func text() throws(FormatError) -> UnsafeBufferPointer<UInt8> {
        let raw = UnsafeBufferPointer(start: UnsafePointer(window.base + start), count: end - start)
        return isEscaped ? try unescape(raw) : raw
    }

    mutating func position() -> InputPosition {
        InputPosition(line: window.line(at: window.position), byte: window.offset)
    }

    mutating func damaged(_ reason: String) -> FormatError { .damaged(format: format, at: position(), reason: reason) }

    /// Forgets the open document and goes to the start of the next line.
    mutating func skipLine() throws(FormatError) {
        depth = 0
        isObject = 0
        expects = .value
        while true {
            if let feed = find(0x0A, window.base, window.position, window.end) {
                window.position = feed + 1
                return
            }
            window.position = window.end
            guard try refill() else { return }
        }
    }

    private mutating func refill() throws(FormatError) -> Bool {
        do {
            return try window.refill()
        } catch {
            guard case .tooLarge = error else { throw error }
            throw .refused(format: format, at: position(), reason: "a single text is longer than 16 MiB")
        }
    }

    mutating func next() throws(FormatError) -> Token {
        while true {
            guard try skipSpace() else {
                guard depth == 0 else { throw damaged("it ends too early: it is cut short") }
                return .finish
            }
            if depth == 0 { documentOffset = window.offset }
            let byte = window.base[window.position]
            switch expects {
            case .colon:
                guard byte == 0x3A else { throw damaged("a “:” is missing") }
                window.position += 1
                expects = .value
            case .commaOrEnd:
                if byte == 0x2C {
                    window.position += 1
                    expects = isObject & 1 == 1 ? .key : .value
                } else {
                    return try close(byte)
                }
            case .key, .keyOrEnd:
                if byte == 0x22 {
                    try scanString()
                    expects = .colon
                    return .key
                }
                guard expects == .keyOrEnd else { throw damaged("a key is missing") }
                return try close(byte)
            case .valueOrEnd where byte == 0x5D: return try close(byte)
            case .value, .valueOrEnd: return try value(byte)
            }
        }
    }

    /// Reads over the value that is next, whatever it is.
    mutating func skipValue() throws(FormatError) {
        let outer = depth
        repeat {
            if try next() == .finish { throw damaged("it ends too early: it is cut short") }
        } while depth > outer
    }

    private mutating func close(_ byte: UInt8) throws(FormatError) -> Token {
        let object = isObject & 1 == 1
        guard depth > 0, byte == (object ? 0x7D : 0x5D) else {
            throw damaged(object ? "a “,” or “}” is missing" : "a “,” or “]” is missing")
        }
        window.position += 1
        depth -= 1
        isObject >>= 1
        expects = depth == 0 ? .value : .commaOrEnd
        return object ? .objectEnd : .arrayEnd
    }

    private mutating func value(_ byte: UInt8) throws(FormatError) -> Token {
        switch byte {
        case 0x7B, 0x5B:
            guard depth < Self.depthLimit else {
                throw .refused(format: format, at: position(), reason: "it is nested deeper than \(Self.depthLimit)")
            }
            window.position += 1
            depth += 1
            isObject = isObject << 1 | (byte == 0x7B ? 1 : 0)
            expects = byte == 0x7B ? .keyOrEnd : .valueOrEnd
            return byte == 0x7B ? .objectStart : .arrayStart
        case 0x22:
            try scanString()
            expects = depth == 0 ? .value : .commaOrEnd
            return .string
        case 0x2D, 0x30...0x39:
            try scanWord()
            guard Self.isNumber(UnsafeBufferPointer(start: UnsafePointer(window.base + start), count: end - start))
            else {
                throw damaged("a number is miswritten")
            }
            expects = depth == 0 ? .value : .commaOrEnd
            return .number
        default:
            try scanWord()
            let word = UnsafeBufferPointer(start: UnsafePointer(window.base + start), count: end - start)
            expects = depth == 0 ? .value : .commaOrEnd
            if word.equals("true") { return .yes }
            if word.equals("false") { return .no }
            if word.equals("null") { return .null }
            throw damaged("a value is missing")
        }
    }

    private mutating func skipSpace() throws(FormatError) -> Bool {
        while true {
            while window.position < window.end {
                let byte = window.base[window.position]
                guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return true }
                if byte == 0x0A, byLine, depth > 0 { throw damaged("the object does not end on its line") }
                window.position += 1
            }
            guard try refill() else { return false }
        }
    }

    /// A number or a word: up to the next byte that cannot be part of one.
    private mutating func scanWord() throws(FormatError) {
        var length = 0
        while true {
            while window.position + length < window.end {
                let byte = window.base[window.position + length]
                let isPart =
                    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2B || byte == 0x2E
                guard isPart else { break }
                length += 1
            }
            if window.position + length < window.end { break }
            guard try refill() else { break }
        }
        start = window.position
        end = start + length
        isEscaped = false
        window.position = end
    }

    private mutating func scanString() throws(FormatError) {
        var length = 1
        isEscaped = false
        while true {
            let base = window.base + window.position
            let room = window.end - window.position
            while length < room {
                let word = load8(base + length)
                let stops =
                    matches(word, repeated(0x22)) | matches(word, repeated(0x5C))
                    | ((word &- repeated(0x20)) & ~word & 0x8080_8080_8080_8080)
                if stops == 0 {
                    length += 8
                    continue
                }
                length += stops.trailingZeroBitCount / 8
                if length >= room { break }
                let byte = base[length]
                if byte == 0x22 {
                    start = window.position + 1
                    end = window.position + length
                    window.position = end + 1
                    return
                }
                if byte == 0x5C {
                    guard length + 1 < room else { break }
                    isEscaped = true
                    length += 2
                } else {
                    window.position += length
                    throw damaged("a text holds a bare line end or control character")
                }
            }
            length = min(length, room)
            guard try refill() else { throw damaged("a text is not closed: the file is cut short") }
        }
    }

    private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        func digits() -> Int {
            let first = index
            while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
            return index - first
        }
        if index < text.count, text[index] == 0x2D { index += 1 }
        let leading = index < text.count ? text[index] : 0
        let whole = digits()
        guard whole == 1 || (whole > 1 && leading != 0x30) else { return false }
        if index < text.count, text[index] == 0x2E {
            index += 1
            guard digits() > 0 else { return false }
        }
        if index < text.count, text[index] | 0x20 == 0x65 {
            index += 1
            if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
            guard digits() > 0 else { return false }
        }
        return index == text.count
    }

    private mutating func unescape(_ raw: UnsafeBufferPointer<UInt8>) throws(FormatError) -> UnsafeBufferPointer<UInt8>
    {
        scratch.truncate(to: 0)
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            index += 1
            guard byte == 0x5C, index < raw.count else {
                scratch.append(byte)
                continue
            }
            let code = raw[index]
            index += 1
            switch code {
            case 0x22, 0x5C, 0x2F: scratch.append(code)
            case 0x62: scratch.append(0x08)
            case 0x66: scratch.append(0x0C)
            case 0x6E: scratch.append(0x0A)
            case 0x72: scratch.append(0x0D)
            case 0x74: scratch.append(0x09)
            case 0x75:
                guard var unit = Self.hex4(raw, index) else { throw damaged("\\u without four hexadecimal digits") }
                index += 4
                if unit >> 10 == 0x36, index + 6 <= raw.count, raw[index] == 0x5C, raw[index + 1] == 0x75,
                    let low = Self.hex4(raw, index + 2), low >> 10 == 0x37
                {
                    unit = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
                    index += 6
                }
                // Half of a pair alone stands for no character: U+FFFD, as everywhere.
                let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
                for byte in UTF8.encode(scalar).map(Array.init) ?? [] { scratch.append(byte) }
            default: throw damaged("“\\” before a character it has no meaning with")
            }
        }
        return UnsafeBufferPointer(scratch.buffer)
    }

    private static func hex4(_ raw: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32? {
        guard index + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for byte in raw[index..<(index + 4)] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
