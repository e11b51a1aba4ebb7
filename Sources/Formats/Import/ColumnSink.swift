import JourneyEngine

/// Puts events into the columns of an ``EventLogBuilder``; all values are kept as written.
///
/// Events are collected a thousand at a time and handed over together: the builder lives in another module, where a call
/// an event would cost more than the event.
struct ColumnSink: EventSink, ~Copyable {
    static var wantsLines: Bool { false }
    /// In strict reading the first bad row stops the parser.
    var isFull: Bool { strict && rejections.count > 0 }
    private let strict: Bool

    private var builder = EventLogBuilder()
    private(set) var events = 0
    private(set) var rejections = RejectionList()
    private(set) var journeysUnnamed = 0

    // The rows not handed over yet.
    private static let chunk = 1024
    private var row = 0
    private let journeys: UnsafeMutablePointer<UInt32>
    private let activities: UnsafeMutablePointer<UInt32>
    private let times: UnsafeMutablePointer<Int64>
    private var columns: UnsafeMutablePointer<ChunkColumn>
    private var columnCount = 0
    private var columnCapacity = 16
    private let activityCache = ValueCache()

    private var journey = Self.unnamed
    private static let unnamed = UInt32.max
    private var lastJourney = Self.unnamed
    private var lastID = GrowableColumn<UInt8>()
    /// Events of a journey that has not been named yet, and its values (attribute << 32 | code).
    private var held: [HeldEvent] = []
    private var heldValues: [UInt64] = []

    private struct HeldEvent {
        var activity: UInt32
        var time: Int64
        var values: [UInt64]
    }

    init(rejectedKept: Int, strict: Bool) {
        rejections = RejectionList(kept: rejectedKept)
        self.strict = strict
        journeys = .allocate(capacity: Self.chunk)
        activities = .allocate(capacity: Self.chunk)
        times = .allocate(capacity: Self.chunk)
        columns = .allocate(capacity: columnCapacity)
    }

    deinit {
        journeys.deallocate()
        activities.deallocate()
        times.deallocate()
        columns.deinitialize(count: columnCount)
        columns.deallocate()
    }

