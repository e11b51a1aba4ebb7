/// Splits delimited text into records and fields by bytes (RFC 4180, with LF, CR LF and CR as line ends).
///
/// A field that starts with a quote runs to the next quote that is not doubled, line ends and all; a quote elsewhere is an
/// ordinary character. A quote never closed spoils its own line only: the next line is read on its own.
struct CSVTokenizer: ~Copyable {
    struct Field: BitwiseCopyable {
        var start: Int32
        var end: Int32
        /// Holds doubled quotes still to be halved.
        var isEscaped: Bool
    }

    enum Fault: Sendable { case none, openQuote, afterQuote, notUTF8 }

    var window: ByteWindow
    let delimiter: UInt8
    private var fields = GrowableColumn<Field>()
    private(set) var fault = Fault.none
    /// Line of the record read last, from 1.
    private(set) var line = 0
    private var nextLine = 1
    private var recordStart = 0
    private var recordEnd = 0
    private var openQuotes = 0
    /// Whether a quote was still open when the bytes ended.
    private(set) var endedInQuote = false
    /// Lines read so far.
    var lines: Int { nextLine - 1 }

    /// A quoted field longer than this is taken for a quote never closed.
    static let quotedLimit = 1 << 20
    /// Bytes a record may take.
    private static let recordLimit = 1 << 25

    init(_ source: ByteSource, delimiter: UInt8) throws(FormatError) {
        window = ByteWindow(source, limit: Self.recordLimit, countsLines: false)
        self.delimiter = delimiter
        while window.end < 3, try window.refill() {}
        if window.end >= 3, window.base[0] == 0xEF, window.base[1] == 0xBB, window.base[2] == 0xBF {
            window.position = 3
        }
    }

    var fieldCount: Int { fields.count }

    /// The bytes of a field, doubled quotes halved (in place, once).
    @inline(__always)
    mutating func field(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let field = fields[index]
        if field.isEscaped { return halve(index) }
        return UnsafeBufferPointer(start: window.base + Int(field.start), count: Int(field.end - field.start))
    }

