/// Why an event can't be taken. Each says what to do; none repeats the sender's personal data.
package enum EventProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case empty(field: String)
    case tooLong(field: String, limit: Int)
    case controlCharacters(field: String)
    case tooManyAttributes(count: Int, limit: Int)
    case implausibleTime(Instant)

    package var description: String {
        switch self {
        case .empty(let field): "“\(field)” is empty; give it a value."
        case .tooLong(let field, let limit): "“\(field)” is longer than \(limit) bytes; shorten it."
        case .controlCharacters(let field): "“\(field)” holds control characters; send plain text."
        case .tooManyAttributes(let count, let limit):
            "\(count) attributes on one event; send at most \(limit)."
        case .implausibleTime(let instant):
            "the time \(instant.rfc3339) lies outside the years 1900–2200; send RFC 3339 with an offset."
        }
    }
}

extension Event {
    package static let attributeLimit = 64
    package static let textLimit = 2048

    /// The rules every event meets before it is appended, whatever channel it came by.
    package func check() throws(EventProblem) {
        try Event.check("source", source, limit: 128)
        try Event.check("id", sourceID, limit: 256)
        try Event.check("activity", activity, limit: 256)
        if let touchpoint { try Event.check("touchpoint", touchpoint, limit: 128) }
        if let id = actor.id { try Event.check("actor.id", id, limit: 128) }
        if let unit = actor.unit { try Event.check("actor.unit", unit, limit: 128) }
        guard attributes.count <= Event.attributeLimit else {
            throw .tooManyAttributes(count: attributes.count, limit: Event.attributeLimit)
        }
        for (key, value) in attributes {
            try Event.check("attribute name", key, limit: 128)
            if case .text(let text) = value, text.utf8.count > Event.textLimit {
                throw .tooLong(field: key, limit: Event.textLimit)
            }
        }
        let years = CivilDate(utc: occurred).year
        guard (1900...2200).contains(years) else { throw .implausibleTime(occurred) }
    }

    private static func check(_ field: String, _ text: String, limit: Int) throws(EventProblem) {
        if text.isEmpty { throw .empty(field: field) }
        if text.utf8.count > limit { throw .tooLong(field: field, limit: limit) }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw .controlCharacters(field: field) }
    }
}
