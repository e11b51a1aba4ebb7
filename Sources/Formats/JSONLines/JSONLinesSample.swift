/// The keys and values of the first lines, flattened as the parser flattens them.
struct JSONLinesSample {
    private(set) var keys: [String] = []
    private var values: [[String]] = []
    private(set) var rows = 0
    static let rowLimit = 500

    init(head: [UInt8]) throws(FormatError) {
        var sink = SampleSink()
        var options = LogReadingOptions()
        options.timeFormat = .iso8601
        var parser = try JSONLinesParser(MemorySource(head), JSONLinesPlan.none, sink: SampleSink(), options)
        parser.sink.rowLimit = Self.rowLimit
        try parser.advance()
        swap(&sink, &parser.sink)
        keys = sink.names
        values = sink.values
        rows = sink.rows
    }

    func values(_ key: Int) -> [String] { values[key] }
}

/// Keeps the values of every key; takes no key for a role.
struct SampleSink: EventSink, ~Copyable {
    static var wantsLines: Bool { false }
    var names: [String] = []
    var values: [[String]] = []
    var rows = 0
    var rowLimit = 500
    var isFull: Bool { rows >= rowLimit }

    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, journey: Bool, slot: AttributeSlot) -> Int {
        names.append(journey ? "case:" + name.text : name.text)
        values.append([])
        return names.count - 1
    }

    mutating func openJourney() {}
    mutating func nameJourney(_ id: UnsafeBufferPointer<UInt8>) {}

    mutating func setJourney(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        values[attribute].append(value.text)
    }

    mutating func setEvent(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        values[attribute].append(value.text)
    }

    mutating func endEvent(activity: UnsafeBufferPointer<UInt8>, time: Int64, line: Int) { rows += 1 }
    mutating func dropEvent(_ rejected: RejectedRow) { rows += 1 }
    mutating func closeJourney(fallback: UnsafeBufferPointer<UInt8>) {}
}
