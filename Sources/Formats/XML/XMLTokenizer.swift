/// A pull tokenizer for the part of XML 1.0 that data files use: elements, attributes, text, CDATA, comments,
/// processing instructions, the five predefined entities and character references.
///
/// Refused by design: document types (and with them every entity bomb and external entity), nesting deeper than
/// ``depthLimit``, more than ``attributeLimit`` attributes on an element, tokens longer than the window's limit.
/// Names and values are ranges of the window, valid until the next call of ``next()``. Not a validating parser, and
/// without namespaces: prefixes stay part of the name.
struct XMLTokenizer: ~Copyable {
    enum Token { case start, end, text, finish }

    struct Attribute: BitwiseCopyable {
        var nameStart: Int32
        var nameEnd: Int32
        var valueStart: Int32
        var valueEnd: Int32
        var isEscaped: Bool
    }

    static let depthLimit = 200
    static let attributeLimit = 200

    let format: LogFormat
    var window: ByteWindow
    /// Whether text between tags is wanted; XES has none that matters.
    private let wantsText: Bool
    /// Whether the element just started has no content; no `.end` follows it.
    private(set) var isEmptyElement = false
    private(set) var attributeCount = 0
    private(set) var depth = 0
    /// Offset in the stream of the "<" of the token returned last.
    private(set) var tokenOffset: Int64 = 0
    private var attributes: UnsafeMutablePointer<Attribute>
    private var nameRange: (Int, Int) = (0, 0)
    private var textRange: (Int, Int) = (0, 0)
    private var textIsEscaped = false
    private var openNames = GrowableColumn<UInt8>()
    private var openEnds = GrowableColumn<Int>()
    private var scratch = GrowableColumn<UInt8>()
    private var rootSeen = false
    /// The depth at which the bytes may end: 0 for a document, 1 for its first part cut between two children of the root.
    private let mayEndAtDepth: Int

    init(_ source: ByteSource, format: LogFormat, wantsText: Bool = false, mayEndAtDepth: Int = 0) {
        window = ByteWindow(source, limit: 1 << 24)
        self.format = format
        self.wantsText = wantsText
        attributes = .allocate(capacity: Self.attributeLimit)
        attributes.initialize(
            repeating: Attribute(nameStart: 0, nameEnd: 0, valueStart: 0, valueEnd: 0, isEscaped: false),
            count: Self.attributeLimit)
        self.mayEndAtDepth = mayEndAtDepth
    }

    deinit { attributes.deallocate() }

    /// Name of the element just started or ended.
    var name: UnsafeBufferPointer<UInt8> { range(nameRange.0, nameRange.1) }

    func attributeName(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        range(Int(attributes[index].nameStart), Int(attributes[index].nameEnd))
    }

    /// The value with references resolved; valid until the next call of this or of ``next()``.
    mutating func attributeValue(_ index: Int) throws(FormatError) -> UnsafeBufferPointer<UInt8> {
        let attribute = attributes[index]
        let raw = range(Int(attribute.valueStart), Int(attribute.valueEnd))
        return attribute.isEscaped ? try unescape(raw) : raw
    }

    /// The value of the attribute of that name.
    mutating func attribute(_ name: StaticString) throws(FormatError) -> UnsafeBufferPointer<UInt8>? {
        for index in 0..<attributeCount where attributeName(index).equals(name) { return try attributeValue(index) }
        return nil
    }

    /// Text of a `.text` token with references resolved.
    mutating func text() throws(FormatError) -> UnsafeBufferPointer<UInt8> {
        let raw = range(textRange.0, textRange.1)
        return textIsEscaped ? try unescape(raw) : raw
    }

    mutating func position() -> InputPosition {
        InputPosition(line: window.line(at: window.position), byte: window.offset)
    }

    mutating func damaged(_ reason: String) -> FormatError { .damaged(format: format, at: position(), reason: reason) }
    mutating func refused(_ reason: String) -> FormatError { .refused(format: format, at: position(), reason: reason) }

