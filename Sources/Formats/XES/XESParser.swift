/// Reads XES (IEEE 1849-2016, and the 1.0 and 2.0 drafts before it) as a stream into a sink.
///
/// An event is `concept:name` (or a declared classifier's keys) at `time:timestamp`; its journey is the trace's
/// `concept:name`. Other attributes keep their key; nested ones are named `parent/child`, and what repeats in a list
/// `parent/child[2]`. Two traces of one name are one journey. Memory is bounded by the longest tag.
struct XESParser<Sink: EventSink & ~Copyable>: ~Copyable {
    var sink: Sink
    var xml: XMLTokenizer
    private let options: LogReadingOptions
    var times: TimeReader
    var header = XESHeader()
    private(set) var isFinished = false
    private(set) var traces = 0
    private(set) var item: Int64 = 0

    var eventKeys = KeyTable()
    var traceKeys = KeyTable()
    private var eventDefaults: [XESDefault] = []
    private var traceDefaults: [XESDefault] = []
    private var place = Place.outside
    /// Keys of the attributes around the one being read, joined by "/".
    private var path = GrowableColumn<UInt8>()
    private var pathEnds: [Int] = []

    private var activity = GrowableColumn<UInt8>()
    private var hasActivity = false
    private var time: Int64?
    private var badTime: String?
    private var classifierKeys: [String]?
    private var classifierValues: [String?] = []

    /// Whether the parser stands where a trace may start, or after the end.
    var isBetweenTraces: Bool {
        switch place {
        case .log, .outside: true
        default: false
        }
    }

    private enum Place { case outside, log, global(trace: Bool), trace, event, looseEvent }

    /// - Parameter isPart: whether the bytes may end between two traces.
    init(_ source: ByteSource, sink: consuming Sink, options: LogReadingOptions, isPart: Bool = false) {
        xml = XMLTokenizer(source, format: .xes, mayEndAtDepth: isPart ? 1 : 0)
        self.sink = sink
        self.options = options
        times = TimeReader(.iso8601, zone: options.zone)
    }

    /// Reads on until the sink is full or the file ends.
    mutating func advance() throws(FormatError) {
        while !isFinished, !sink.isFull {
            switch try xml.next() {
            case .start: try start()
            case .end: try end(depth: xml.depth + 1)
            case .text: break
            case .finish: isFinished = true
            }
        }
    }

    // MARK: Elements

    private mutating func start() throws(FormatError) {
        // The depth the element stands at, from 1 for the root.
        let depth = xml.isEmptyElement ? xml.depth + 1 : xml.depth
        let name = xml.name
        switch place {
        case .outside:
            guard name.equals("log") else {
                throw xml.damaged("the outermost element is <\(name.text)>, not <log>: this is no XES")
            }
            if !xml.isEmptyElement { place = .log }
            return
        case .log:
            if depth == 2 {
                try startInLog(name)
                return
            }
            return
        case .global(let trace):
            if depth == 3 { try readDefault(trace: trace) }
            return
        case .trace:
            if depth == 3, name.equals("event") {
                startEvent()
                if xml.isEmptyElement { try endEvent() } else { place = .event }
                return
            }
            try attribute(depth - 3, journey: true)
        case .event: try attribute(depth - 4, journey: false)
        case .looseEvent: return
        }
    }

    private mutating func startInLog(_ name: UnsafeBufferPointer<UInt8>) throws(FormatError) {
        if name.equals("trace") {
            traces += 1
            item += 1
            traceKeys.restart()
            sink.openJourney()
            if xml.isEmptyElement { try endTrace() } else { place = .trace }
        } else if name.equals("event") {
            let line = xml.window.line(at: xml.window.position)
            sink.dropEvent(RejectedRow(line: line, reason: "the event is in no trace", excerpt: ""))
            if !xml.isEmptyElement { place = .looseEvent }
        } else if name.equals("global") {
            let scope = try xml.attribute("scope")?.text
            if !xml.isEmptyElement { place = .global(trace: scope == "trace") }
        } else if name.equals("classifier") {
            let title = try xml.attribute("name")?.text ?? ""
            let keys = try xml.attribute("keys")?.text ?? ""
            header.classifiers.append(XESClassifier(name: title, keys: XESHeader.split(keys)))
        } else if name.equals("extension") {
            header.extensions.append(try xml.attribute("name")?.text ?? "")
        }
    }

    private mutating func end(depth: Int) throws(FormatError) {
        switch place {
        case .outside: break
        case .log: if depth == 1 { place = .outside }
        case .global, .looseEvent: if depth == 2 { place = .log }
        case .trace:
            if depth == 2 { try endTrace() } else { leaveAttribute(depth - 3) }
        case .event:
            if depth == 3 { try endEvent() } else { leaveAttribute(depth - 4) }
        }
    }

