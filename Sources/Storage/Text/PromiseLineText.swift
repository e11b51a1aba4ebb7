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
        var lines: [PromiseLine] = []
        for part in text.utf8.split(separator: 0x0A) {
            let words = part.split(separator: 0x20, maxSplits: 2)
            guard words.count == 3, let time = Int64(Substring(words[0])), let meaning = decode(words[1], words[2])
            else { return nil }
            lines.append(PromiseLine(at: Instant(microseconds: time), meaning: meaning))
        }
        return lines
    }

    private static func decode(
        _ word: Substring.UTF8View, _ payload: Substring.UTF8View
    ) -> PromiseLine.Meaning? {
        guard let values = Array(payload).withUnsafeBufferPointer(AttributeText.decode) else { return nil }
        let name = String(Substring(word))
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
