import Experience

/// An object-centric log flattened on one object type: each object a journey, each event once for every such object.
final class OCELReader<Sink: EventSink & ~Copyable>: EventReader<Sink> {
    private let log: ObjectCentricLog
    private let type: Int
    private var sink: Sink
    private var event = 0
    private var relation = 0
    private var attributes: [String: Int] = [:]
    private var journeyAttributes: [String: Int] = [:]
    private var isIntroduced: [Bool]
    private let choice: LogReadingOptions.AttributeChoice
    private var rejectedGiven = false

    init(_ input: LogInput, _ sink: consuming Sink, _ options: LogReadingOptions) throws(FormatError) {
        let log = try ObjectCentricLog.parse(input, options)
        let type = try log.journeyType(options.objectType)
        self.log = log
        self.type = type
        self.sink = sink
        choice = options.attributes
        isIntroduced = [Bool](repeating: false, count: log.objects.count)
        var report = ReadingReport(format: input.format)
        report.roles = [AssignedRole(role: .journey, column: log.objectTypes[type], guessed: options.objectType == nil)]
        if log.danglingRelations > 0 {
            report.warnings.append("\(log.danglingRelations) relations name objects that are not in the file")
        }
        let without = log.events.count { event in !event.relations.contains { log.objects[$0.object].type == type } }
        if without > 0 {
            report.warnings.append(
                "\(without) events concern no object of type “\(log.objectTypes[type])” and are left out")
        }
        super.init(report: report)
    }

    override var isFinished: Bool { event >= log.events.count && rejectedGiven }
    override func withSink<Result>(_ body: (inout Sink) -> Result) -> Result { body(&sink) }

    override func advance() throws(FormatError) {
        if !rejectedGiven {
            for row in log.rejected { sink.dropEvent(row) }
            rejectedGiven = true
        }
        while event < log.events.count, !sink.isFull {
            let current = log.events[event]
            while relation < current.relations.count {
                let object = current.relations[relation].object
                let isRepeat = current.relations[..<relation].contains { $0.object == object }
                relation += 1
                if log.objects[object].type == type, !isRepeat { emit(current, object) }
            }
            relation = 0
            event += 1
        }
    }

    private func emit(_ event: ObjectCentricLog.Event, _ object: Int) {
        sink.openJourney()
        withBytes(of: log.objects[object].id) { sink.nameJourney($0) }
        if !isIntroduced[object] {
            isIntroduced[object] = true
            // The value that holds last, as a journey has one value of an attribute.
            for value in log.objects[object].values.sorted(by: { $0.time < $1.time }) {
                give(value.name, value.value, journey: true)
            }
        }
        for (name, value) in event.attributes.sorted(by: { $0.key < $1.key }) { give(name, value, journey: false) }
        withBytes(of: log.eventTypes[event.type]) { sink.endEvent(activity: $0, time: event.time, line: event.line) }
        withBytes(of: log.objects[object].id) { sink.closeJourney(fallback: $0) }
    }

    private func give(_ name: String, _ value: AttributeValue, journey: Bool) {
        guard choice.keeps(name) else { return }
        let known = journey ? journeyAttributes[name] : attributes[name]
        let index: Int
        if let known {
            index = known
        } else {
            index = withBytes(of: name) { sink.attribute($0, journey: journey, slot: .plain) }
            if journey { journeyAttributes[name] = index } else { attributes[name] = index }
        }
        let kind: ValueKind =
            switch value {
            case .text: .text
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            }
        withBytes(of: value.plain) { bytes in
            if journey { sink.setJourney(index, bytes, kind) } else { sink.setEvent(index, bytes, kind) }
        }
    }
}