    // MARK: Attributes

    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, journey: Bool, slot: AttributeSlot) -> Int {
        let index = builder.declare(AttributeDeclaration(name.text, level: journey ? .journey : .event))
        while columnCount <= index {
            if columnCount == columnCapacity {
                let wider = UnsafeMutablePointer<ChunkColumn>.allocate(capacity: columnCapacity * 2)
                wider.moveInitialize(from: columns, count: columnCount)
                columns.deallocate()
                columns = wider
                columnCapacity *= 2
            }
            (columns + columnCount).initialize(to: ChunkColumn(rows: Self.chunk))
            columnCount += 1
        }
        return index
    }

    @inline(__always)
    private mutating func code(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
        columns[attribute].cache.code(value) { builder.value(attribute, $0) }
    }

    mutating func setJourney(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        let code = code(attribute, value)
        if journey == Self.unnamed {
            heldValues.append(UInt64(attribute) << 32 | UInt64(code))
        } else if columns[attribute].lastJourney != journey || columns[attribute].lastCode != code {
            // A table repeats a journey's values on every row.
            columns[attribute].lastJourney = journey
            columns[attribute].lastCode = code
            builder.setJourney(journey, attribute, code: code)
        }
    }

    @inline(__always)
    mutating func setEvent(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        let code = code(attribute, value)
        columns[attribute].codes[row] = code
        columns[attribute].isUsed = true
    }

    // MARK: Journeys

    mutating func openJourney() {
        journey = Self.unnamed
        if !heldValues.isEmpty { heldValues.removeAll() }
    }

    @inline(__always)
    mutating func nameJourney(_ id: UnsafeBufferPointer<UInt8>) {
        if lastJourney != Self.unnamed, isLast(id) { journey = lastJourney } else { nameNew(id) }
        if !held.isEmpty || !heldValues.isEmpty { releaseHeld() }
    }

    @inline(never)
    private mutating func nameNew(_ id: UnsafeBufferPointer<UInt8>) {
        journey = builder.journey(id)
        lastJourney = journey
        lastID.truncate(to: 0)
        lastID.append(contentsOf: id)
    }

    @inline(__always)
    private func isLast(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        guard id.count == lastID.count else { return false }
        guard let a = id.baseAddress, let b = lastID.base else { return true }
        return equalBytes(a, b, id.count)
    }

    mutating func closeJourney(fallback: UnsafeBufferPointer<UInt8>) {
        if journey == Self.unnamed, !held.isEmpty {
            journeysUnnamed += 1
            nameJourney(fallback)
        }
        heldValues.removeAll()
        journey = Self.unnamed
    }

    @inline(never)
    private mutating func releaseHeld() {
        for value in heldValues {
            builder.setJourney(journey, Int(value >> 32), code: UInt32(truncatingIfNeeded: value))
        }
        let waiting = held
        held.removeAll()
        heldValues.removeAll()
        for event in waiting {
            for value in event.values {
                columns[Int(value >> 32)].codes[row] = UInt32(truncatingIfNeeded: value)
                columns[Int(value >> 32)].isUsed = true
            }
            push(event.activity, event.time)
        }
    }

    // MARK: Events

    @inline(__always)
    mutating func endEvent(activity: UnsafeBufferPointer<UInt8>, time: Int64, line: Int) {
        events += 1
        let code = activityCache.code(activity) { builder.activity($0) }
        if journey == Self.unnamed { hold(code, time) } else { push(code, time) }
    }

    @inline(__always)
    private mutating func push(_ activity: UInt32, _ time: Int64) {
        journeys[row] = journey
        activities[row] = activity
        times[row] = time
        row += 1
        if row == Self.chunk { flush() }
    }

    @inline(never)
    private mutating func hold(_ activity: UInt32, _ time: Int64) {
        var values: [UInt64] = []
        for index in 0..<columnCount where columns[index].codes[row] != 0 {
            values.append(UInt64(index) << 32 | UInt64(columns[index].codes[row]))
        }
        clearRow()
        held.append(HeldEvent(activity: activity, time: time, values: values))
    }

    mutating func dropEvent(_ rejected: RejectedRow) {
        clearRow()
        rejections.add(rejected)
    }

    private func clearRow() {
        for index in 0..<columnCount { columns[index].codes[row] = 0 }
    }

    @inline(never)
    private mutating func flush() {
        let first = builder.append(
            journeys: UnsafeBufferPointer(start: journeys, count: row),
            activities: UnsafeBufferPointer(start: activities, count: row),
            times: UnsafeBufferPointer(start: times, count: row))
        for index in 0..<columnCount where columns[index].isUsed {
            builder.setEvents(index, from: first, codes: UnsafeBufferPointer(start: columns[index].codes, count: row))
            columns[index].codes.update(repeating: 0, count: Self.chunk)
            columns[index].isUsed = false
        }
        row = 0
    }

    /// Takes over all events of a sink that read the part of the file after this one's, `lines` lines further down.
    mutating func append(_ part: inout ColumnSink, lines: Int) {
        flush()
        part.flush()
        var taken = EventLogBuilder()
        swap(&taken, &part.builder)
        builder.append(taken)
        events += part.events
        journeysUnnamed += part.journeysUnnamed
        rejections.add(part.rejections, lines: lines)
    }

    /// The log of all events so far; the sink is empty after it.
    mutating func finish(threads: Int) -> EventLog {
        flush()
        var filled = EventLogBuilder()
        swap(&filled, &builder)
        return filled.finish(threads: threads)
    }
}

/// One attribute's codes of the rows not handed over yet.
private struct ChunkColumn: ~Copyable {
    let codes: UnsafeMutablePointer<UInt32>
    let cache = ValueCache()
    /// Whether any row has a value.
    var isUsed = false
    var lastJourney = UInt32.max
    var lastCode: UInt32 = 0

    init(rows: Int) {
        codes = .allocate(capacity: rows)
        codes.initialize(repeating: 0, count: rows)
    }

    deinit { codes.deallocate() }
}