    private func range(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: window.base + start, count: end - start)
    }

    private enum Scan { case token(Token), skipped, incomplete }

    mutating func next() throws(FormatError) -> Token {
        while true {
            if wantsText, depth > 0, let token = try scanText() { return token }
            guard let open = find(0x3C, window.base, window.position, window.end) else {
                window.position = window.end
                if try window.refill() { continue }
                guard rootSeen else { throw damaged("there is no element in it") }
                guard depth <= mayEndAtDepth else {
                    throw damaged("the file ends inside <\(lastOpenName())>: it is cut short, fetch it again")
                }
                return .finish
            }
            window.position = open
            tokenOffset = window.offset
            switch try scan(open) {
            case .token(let token): return token
            case .skipped: continue
            case .incomplete:
                guard try refillToken() else {
                    throw damaged("the file ends inside a tag: it is cut short, fetch it again")
                }
            }
        }
    }

    private mutating func refillToken() throws(FormatError) -> Bool {
        do {
            return try window.refill()
        } catch {
            guard case .tooLarge = error else { throw error }
            throw refused("a single tag or text is longer than 16 MiB")
        }
    }

    // MARK: Text

    private mutating func scanText() throws(FormatError) -> Token? {
        while true {
            let start = window.position
            if start < window.end, window.base[start] == 0x3C { return nil }
            if let open = find(0x3C, window.base, start, window.end) {
                textRange = (start, open)
                textIsEscaped = find(0x26, window.base, start, open) != nil
                window.position = open
                return .text
            }
            guard try refillToken() else { return nil }
        }
    }

    // MARK: Tags

    private mutating func scan(_ open: Int) throws(FormatError) -> Scan {
        let end = window.end
        guard open + 1 < end else { return .incomplete }
        switch window.base[open + 1] {
        case 0x2F: return try scanEnd(open)
        case 0x21: return try scanDeclaration(open)
        case 0x3F:
            guard let close = findPair(0x3F, 0x3E, open + 2) else { return .incomplete }
            window.position = close
            return .skipped
        default: return try scanStart(open)
        }
    }

    private mutating func scanEnd(_ open: Int) throws(FormatError) -> Scan {
        guard let close = find(0x3E, window.base, open + 2, window.end) else { return .incomplete }
        var stop = close
        while stop > open + 2, window.base[stop - 1] <= 0x20 { stop -= 1 }
        nameRange = (open + 2, stop)
        guard depth > 0 else { throw damaged("</\(name.text)> closes what is not open") }
        let start = openEnds.count > 1 ? openEnds[openEnds.count - 2] : 0
        let length = openEnds[openEnds.count - 1] - start
        guard length == stop - open - 2, let names = openNames.base,
            equalBytes(names + start, window.base + open + 2, length)
        else { throw damaged("</\(name.text)> where </\(lastOpenName())> belongs") }
        openNames.truncate(to: start)
        openEnds.truncate(to: openEnds.count - 1)
        depth -= 1
        window.position = close + 1
        return .token(.end)
    }

    private mutating func scanDeclaration(_ open: Int) throws(FormatError) -> Scan {
        guard open + 9 <= window.end || window.atEnd else { return .incomplete }
        let head = range(open, min(window.end, open + 9))
        if head.starts(with: "<!--".utf8) {
            guard let close = findComment(open + 4) else { return .incomplete }
            window.position = close
            return .skipped
        }
        if head.starts(with: "<![CDATA[".utf8) {
            var from = open + 9
            while let close = findPair(0x5D, 0x5D, from) {
                guard close < window.end else { return .incomplete }
                if window.base[close] == 0x3E {
                    textRange = (open + 9, close - 2)
                    textIsEscaped = false
                    window.position = close + 1
                    return wantsText ? .token(.text) : .skipped
                }
                from = close - 1
            }
            return .incomplete
        }
        if head.starts(with: "<!DOCTYPE".utf8) {
            throw refused("it has a document type (DOCTYPE), which event logs do not need and attacks do: remove it")
        }
        guard open + 9 <= window.end else { return .incomplete }
        throw damaged("“<!” that starts neither a comment nor character data")
    }

    private mutating func scanStart(_ open: Int) throws(FormatError) -> Scan {
        let base = window.base
        let end = window.end
        var index = open + 1
        while index < end, Self.isName(base[index]) { index += 1 }
        guard index < end else { return .incomplete }
        guard index > open + 1 else { throw damaged("“<” that starts no tag") }
        nameRange = (open + 1, index)
        attributeCount = 0
        while true {
            while index < end, base[index] <= 0x20 { index += 1 }
            guard index < end else { return .incomplete }
            if base[index] == 0x3E {
                index += 1
                isEmptyElement = false
                break
            }
            if base[index] == 0x2F {
                guard index + 1 < end else { return .incomplete }
                guard base[index + 1] == 0x3E else { throw damaged("“/” inside <\(name.text)>") }
                index += 2
                isEmptyElement = true
                break
            }
            guard let after = try scanAttribute(index) else { return .incomplete }
            index = after
        }
        if depth == 0 {
            guard !rootSeen else { throw damaged("<\(name.text)> after the end of the document") }
        }
        rootSeen = true
        window.position = index
        if !isEmptyElement {
            guard depth < Self.depthLimit else { throw refused("elements nested deeper than \(Self.depthLimit)") }
            push(name)
        }
        return .token(.start)
    }

    /// One attribute from `start`; the index after it, or nil when the window ends first.
    private mutating func scanAttribute(_ start: Int) throws(FormatError) -> Int? {
        let base = window.base
        let end = window.end
        var index = start
        while index < end, Self.isName(base[index]) { index += 1 }
        let nameEnd = index
        while index < end, base[index] <= 0x20 { index += 1 }
        guard index < end else { return nil }
        guard nameEnd > start, base[index] == 0x3D else {
            throw damaged("an attribute of <\(name.text)> without a value")
        }
        index += 1
        while index < end, base[index] <= 0x20 { index += 1 }
        guard index < end else { return nil }
        let quote = base[index]
        guard quote == 0x22 || quote == 0x27 else { throw damaged("an attribute of <\(name.text)> without quotes") }
        index += 1
        let valueStart = index
        // Eight bytes at a time to the closing quote, noting references and stopping at "<", which cannot be in a value.
        let quotes = repeated(quote)
        var isEscaped = false
        while true {
            let word = load8(base + index)
            let stops = matches(word, quotes) | matches(word, repeated(0x3C))
            let references = matches(word, repeated(0x26))
            if stops != 0 {
                let ahead = stops.trailingZeroBitCount
                if references != 0, references.trailingZeroBitCount < ahead { isEscaped = true }
                index += ahead / 8
                break
            }
            if references != 0 { isEscaped = true }
            index += 8
            guard index < end else { return nil }
        }
        guard index < end else { return nil }
        guard base[index] == quote else {
            throw damaged("“<” in an attribute of <\(name.text)>: a closing quote is missing")
        }
        guard attributeCount < Self.attributeLimit else {
            throw refused("more than \(Self.attributeLimit) attributes on <\(name.text)>")
        }
        attributes[attributeCount] = Attribute(
            nameStart: Int32(start), nameEnd: Int32(nameEnd), valueStart: Int32(valueStart), valueEnd: Int32(index),
            isEscaped: isEscaped)
        attributeCount += 1
        return index + 1
    }

    private mutating func push(_ name: UnsafeBufferPointer<UInt8>) {
        openNames.append(contentsOf: name)
        openEnds.append(openNames.count)
        depth += 1
    }

    private func lastOpenName() -> String {
        let count = openEnds.count
        guard count > 0, let names = openNames.base else { return "" }
        let start = count > 1 ? openEnds[count - 2] : 0
        return UnsafeBufferPointer(start: UnsafePointer(names + start), count: openEnds[count - 1] - start).text
    }

    /// Name bytes by exclusion: all but space, `/`, `>`, `=`, quotes, `<` and `&`.
    @inline(__always)
    private static func isName(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x2F && byte != 0x3E && byte != 0x3D && byte != 0x22 && byte != 0x27 && byte != 0x3C
            && byte != 0x26
    }

    /// Index after the first `a` `b` from `start`.
    private func findPair(_ a: UInt8, _ b: UInt8, _ start: Int) -> Int? {
        var from = start
        while let hit = find(a, window.base, from, window.end) {
            guard hit + 1 < window.end else { return nil }
            if window.base[hit + 1] == b { return hit + 2 }
            from = hit + 1
        }
        return nil
    }

    private func findComment(_ start: Int) -> Int? {
        var from = start
        while let hit = findPair(0x2D, 0x2D, from) {
            guard hit < window.end else { return nil }
            if window.base[hit] == 0x3E { return hit + 1 }
            from = hit - 1
        }
        return nil
    }

    // MARK: References

    private mutating func unescape(_ raw: UnsafeBufferPointer<UInt8>) throws(FormatError) -> UnsafeBufferPointer<UInt8>
    {
        scratch.truncate(to: 0)
        var index = 0
        while index < raw.count {
            guard raw[index] == 0x26 else {
                scratch.append(raw[index])
                index += 1
                continue
            }
            guard let stop = raw[index...].prefix(12).firstIndex(of: 0x3B) else {
                throw damaged("“&” that starts no reference: write &amp;")
            }
            try appendReference(UnsafeBufferPointer(rebasing: raw[(index + 1)..<stop]))
            index = stop + 1
        }
        return UnsafeBufferPointer(scratch.buffer)
    }

    private mutating func appendReference(_ name: UnsafeBufferPointer<UInt8>) throws(FormatError) {
        if name.equals("lt") {
            scratch.append(0x3C)
        } else if name.equals("gt") {
            scratch.append(0x3E)
        } else if name.equals("amp") {
            scratch.append(0x26)
        } else if name.equals("quot") {
            scratch.append(0x22)
        } else if name.equals("apos") {
            scratch.append(0x27)
        } else if name.count > 1, name[0] == 0x23 {
            let hex = name[1] | 0x20 == 0x78
            let digits = String(decoding: name.dropFirst(hex ? 2 : 1), as: UTF8.self)
            guard let value = UInt32(digits, radix: hex ? 16 : 10), value != 0, let scalar = Unicode.Scalar(value)
            else {
                throw damaged("&\(name.text); is no character")
            }
            for byte in UTF8.encode(scalar).map(Array.init) ?? [] { scratch.append(byte) }
        } else {
            throw refused("the entity &\(name.text); is not one of XML's own five")
        }
    }
}
