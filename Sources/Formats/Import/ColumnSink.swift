import JourneyEngine

/// Puts events into the columns of an ``EventLogBuilder``; all values are kept as written.
struct ColumnSink: EventSink, ~Copyable {
    static var wantsLines: Bool { false }
    /// In strict reading the first bad row stops the parser.
    var isFull: Bool { strict && rejections.count > 0 }
    private let strict: Bool

    private var builder = EventLogBuilder()
    private(set) var events = 0
    private(set) var rejections = RejectionList()
    private(set) var journeysUnnamed = 0
    /// Attribute << 32 | code, for the event being read.
    private var pending = GrowableColumn<UInt64>()
    private var journey: UInt32?
    private var lastID = GrowableColumn<UInt8>()
    private var lastJourney: UInt32?
    /// Events of a journey that has not been named yet, and its values.
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
    }

    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, journey: Bool, slot: AttributeSlot) -> Int {
        builder.declare(AttributeDeclaration(name.text, level: journey ? .journey : .event))
    }

    mutating func openJourney() {
        journey = nil
        if !heldValues.isEmpty { heldValues.removeAll() }
    }

    mutating func nameJourney(_ id: UnsafeBufferPointer<UInt8>) {
        if let lastJourney, isLast(id) {
            journey = lastJourney
        } else {
            let code = builder.journey(id)
            lastID.truncate(to: 0)
            lastID.append(contentsOf: id)
            lastJourney = code
            journey = code
        }
        if !held.isEmpty || !heldValues.isEmpty { releaseHeld() }
    }

    private func isLast(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        guard id.count == lastID.count else { return false }
        guard let a = id.baseAddress, let b = lastID.base else { return true }
        return equalBytes(a, b, id.count)
    }

    mutating func setJourney(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        let code = builder.value(attribute, value)
        if let journey {
            builder.setJourney(journey, attribute, code: code)
        } else {
            heldValues.append(UInt64(attribute) << 32 | UInt64(code))
        }
    }

    mutating func setEvent(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        pending.append(UInt64(truncatingIfNeeded: attribute) << 32 | UInt64(builder.value(attribute, value)))
    }

    mutating func endEvent(activity: UnsafeBufferPointer<UInt8>, time: Int64, line: Int) {
        events += 1
        let code = builder.activity(activity)
        guard let journey else {
            held.append(HeldEvent(activity: code, time: time, values: Array(pending.buffer)))
            pending.truncate(to: 0)
            return
        }
        builder.append(journey: journey, activity: code, time: time)
        for index in 0..<pending.count {
            let value = pending[index]
            builder.setEvent(Int(value >> 32), code: UInt32(truncatingIfNeeded: value))
        }
        pending.truncate(to: 0)
    }

    mutating func dropEvent(_ rejected: RejectedRow) {
        pending.truncate(to: 0)
        rejections.add(rejected)
    }

    mutating func closeJourney(fallback: UnsafeBufferPointer<UInt8>) {
        if journey == nil, !held.isEmpty {
            journeysUnnamed += 1
            nameJourney(fallback)
        }
        heldValues.removeAll()
        journey = nil
    }

    private mutating func releaseHeld() {
        guard let journey else { return }
        for value in heldValues {
            builder.setJourney(journey, Int(value >> 32), code: UInt32(truncatingIfNeeded: value))
        }
        for event in held {
            builder.append(journey: journey, activity: event.activity, time: event.time)
            for value in event.values { builder.setEvent(Int(value >> 32), code: UInt32(truncatingIfNeeded: value)) }
        }
        held.removeAll()
        heldValues.removeAll()
    }

    /// The log of all events so far; the sink is empty after it.
    mutating func finish(threads: Int) -> EventLog {
        var filled = EventLogBuilder()
        swap(&filled, &builder)
        return filled.finish(threads: threads)
    }
}
