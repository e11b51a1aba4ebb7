import Experience

/// Collects an ``ObjectCentricLog`` while relations may still name objects that come later in the file.
struct OCELBuilder {
    var log = ObjectCentricLog()
    var times: TimeReader
    private var objectTypes: [String: Int] = [:]
    private var eventTypes: [String: Int] = [:]
    private var objectIDs: [String: Int] = [:]
    private var eventRelations: [(event: Int, object: String, qualifier: String)] = []
    private var objectRelations: [(source: Int, object: String, qualifier: String)] = []

    init(zone: ZoneRule) { times = TimeReader(.iso8601, zone: zone) }

    mutating func objectType(_ name: String) -> Int {
        if let index = objectTypes[name] { return index }
        objectTypes[name] = log.objectTypes.count
        log.objectTypes.append(name)
        return log.objectTypes.count - 1
    }

    mutating func eventType(_ name: String) -> Int {
        if let index = eventTypes[name] { return index }
        eventTypes[name] = log.eventTypes.count
        log.eventTypes.append(name)
        return log.eventTypes.count - 1
    }

    mutating func reject(_ line: Int, _ reason: String) {
        log.rejected.append(RejectedRow(line: line, reason: reason, excerpt: ""))
    }

    mutating func add(_ draft: OCELDraft, line: Int) {
        guard let id = draft.id else { return reject(line, "the \(draft.isEvent ? "event" : "object") has no id") }
        guard let type = draft.type else { return reject(line, "“\(id)” has no type") }
        if draft.isEvent {
            guard let text = draft.time else { return reject(line, "event “\(id)” has no time") }
            guard let time = time(text) else { return reject(line, "event “\(id)”: “\(text.prefix(60))” is no time") }
            var event = ObjectCentricLog.Event(id: id, type: eventType(type), time: time, line: line)
            for value in draft.values { event.attributes[value.name] = value.value }
            for relation in draft.relations {
                eventRelations.append((log.events.count, relation.object, relation.qualifier))
            }
            log.events.append(event)
        } else {
            guard objectIDs[id] == nil else { return reject(line, "there are two objects “\(id)”") }
            objectIDs[id] = log.objects.count
            var object = ObjectCentricLog.Object(id: id, type: objectType(type))
            for value in draft.values {
                let time = value.time.isEmpty ? 0 : time(value.time)
                guard let time else {
                    reject(line, "object “\(id)”: “\(value.time.prefix(60))” is no time")
                    continue
                }
                object.values.append(ObjectCentricLog.ObjectValue(name: value.name, time: time, value: value.value))
            }
            for relation in draft.relations {
                objectRelations.append((log.objects.count, relation.object, relation.qualifier))
            }
            log.objects.append(object)
        }
    }

    private mutating func time(_ text: String) -> Int64? { withBytes(of: text) { times.microseconds($0) } }

    /// The log, relations resolved.
    mutating func finish() -> ObjectCentricLog {
        for relation in eventRelations {
            guard let object = objectIDs[relation.object] else {
                log.danglingRelations += 1
                continue
            }
            log.events[relation.event].relations.append(.init(object: object, qualifier: relation.qualifier))
        }
        for relation in objectRelations {
            guard let object = objectIDs[relation.object] else {
                log.danglingRelations += 1
                continue
            }
            log.objects[relation.source].relations.append(.init(object: object, qualifier: relation.qualifier))
        }
        eventRelations.removeAll()
        objectRelations.removeAll()
        return log
    }
}

/// An event or object as far as it has been read.
struct OCELDraft {
    var isEvent: Bool
    var id: String?
    var type: String?
    var time: String?
    var values: [(name: String, time: String, value: AttributeValue)] = []
    var relations: [(object: String, qualifier: String)] = []
}
