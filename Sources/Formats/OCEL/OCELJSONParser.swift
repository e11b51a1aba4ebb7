import Experience

/// Reads OCEL 2.0 JSON as a stream: no tree of the document is built.
struct OCELJSONParser: ~Copyable {
    private var json: JSONTokenizer
    private var builder: OCELBuilder

    init(_ source: ByteSource, zone: ZoneRule) throws(FormatError) {
        self.init(try JSONTokenizer(source, format: .ocelJSON), zone)
    }

    private init(_ json: consuming JSONTokenizer, _ zone: ZoneRule) {
        self.json = json
        builder = OCELBuilder(zone: zone)
    }

    mutating func parse() throws(FormatError) -> ObjectCentricLog {
        guard try json.next() == .objectStart else { throw json.damaged("it is no JSON object") }
        var known = 0
        while let key = try member() {
            switch key {
            case "objectTypes", "eventTypes":
                try readTypes(events: key == "eventTypes")
                known += 1
            case "objects", "events":
                try readItems(events: key == "events")
                known += 1
            default:
                if key.hasPrefix("ocel:") {
                    throw .refused(
                        format: .ocelJSON, at: json.position(), reason: "it is OCEL 1.0: convert it to OCEL 2.0 first")
                }
                try json.skipValue()
            }
        }
        guard try json.next() == .finish else { throw json.damaged("something follows its end") }
        guard known > 0 else { throw json.damaged("it has neither objects nor events: this is no OCEL") }
        return builder.finish()
    }

    /// The next key of the object, nil at its end.
    private mutating func member() throws(FormatError) -> String? {
        switch try json.next() {
        case .key: return try json.text().text
        case .objectEnd: return nil
        default: throw json.damaged("a key is missing")
        }
    }

    /// Whether the list has another element, which must be an object; opens it.
    private mutating func element() throws(FormatError) -> Bool {
        switch try json.next() {
        case .objectStart: return true
        case .arrayEnd: return false
        default: throw json.damaged("an object is missing")
        }
    }

    private mutating func list() throws(FormatError) {
        guard try json.next() == .arrayStart else { throw json.damaged("a list is missing") }
    }

    /// A scalar; nil for null. Lists and objects are read over.
    private mutating func scalar() throws(FormatError) -> AttributeValue? {
        switch try json.next() {
        case .string: return .text(try json.text().text)
        case .number:
            let text = try json.text().text
            if let integer = Int64(text) { return .integer(integer) }
            guard let number = Double(text), number.isFinite else { return .text(text) }
            return .number(number)
        case .yes: return .boolean(true)
        case .no: return .boolean(false)
        case .objectStart, .arrayStart:
            let outer = json.depth - 1
            while json.depth > outer { _ = try json.next() }
            return nil
        default: return nil
        }
    }

    private mutating func readTypes(events: Bool) throws(FormatError) {
        try list()
        while try element() {
            while let key = try member() {
                if key == "name", let name = try scalar()?.plain {
                    _ = events ? builder.eventType(name) : builder.objectType(name)
                } else if key != "name" {
                    try json.skipValue()
                }
            }
        }
    }

    private mutating func readItems(events: Bool) throws(FormatError) {
        try list()
        while try element() {
            let line = json.position().line
            var draft = OCELDraft(isEvent: events)
            while let key = try member() {
                switch key {
                case "id": draft.id = try scalar()?.plain
                case "type": draft.type = try scalar()?.plain
                case "time": draft.time = try scalar()?.plain
                case "attributes": try readValues(&draft)
                case "relationships": try readRelations(&draft)
                default: try json.skipValue()
                }
            }
            builder.add(draft, line: line)
        }
    }

    private mutating func readValues(_ draft: inout OCELDraft) throws(FormatError) {
        try list()
        while try element() {
            var name = ""
            var time = ""
            var value: AttributeValue?
            while let key = try member() {
                switch key {
                case "name": name = try scalar()?.plain ?? ""
                case "time": time = try scalar()?.plain ?? ""
                case "value": value = try scalar()
                default: try json.skipValue()
                }
            }
            if let value { draft.values.append((name, time, value)) }
        }
    }

    private mutating func readRelations(_ draft: inout OCELDraft) throws(FormatError) {
        try list()
        while try element() {
            var object = ""
            var qualifier = ""
            while let key = try member() {
                switch key {
                case "objectId": object = try scalar()?.plain ?? ""
                case "qualifier": qualifier = try scalar()?.plain ?? ""
                default: try json.skipValue()
                }
            }
            draft.relations.append((object, qualifier))
        }
    }
}
