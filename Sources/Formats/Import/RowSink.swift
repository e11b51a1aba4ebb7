import Experience

/// Collects events as values for the record, a batch at a time.
struct RowSink: EventSink, ~Copyable {
    static var wantsLines: Bool { true }
    /// Events of a journey kept back while its name has not come; after that the journey keeps its stand-in name.
    static let heldLimit = 100_000

    /// Distinct activities of which one string is kept for all events.
    static let activitiesKept = 4096

    private(set) var batch = ImportedBatch()
    private(set) var position = 0
    private(set) var journeysUnnamed = 0
    private(set) var valuesTooLate = 0
    var maximum = 1000
    private var names: [String] = []
    private var slots: [AttributeSlot] = []
    private var isJourneyLevel: [Bool] = []
    private var attributes: [String: AttributeValue] = [:]
    private var journeyAttributes: [String: AttributeValue] = [:]
    private var resource: String?
    private var lifecycle: String?
    private var recorded: Int64?
    private var journey: String?
    private var journeyBytes = GrowableColumn<UInt8>()
    private var held: [ImportedEvent] = []
    private var recordedTimes: TimeReader
    private var activities = ByteInterner()
    private var activityTexts: [String] = []

    init(recordedTimes: TimeReader = TimeReader(.iso8601)) { self.recordedTimes = recordedTimes }

    var isFull: Bool { batch.events.count + batch.rejected.count >= maximum }
    var hasRejected: RejectedRow? { batch.rejected.first }

    mutating func take() -> ImportedBatch {
        let taken = batch
        batch = ImportedBatch()
        return taken
    }

    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, journey: Bool, slot: AttributeSlot) -> Int {
        let text = name.text
        if let known = names.indices.first(where: { names[$0] == text && isJourneyLevel[$0] == journey }) {
            return known
        }
        names.append(text)
        slots.append(slot)
        isJourneyLevel.append(journey)
        return names.count - 1
    }

    mutating func openJourney() {
        journey = nil
        journeyAttributes.removeAll()
    }

    mutating func nameJourney(_ id: UnsafeBufferPointer<UInt8>) {
        if journey == nil || !sameJourney(id) {
            journey = id.text
            journeyBytes.truncate(to: 0)
            journeyBytes.append(contentsOf: id)
        }
        releaseHeld()
    }

    private func sameJourney(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        guard id.count == journeyBytes.count else { return false }
        guard let a = id.baseAddress, let b = journeyBytes.base else { return true }
        return equalBytes(a, b, id.count)
    }

    mutating func setJourney(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        journeyAttributes[names[attribute]] = Self.value(value, kind)
    }

    mutating func setEvent(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) {
        switch slots[attribute] {
        case .plain: attributes[names[attribute]] = Self.value(value, kind)
        case .resource: resource = value.isEmpty ? nil : value.text
        case .lifecycle: lifecycle = value.isEmpty ? nil : value.text
        case .recorded:
            if let time = recordedTimes.microseconds(value) {
                recorded = time
            } else if !value.isEmpty {
                attributes[names[attribute]] = .text(value.text)
            }
        }
    }

    mutating func endEvent(activity: UnsafeBufferPointer<UInt8>, time: Int64, line: Int) {
        let event = ImportedEvent(
            journey: journey ?? "", activity: text(ofActivity: activity), occurred: time, recorded: recorded,
            resource: resource,
            lifecycle: lifecycle, journeyAttributes: journeyAttributes, attributes: attributes, line: line,
            position: position)
        position += 1
        clearEvent()
        journeyAttributes.removeAll(keepingCapacity: true)
        if journey == nil { held.append(event) } else { batch.events.append(event) }
        if held.count >= Self.heldLimit, let first = held.first {
            journeysUnnamed += 1
            withBytes(of: "unnamed, from line \(first.line)") { nameJourney($0) }
        }
    }

    /// Activities repeat: one string for each.
    private mutating func text(ofActivity bytes: UnsafeBufferPointer<UInt8>) -> String {
        if activityTexts.count >= Self.activitiesKept {
            return activities.lookup(bytes).map { activityTexts[Int($0)] } ?? bytes.text
        }
        let code = Int(activities.code(bytes))
        if code == activityTexts.count { activityTexts.append(bytes.text) }
        return activityTexts[code]
    }

    mutating func dropEvent(_ rejected: RejectedRow) {
        clearEvent()
        position += 1
        batch.rejected.append(rejected)
    }

    mutating func closeJourney(fallback: UnsafeBufferPointer<UInt8>) {
        if journey == nil, !held.isEmpty {
            journeysUnnamed += 1
            nameJourney(fallback)
        }
        // What stands after a journey's last event (XES allows it) belongs to the events not handed over yet.
        if !journeyAttributes.isEmpty {
            if let journey, let last = batch.events.last, last.journey == journey {
                batch.events[batch.events.count - 1].journeyAttributes.merge(journeyAttributes) { $1 }
            } else {
                valuesTooLate += journeyAttributes.count
            }
        }
        journey = nil
        journeyAttributes.removeAll()
    }

    private mutating func clearEvent() {
        attributes.removeAll(keepingCapacity: true)
        resource = nil
        lifecycle = nil
        recorded = nil
    }

    private mutating func releaseHeld() {
        guard let journey, !held.isEmpty else { return }
        for var event in held {
            event.journey = journey
            batch.events.append(event)
        }
        held.removeAll()
    }

    private static func value(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: ValueKind) -> AttributeValue {
        let text = bytes.text
        switch kind {
        case .text, .time: return .text(text)
        case .integer: return Int64(text).map(AttributeValue.integer) ?? .text(text)
        case .number: return Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .text(text)
        case .boolean:
            switch text {
            case "true", "True", "TRUE", "1": return .boolean(true)
            case "false", "False", "FALSE", "0": return .boolean(false)
            default: return .text(text)
            }
        }
    }
}