    private mutating func endTrace() throws(FormatError) {
        if options.globalDefaults, !traceDefaults.isEmpty {
            for value in traceDefaults where !traceKeys.isMarked(value.key, item) {
                let attribute = traceKeys.attribute(value.key)
                guard attribute >= 0 else { continue }
                value.text.withUnsafeBufferPointer { sink.setJourney(attribute, $0, value.kind) }
            }
        }
        withBytes(of: "trace \(traces)") { sink.closeJourney(fallback: $0) }
        pathEnds.removeAll(keepingCapacity: true)
        place = .log
    }

    // MARK: Events

    private mutating func startEvent() {
        if classifierKeys == nil { chooseClassifier() }
        eventKeys.restart()
        hasActivity = false
        time = nil
        badTime = nil
        eventItem += 1
        for index in classifierValues.indices { classifierValues[index] = nil }
        pathEnds.removeAll(keepingCapacity: true)
    }

    private var eventItem: Int64 = 0

    private mutating func chooseClassifier() {
        guard let name = options.classifier else {
            classifierKeys = []
            return
        }
        let keys = header.classifiers.first { $0.name == name }?.keys ?? []
        classifierKeys = keys
        classifierValues = keys.map { _ in nil }
    }

    private mutating func endEvent() throws(FormatError) {
        place = .trace
        let line = Sink.wantsLines ? xml.window.line(at: xml.window.position) : 0
        if options.classifier != nil { try composeActivity() }
        guard let time, hasActivity else {
            let reason =
                if let badTime { "“\(badTime)” is no time" } else if time == nil {
                    "it has no time:timestamp"
                } else if options.classifier
                    != nil
                { "it lacks the keys of the classifier" } else { "it has no concept:name" }
            sink.dropEvent(
                RejectedRow(line: xml.window.line(at: xml.window.position), reason: reason, excerpt: ""))
            return
        }
        if options.globalDefaults, !eventDefaults.isEmpty {
            for value in eventDefaults where !eventKeys.isMarked(value.key, eventItem) {
                let attribute = eventKeys.attribute(value.key)
                guard attribute >= 0 else { continue }
                value.text.withUnsafeBufferPointer { sink.setEvent(attribute, $0, value.kind) }
            }
        }
        sink.endEvent(activity: UnsafeBufferPointer(activity.buffer), time: time, line: line)
    }

    private mutating func composeActivity() throws(FormatError) {
        guard let keys = classifierKeys, !keys.isEmpty else {
            throw .unknownClassifier(name: options.classifier ?? "", classifiers: header.classifiers.map(\.name))
        }
        let values = classifierValues.compactMap(\.self)
        hasActivity = values.count == keys.count
        activity.truncate(to: 0)
        withBytes(of: values.joined(separator: "+")) { activity.append(contentsOf: $0) }
    }

    // MARK: Attributes

    /// An attribute element, `nesting` 0 directly in the event or trace.
    private mutating func attribute(_ nesting: Int, journey: Bool) throws(FormatError) {
        let kind = XESHeader.kind(xml.name)
        var key: UnsafeBufferPointer<UInt8>?
        var valueIndex: Int?
        for index in 0..<xml.attributeCount {
            let name = xml.attributeName(index)
            if name.equals("key") {
                key = try xml.attributeValue(index)
            } else if name.equals("value") {
                valueIndex = index
            }
        }
        guard kind != nil || key != nil else {
            // <values> of a list, or an element of some other vocabulary: transparent.
            if !xml.isEmptyElement { enter(nil) }
            return
        }
        guard let key else { throw xml.damaged("<\(xml.name.text)> without a key") }
        if nesting > 0 || !xml.isEmptyElement { enter(key) }
        guard path.count <= XESHeader.pathLimit else { throw xml.refused("keys of over 64 KiB") }
        let full = nesting > 0 ? UnsafeBufferPointer(path.buffer) : key
        if let valueIndex {
            if journey {
                try traceValue(full, kind ?? .text, valueIndex, nested: nesting > 0)
            } else {
                try eventValue(full, kind ?? .text, valueIndex, nested: nesting > 0)
            }
        }
        if nesting > 0, xml.isEmptyElement { leaveAttribute(nesting) }
    }

    private mutating func enter(_ key: UnsafeBufferPointer<UInt8>?) {
        let before = pathEnds.last ?? 0
        path.truncate(to: before)
        if let key {
            if before > 0 { path.append(0x2F) }
            path.append(contentsOf: key)
        }
        pathEnds.append(path.count)
    }

    private mutating func leaveAttribute(_ nesting: Int) {
        if !pathEnds.isEmpty { pathEnds.removeLast() }
    }

