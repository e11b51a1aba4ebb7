import Experience

/// What moved a promise, as the view keeps it: one line of text each, `time word payload`, joined by line feeds.
enum PromiseLineText {
    static func encode(_ lines: [PromiseLine]) -> String {
        lines.map(encode).joined(separator: "\n")
    }

    private static func encode(_ line: PromiseLine) -> String {
        let (word, payload): (String, [String: AttributeValue])
        switch line.meaning {
        case .entry(let entry): (word, payload) = (entry.activity, entry.attributes)
        case .waits(let key, let holder):
            (word, payload) = ("waits", ["key": .text(key), "for": .text(holder.rawValue)])
        case .goesOn(let key): (word, payload) = ("goes-on", ["key": .text(key)])
        case .reached: (word, payload) = ("reached", [:])
        case .closed(let result): (word, payload) = ("closed", ["result": .text(result)])
        case .reopened: (word, payload) = ("reopened", [:])
        }
        let text = AttributeText.encode(payload) ?? AttributeText.empty
        return "\(line.at.microseconds) \(word) \(String(decoding: text, as: UTF8.self))"
    }

    /// Nil when the text is not what ``encode(_:)`` writes: the view is damaged and must be rebuilt.
    static func decode(_ text: String) -> [PromiseLine]? {
        var text = text
        return text.withUTF8 { bytes in
            var lines: [PromiseLine] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let line = rest.prefix { $0 != 0x0A }
                rest = rest[line.endIndex...].dropFirst()
                if line.isEmpty { continue }
                guard let decoded = decode(line) else { return nil }
                lines.append(decoded)
            }
            return lines
        }
    }

    private typealias Slice = UnsafeBufferPointer<UInt8>.SubSequence

    private static func decode(_ line: Slice) -> PromiseLine? {
        guard let first = line.firstIndex(of: 0x20),
            let second = line[(first + 1)...].firstIndex(of: 0x20),
            let time = Int64(String(decoding: line[..<first], as: UTF8.self)),
            let values = AttributeText.decode(UnsafeBufferPointer(rebasing: line[(second + 1)...])),
            let meaning = meaning(String(decoding: line[(first + 1)..<second], as: UTF8.self), values)
        else { return nil }
        return PromiseLine(at: Instant(microseconds: time), meaning: meaning)
    }

    private static func meaning(_ name: String, _ values: [String: AttributeValue]) -> PromiseLine.Meaning? {
        switch name {
        case "waits":
            guard let key = values["key"]?.plain,
                let holder = values["for"].flatMap({ ClockHolder(rawValue: $0.plain) })
            else { return nil }
            return .waits(key: key, for: holder)
        case "goes-on": return values["key"].map { .goesOn(key: $0.plain) }
        case "reached": return .reached
        case "closed": return values["result"].map { .closed(result: $0.plain) }
        case "reopened": return .reopened
        default: return (try? PromiseEntry(activity: name, attributes: values)).map(PromiseLine.Meaning.entry)
        }
    }
}