    /// The record as written.
    var record: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: window.base + recordStart, count: recordEnd - recordStart)
    }

    private mutating func halve(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        var field = fields[index]
        let base = window.base
        var from = Int(field.start)
        var to = from
        while from < Int(field.end) {
            if base[from] == 0x22, from + 1 < Int(field.end) { from += 1 }
            base[to] = base[from]
            to += 1
            from += 1
        }
        field.end = Int32(to)
        field.isEscaped = false
        fields[index] = field
        return UnsafeBufferPointer(start: base + Int(field.start), count: to - Int(field.start))
    }

    /// Reads the next record that is not an empty line; false at the end.
    mutating func next() throws(FormatError) -> Bool {
        while true {
            guard window.position < window.end || !window.atEnd else { return false }
            if try scanRecord() { return true }
        }
    }

    /// One record from the window's position; false when there was none (end of file) or it was an empty line.
    private mutating func scanRecord() throws(FormatError) -> Bool {
        while true {
            switch scan() {
            case .complete(let end, let next, let inner):
                recordStart = window.position
                recordEnd = end
                line = nextLine
                nextLine += 1 + inner
                window.position = next
                return end > recordStart
            case .incomplete:
                if try refill() { continue }
                guard window.position < window.end else { return false }
                // The last line has no line end: the window's zeros after it would be taken for data, so say where it stops.
                isLast = true
            case .unclosed: return try skipLine()
            }
        }
    }

    private var isLast = false

    private enum Scan {
        /// End of the record's text, start of the next, line ends inside quotes.
        case complete(Int, Int, Int)
        case incomplete
        case unclosed
    }

    private mutating func refill() throws(FormatError) -> Bool {
        do {
            return try window.refill()
        } catch {
            // The file as a whole has a limit too.
            guard case .tooLarge(let limit) = error, limit == Self.recordLimit else { throw error }
            throw .refused(
                format: .csv, at: InputPosition(line: nextLine, byte: window.offset),
                reason: "a single row is longer than 32 MiB")
        }
    }

    /// Leaves out the line at the position, which opens a quote that is never closed.
    private mutating func skipLine() throws(FormatError) -> Bool {
        openQuotes += 1
        if window.atEnd { endedInQuote = true }
        guard openQuotes <= 10_000 else {
            throw .damaged(
                format: .csv, at: InputPosition(line: nextLine, byte: window.offset),
                reason: "quotes do not match: over 10000 rows open one that is never closed")
        }
        var index = window.position
        while index < window.end, window.base[index] != 0x0A, window.base[index] != 0x0D { index += 1 }
        recordStart = window.position
        recordEnd = index
        line = nextLine
        nextLine += 1
        if index < window.end {
            index += window.base[index] == 0x0D && index + 1 < window.end && window.base[index + 1] == 0x0A ? 2 : 1
        }
        window.position = index
        fields.truncate(to: 0)
        fault = .openQuote
        return true
    }

    private mutating func scan() -> Scan {
        let base = window.base
        let end = window.end
        let delimiters = repeated(delimiter)
        var index = window.position
        var innerLines = 0
        var highBits: UInt64 = 0
        fields.truncate(to: 0)
        fault = .none
        while true {
            if base[index] == 0x22, index < end {
                // Quoted.
                let open = index
                var isEscaped = false
                index += 1
                while true {
                    guard let quote = find(0x22, base, index, end) else {
                        if end - open > Self.quotedLimit || isLast || window.atEnd { return .unclosed }
                        return .incomplete
                    }
                    index = quote + 1
                    guard index < end || isLast || window.atEnd else { return .incomplete }
                    guard index < end, base[index] == 0x22 else { break }
                    isEscaped = true
                    index += 1
                    if index - open > Self.quotedLimit { return .unclosed }
                }
                let close = index - 1
                innerLines += countBytes(0x0A, UnsafePointer(base + open), close - open)
                if hasHighBit(open, close) { highBits = 0x80 }
                fields.append(Field(start: Int32(open + 1), end: Int32(close), isEscaped: isEscaped))
                if index < end, base[index] != delimiter, base[index] != 0x0A, base[index] != 0x0D {
                    fault = .afterQuote
                    while index < end, base[index] != delimiter, base[index] != 0x0A, base[index] != 0x0D { index += 1 }
                }
            } else {
                let start = index
                while true {
                    let word = load8(base + index)
                    highBits |= word
                    // Line ends are found as bytes below 14, which almost no text holds; the exact test follows.
                    let low = (word &- repeated(0x0E)) & ~word & 0x8080_8080_8080_8080
                    let stops = matches(word, delimiters) | low
                    if stops == 0 {
                        index += 8
                        if index >= end { break }
                        continue
                    }
                    index += stops.trailingZeroBitCount / 8
                    if index >= end { break }
                    let byte = base[index]
                    if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                    index += 1
                }
                index = min(index, end)
                fields.append(Field(start: Int32(start), end: Int32(index), isEscaped: false))
            }
            if index >= end {
                guard isLast else { return .incomplete }
                finishRecord(highBits, end)
                return .complete(end, end, innerLines)
            }
            let byte = base[index]
            if byte == delimiter {
                index += 1
                if index >= end, !isLast { return .incomplete }
                continue
            }
            var next = index + 1
            if byte == 0x0D {
                // Whether a line feed follows decides where the next record starts.
                if next >= end, !window.atEnd { return .incomplete }
                if next < end, base[next] == 0x0A { next += 1 }
            }
            finishRecord(highBits, index)
            return .complete(index, next, innerLines)
        }
    }

    private func hasHighBit(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end where window.base[index] >= 0x80 { return true }
        return false
    }

    private mutating func finishRecord(_ highBits: UInt64, _ end: Int) {
        guard highBits & 0x8080_8080_8080_8080 != 0, fault == .none else { return }
        let bytes = UnsafeBufferPointer(
            start: UnsafePointer(window.base + window.position), count: end - window.position)
        if !isUTF8(bytes) { fault = .notUTF8 }
    }
}