    private mutating func traceValue(
        _ key: UnsafeBufferPointer<UInt8>, _ kind: ValueKind, _ valueIndex: Int, nested: Bool
    ) throws(FormatError) {
        if key.equals("concept:name") {
            sink.nameJourney(try xml.attributeValue(valueIndex))
            return
        }
        let number = traceKey(key, nested: nested)
        let attribute = traceKeys.attribute(number)
        guard attribute >= 0 else { return }
        sink.setJourney(attribute, try xml.attributeValue(valueIndex), kind)
    }

    private mutating func traceKey(_ key: UnsafeBufferPointer<UInt8>, nested: Bool) -> Int {
        let (number, isNew) = traceKeys.key(key)
        if isNew { resolve(trace: number) }
        if traceKeys.mark(number, item), nested { return repeatedKey(key, journey: true) }
        return number
    }

    private mutating func eventValue(
        _ key: UnsafeBufferPointer<UInt8>, _ kind: ValueKind, _ valueIndex: Int, nested: Bool
    ) throws(FormatError) {
        var (number, isNew) = eventKeys.key(key)
        if isNew { resolve(event: number) }
        if eventKeys.mark(number, eventItem), nested { number = repeatedKey(key, journey: false) }
        let attribute = eventKeys.attribute(number)
        if let classifierKeys, !classifierKeys.isEmpty, let index = classifierKeys.firstIndex(of: key.text) {
            classifierValues[index] = try xml.attributeValue(valueIndex).text
        }
        switch attribute {
        case XESHeader.nameMark:
            if options.classifier != nil { break }
            activity.truncate(to: 0)
            activity.append(contentsOf: try xml.attributeValue(valueIndex))
            hasActivity = true
        case XESHeader.timeMark:
            let text = try xml.attributeValue(valueIndex)
            time = times.microseconds(text)
            if time == nil { badTime = String(text.text.prefix(60)) }
        case 0...: sink.setEvent(attribute, try xml.attributeValue(valueIndex), kind)
        default: break
        }
    }

    /// The key of the second, third… value of one name inside one list.
    private mutating func repeatedKey(_ key: UnsafeBufferPointer<UInt8>, journey: Bool) -> Int {
        let text = key.text
        for count in 2... {
            let number = withBytes(of: "\(text)[\(count)]") { bytes in
                let (number, isNew) = journey ? traceKeys.key(bytes) : eventKeys.key(bytes)
                if isNew { if journey { resolve(trace: number) } else { resolve(event: number) } }
                let taken = journey ? traceKeys.mark(number, item) : eventKeys.mark(number, eventItem)
                return taken ? -1 : number
            }
            if number >= 0 { return number }
        }
        return 0
    }

    private mutating func resolve(event number: Int) {
        let name = eventKeys.name(number)
        let attribute: Int
        if name.equals("concept:name") {
            attribute = XESHeader.nameMark
        } else if name.equals("time:timestamp") {
            attribute = XESHeader.timeMark
        } else if !options.attributes.keeps(name.text) || number >= XESHeader.keyLimit {
            attribute = XESHeader.unwantedMark
        } else if name.equals("org:resource") {
            attribute = sink.attribute(name, journey: false, slot: .resource)
        } else if name.equals("lifecycle:transition") {
            attribute = sink.attribute(name, journey: false, slot: .lifecycle)
        } else {
            attribute = sink.attribute(name, journey: false, slot: .plain)
        }
        eventKeys.resolve(number, attribute)
    }

    private mutating func resolve(trace number: Int) {
        let name = traceKeys.name(number)
        let wanted = options.attributes.keeps(name.text) && number < XESHeader.keyLimit
        traceKeys.resolve(number, wanted ? sink.attribute(name, journey: true, slot: .plain) : XESHeader.unwantedMark)
    }

    // MARK: Globals

    private mutating func readDefault(trace: Bool) throws(FormatError) {
        guard let kind = XESHeader.kind(xml.name), let key = try xml.attribute("key") else { return }
        let name = key.text
        guard name != "concept:name", name != "time:timestamp", kind != .time, XESHeader.mayDefault(xml.name) else {
            return
        }
        guard let value = try xml.attribute("value").map(Array.init) else { return }
        let number = withBytes(of: name) { trace ? traceKeys.key($0) : eventKeys.key($0) }
        // Resolved here, so that an attribute that is only ever a default still exists.
        if number.isNew { if trace { resolve(trace: number.key) } else { resolve(event: number.key) } }
        let entry = XESDefault(key: number.key, kind: kind, text: value)
        if trace { traceDefaults.append(entry) } else { eventDefaults.append(entry) }
    }
}
