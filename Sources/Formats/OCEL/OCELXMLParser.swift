import Experience

/// Reads OCEL 2.0 XML as a stream.
struct OCELXMLParser: ~Copyable {
    private var xml: XMLTokenizer
    private var builder: OCELBuilder
    private var section = Section.none
    private var draft: OCELDraft?
    private var value: (name: String, time: String)?
    private var valueText = ""
    private var line = 0

    private enum Section { case none, objectTypes, eventTypes, objects, events }

    init(_ source: ByteSource, zone: ZoneRule) {
        xml = XMLTokenizer(source, format: .ocelXML, wantsText: true)
        builder = OCELBuilder(zone: zone)
    }

    mutating func parse() throws(FormatError) -> ObjectCentricLog {
        var known = 0
        while true {
            switch try xml.next() {
            case .start:
                let depth = xml.isEmptyElement ? xml.depth + 1 : xml.depth
                if depth == 1 {
                    guard xml.name.equals("log") else {
                        throw xml.damaged("the outermost element is <\(xml.name.text)>, not <log>: this is no OCEL")
                    }
                } else if depth == 2 {
                    if startSection() { known += 1 }
                } else {
                    try start(depth)
                }
            case .text: if value != nil { valueText += try xml.text().text }
            case .end: end(depth: xml.depth + 1)
            case .finish:
                guard known > 0 else { throw xml.damaged("it has neither objects nor events: this is no OCEL") }
                return builder.finish()
            }
        }
    }

    private mutating func startSection() -> Bool {
        let name = xml.name
        if name.equals("object-types") {
            section = .objectTypes
        } else if name.equals("event-types") {
            section = .eventTypes
        } else if name.equals("objects") {
            section = .objects
        } else if name.equals("events") {
            section = .events
        } else {
            section = .none
            return false
        }
        return true
    }

    private mutating func attribute(_ name: StaticString) throws(FormatError) -> String? {
        try xml.attribute(name)?.text
    }

    private mutating func start(_ depth: Int) throws(FormatError) {
        switch section {
        case .none: return
        case .objectTypes:
            if depth == 3, let name = try attribute("name") { _ = builder.objectType(name) }
        case .eventTypes:
            if depth == 3, let name = try attribute("name") { _ = builder.eventType(name) }
        case .objects, .events:
            if depth == 3 {
                var draft = OCELDraft(isEvent: section == .events)
                draft.id = try attribute("id")
                draft.type = try attribute("type")
                draft.time = try attribute("time")
                line = xml.window.line(at: xml.window.position)
                self.draft = draft
                if xml.isEmptyElement { finishItem() }
            } else if xml.name.equals("attribute") {
                let name = try attribute("name") ?? ""
                let time = try attribute("time") ?? ""
                valueText = ""
                value = (name, time)
                if xml.isEmptyElement { finishValue() }
            } else if xml.name.equals("relationship") || xml.name.equals("relobj") {
                let object = try attribute("object-id") ?? ""
                let qualifier = try attribute("qualifier") ?? ""
                draft?.relations.append((object, qualifier))
            }
        }
    }

    private mutating func end(depth: Int) {
        if depth == 2 {
            section = .none
        } else if depth == 3 {
            finishItem()
        } else if value != nil {
            finishValue()
        }
    }

    private mutating func finishValue() {
        guard let value else { return }
        draft?.values.append((value.name, value.time, .text(valueText)))
        self.value = nil
    }

    private mutating func finishItem() {
        guard let draft else { return }
        builder.add(draft, line: line)
        self.draft = nil
    }
}
