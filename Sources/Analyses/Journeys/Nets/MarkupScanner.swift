/// A forward scanner for the small, trusted-by-nobody XML of net files: elements, attributes and text.
///
/// Document types are refused, so there are no entities to expand and nothing to fetch; depth and size are bounded.
/// For logs use the readers in Formats; this knows neither namespaces nor encodings other than UTF-8 (and Latin-1,
/// when the declaration says so).
struct MarkupScanner {
    enum Token: Equatable {
        case open(name: String, attributes: [String: String], isEmpty: Bool)
        case close(name: String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var at = 0
    private var openElements: [String] = []
    private let maximumDepth = 200

    init(_ input: [UInt8]) {
        var start = input[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        let head = String(decoding: start.prefix(200), as: UTF8.self).lowercased()
        let declaration = head.hasPrefix("<?xml") ? head.split(separator: ">").first.map(String.init) ?? "" : ""
        if declaration.contains("iso-8859-1") {
            bytes = start.flatMap { Array(String(Unicode.Scalar($0)).utf8) }
        } else {
            bytes = Array(start)
        }
    }

    private func fail(_ reason: String) -> NetError { .malformedXML(offset: at, reason: reason) }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for i in 0..<count where bytes[at + i] != text.utf8Start[i] { return false }
        return true
    }

    private mutating func skip(past text: StaticString, in what: String) throws {
        while at < bytes.count {
            if starts(with: text) {
                at += text.utf8CodeUnitCount
                return
            }
            at += 1
        }
        throw fail("\(what) is not closed")
    }

    mutating func next() throws -> Token? {
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else { return try scanText() }
            if starts(with: "<!--") {
                at += 4
                try skip(past: "-->", in: "a comment")
            } else if starts(with: "<![CDATA[") {
                at += 9
                let start = at
                try skip(past: "]]>", in: "a CDATA section")
                return .text(String(decoding: bytes[start..<(at - 3)], as: UTF8.self))
            } else if starts(with: "<?") {
                try skip(past: "?>", in: "a processing instruction")
            } else if starts(with: "<!") {
                throw fail("document types and entities are not accepted; remove the <!…> declaration")
            } else if starts(with: "</") {
                at += 2
                let name = try scanName()
                skipSpace()
                guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else { throw fail("expected “>”") }
                at += 1
                guard openElements.popLast() == name else { throw fail("</\(name)> closes nothing open here") }
                return .close(name: name)
            } else {
                at += 1
                return try scanElement()
            }
        }
        if let open = openElements.last { throw fail("<\(open)> is not closed") }
        return nil
    }

    private mutating func scanText() throws -> Token {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return .text(try decode(bytes[start..<at]))
    }

    private mutating func scanElement() throws -> Token {
        let name = try scanName()
        var attributes: [String: String] = [:]
        while true {
            skipSpace()
            guard at < bytes.count else { throw fail("<\(name)> is cut off") }
            if bytes[at] == UInt8(ascii: ">") {
                at += 1
                openElements.append(name)
                guard openElements.count <= maximumDepth else { throw fail("elements are nested too deeply") }
                return .open(name: name, attributes: attributes, isEmpty: false)
            }
            if starts(with: "/>") {
                at += 2
                return .open(name: name, attributes: attributes, isEmpty: true)
            }
            let key = try scanName()
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { throw fail("expected “=” after \(key)") }
            at += 1
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
                throw fail("the value of \(key) is not quoted")
            }
            let quote = bytes[at]
            at += 1
            let start = at
            while at < bytes.count, bytes[at] != quote { at += 1 }
            guard at < bytes.count else { throw fail("the value of \(key) is not closed") }
            attributes[key] = try decode(bytes[start..<at])
            at += 1
        }
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func scanName() throws -> String {
        let start = at
        let stops: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0x3E, 0x2F, 0x3D, 0x3C, 0x22, 0x27]
        while at < bytes.count, !stops.contains(bytes[at]) { at += 1 }
        guard at > start else { throw fail("expected a name") }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    private func decode(_ slice: ArraySlice<UInt8>) throws -> String {
        guard slice.contains(UInt8(ascii: "&")) else { return String(decoding: slice, as: UTF8.self) }
        var text = ""
        var rest = slice
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += String(decoding: rest[rest.startIndex..<ampersand], as: UTF8.self)
            guard let semicolon = rest[ampersand...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                throw fail("“&” starts no character reference")
            }
            let name = String(decoding: rest[(ampersand + 1)..<semicolon], as: UTF8.self)
            switch name {
            case "amp": text += "&"
            case "lt": text += "<"
            case "gt": text += ">"
            case "quot": text += "\""
            case "apos": text += "'"
            default:
                let value =
                    name.hasPrefix("#x")
                    ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
                guard let value, let scalar = Unicode.Scalar(value) else {
                    throw fail("unknown character reference &\(name);")
                }
                text.unicodeScalars.append(scalar)
            }
            rest = rest[(semicolon + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }
}
