/// Reads one JSON object a line, each an event, into a sink.
///
/// Values inside objects are named `parent/child`, those of lists `parent[1]`, `parent[2]`; `null` is an absent value. A
/// journey's own attributes are the keys that start with `case:`. A bad line is left out; the next one is read.
struct JSONLinesParser<Sink: EventSink & ~Copyable>: ~Copyable {
    var sink: Sink
    private var json: JSONTokenizer
    private(set) var times: TimeReader
    private(set) var isFinished = false
    private let options: LogReadingOptions
    private let roles: [String: Role]
    private let isSampling: Bool

    private enum Role: Int { case journey = -10, activity = -11, time = -12, resource = 0, lifecycle = 1, recorded = 2 }

    private var keys = KeyTable()
    private var isJourneyLevel = GrowableColumn<Bool>()
    private var path = GrowableColumn<UInt8>()
    /// Length of the path around each open object or list, and the number of the list's last element (0 in an object).
    private var levels: [(length: Int, element: Int)] = []

    private var journey = GrowableColumn<UInt8>()
    private var activity = GrowableColumn<UInt8>()
    private var hasJourney = false
    private var hasActivity = false
    private var time: Int64?
    private var badTime: String?
    private var line = 0

    init(
        _ source: ByteSource, _ plan: JSONLinesPlan, sink: consuming Sink, _ options: LogReadingOptions
    ) throws(FormatError) {
        self.init(
            try JSONTokenizer(source, format: .jsonLines, byLine: true), plan, sink: sink, options)
    }

    private init(
        _ json: consuming JSONTokenizer, _ plan: JSONLinesPlan, sink: consuming Sink, _ options: LogReadingOptions
    ) {
        self.json = json
        self.sink = sink
        self.options = options
        times = TimeReader(plan.timeFormat, zone: options.zone)
        var roles: [String: Role] = [:]
        let known: [(ColumnRole, Role)] = [
            (.journey, .journey), (.activity, .activity), (.time, .time), (.resource, .resource),
            (.lifecycle, .lifecycle),
            (.recorded, .recorded),
        ]
        for (column, role) in known { if let key = plan.roles[column] { roles[key] = role } }
        self.roles = roles
        isSampling = roles.isEmpty
    }

    mutating func advance() throws(FormatError) {
        while !sink.isFull {
            do {
                guard try readRow() else {
                    isFinished = true
                    return
                }
            } catch {
                guard case .damaged(_, let position, let reason) = error else { throw error }
                if !isSampling { reject(reason, line: position.line) }
                try json.skipLine()
            }
        }
    }

    private mutating func readRow() throws(FormatError) -> Bool {
        let token = try json.next()
        guard token != .finish else { return false }
        line = json.window.line(at: json.window.position - 1)
        guard token == .objectStart else { throw json.damaged("the line is no JSON object") }
        sink.openJourney()
        keys.restart()
        hasJourney = false
        hasActivity = false
        time = nil
        badTime = nil
        path.truncate(to: 0)
        levels.removeAll(keepingCapacity: true)
        levels.append((0, 0))
        while !levels.isEmpty { try readMember() }
        finishRow()
        return true
    }

    private mutating func readMember() throws(FormatError) {
        var token = try json.next()
        let level = levels[levels.count - 1]
        if token == .key {
            path.truncate(to: level.length)
            if level.length > 0 { path.append(0x2F) }
            path.append(contentsOf: try json.text())
            guard path.count <= XESHeader.pathLimit else { throw json.damaged("its keys are too long") }
            token = try json.next()
        } else if token != .objectEnd, token != .arrayEnd {
            levels[levels.count - 1].element += 1
            path.truncate(to: level.length)
            withBytes(of: "[\(level.element + 1)]") { path.append(contentsOf: $0) }
        }
        switch token {
        case .objectStart, .arrayStart: levels.append((path.count, 0))
        case .objectEnd, .arrayEnd: levels.removeLast()
        case .string: try value(.text)
        case .number:
            let isWhole = try json.text().allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2D }
            try value(isWhole ? .integer : .number)
        case .yes, .no: try value(.boolean)
        case .null, .key, .finish: break
        }
    }

    private mutating func value(_ kind: ValueKind) throws(FormatError) {
        let (key, isNew) = keys.key(UnsafeBufferPointer(path.buffer))
        if isNew { resolve(key) }
        let attribute = keys.attribute(key)
        guard attribute != -1 else { return }
        let text = try json.text()
        switch attribute {
        case Role.journey.rawValue:
            journey.truncate(to: 0)
            journey.append(contentsOf: text)
            hasJourney = true
        case Role.activity.rawValue:
            activity.truncate(to: 0)
            activity.append(contentsOf: text)
            hasActivity = true
        case Role.time.rawValue:
            time = times.microseconds(text)
            if time == nil { badTime = UnsafeBufferPointer(rebasing: text.prefix(60)).text }
        default:
            if key < isJourneyLevel.count, isJourneyLevel[key] {
                sink.setJourney(attribute, text, kind)
            } else {
                sink.setEvent(attribute, text, kind)
            }
        }
    }

    private mutating func resolve(_ key: Int) {
        let name = keys.name(key).text
        isJourneyLevel.pad(to: key + 1, with: false)
        if let role = roles[name], role.rawValue < 0 { return keys.resolve(key, role.rawValue) }
        let isJourney = name.hasPrefix("case:") && name.utf8.count > 5
        let title = isJourney ? String(name.dropFirst(5)) : name
        let wanted = options.attributes.keeps(name) || options.attributes.keeps(title)
        guard wanted, key < XESHeader.keyLimit else { return keys.resolve(key, -1) }
        let slot: AttributeSlot =
            switch roles[name] {
            case .resource: .resource
            case .lifecycle: .lifecycle
            case .recorded: .recorded
            default: .plain
            }
        isJourneyLevel[key] = isJourney
        keys.resolve(key, withBytes(of: title) { sink.attribute($0, journey: isJourney, slot: slot) })
    }

    private mutating func finishRow() {
        if isSampling {
            sink.endEvent(activity: UnsafeBufferPointer(activity.buffer), time: 0, line: line)
        } else if !hasJourney {
            reject("it has no journey id", line: line)
        } else if !hasActivity || activity.count == 0 {
            reject("it has no activity", line: line)
        } else if let time {
            sink.nameJourney(UnsafeBufferPointer(journey.buffer))
            sink.endEvent(activity: UnsafeBufferPointer(activity.buffer), time: time, line: line)
        } else {
            reject(badTime.map { "“\($0)” is no time" } ?? "it has no time", line: line)
        }
    }

    private mutating func reject(_ reason: String, line: Int) {
        let window = json.window.origin
        let start = Int(max(json.documentOffset, window) - window)
        let base = UnsafePointer(json.window.base)
        let stop = find(0x0A, base, start, json.window.end) ?? json.window.end
        sink.dropEvent(
            RejectedRow(
                line: line, reason: reason, row: UnsafeBufferPointer(start: base + start, count: max(0, stop - start))))
    }
}
