import Experience

/// One event as a program sends it:
///
///     {"id":"…","service":"…","journey":"…","activity":"…","occurred":"2026-04-14T16:59:00-05:00",
///      "kind":"step","channel":"web","touchpoint":"…","actor":{"role":"staff","id":"…","unit":"…"},"attributes":{…}}
///
/// The first five are needed. Agency and source come from the key it is sent with, never from the document.
enum EventDocument {
    enum Read {
        case event(Event)
        case refused(String)
    }

    private struct Fields {
        var id: String?
        var service: String?
        var journey: String?
        var activity: String?
        var occurred: String?
        var kind: String?
        var channel: String?
        var touchpoint: String?
        var role: String?
        var actor: String?
        var unit: String?
        var unknown: String?
        var attributes: [String: AttributeValue] = [:]
    }

    /// Reads one object. Throws only for what is no JSON; a document that breaks a rule is refused with the reason.
    static func read(
        _ json: inout JSONBytes, sender: IntakeDesk.Sender, services: Set<ServiceID>
    ) throws(JSONBytes.Malformed) -> Read {
        var fields = Fields()
        guard json.peek() == 0x7B else {
            try json.skip()
            return .refused("an event is an object; send {\"id\":…, \"service\":…}.")
        }
        try json.object { (name, json) throws(JSONBytes.Malformed) in
            switch name {
            case "id": fields.id = try json.textOrNull()
            case "service": fields.service = try json.textOrNull()
            case "journey": fields.journey = try json.textOrNull()
            case "activity": fields.activity = try json.textOrNull()
            case "occurred": fields.occurred = try json.textOrNull()
            case "kind": fields.kind = try json.textOrNull()
            case "channel": fields.channel = try json.textOrNull()
            case "touchpoint": fields.touchpoint = try json.textOrNull()
            case "actor":
                try json.object { (name, json) throws(JSONBytes.Malformed) in
                    switch name {
                    case "role": fields.role = try json.textOrNull()
                    case "id": fields.actor = try json.textOrNull()
                    case "unit": fields.unit = try json.textOrNull()
                    default:
                        fields.unknown = "actor.\(name)"
                        try json.skip()
                    }
                }
            case "attributes":
                try json.object { (name, json) throws(JSONBytes.Malformed) in
                    if let value = try json.value() { fields.attributes[name] = value }
                }
            default:
                fields.unknown = name
                try json.skip()
            }
        }
        return judge(fields, sender, services)
    }

    private static func judge(_ fields: Fields, _ sender: IntakeDesk.Sender, _ services: Set<ServiceID>) -> Read {
        func missing(_ name: String) -> Read { .refused("“\(name)” is missing; send it.") }
        if let unknown = fields.unknown {
            return .refused("“\(unknown.prefix(64))” is no field of an event; put it under “attributes”.")
        }
        guard let id = fields.id else { return missing("id") }
        guard let serviceText = fields.service else { return missing("service") }
        guard let journeyText = fields.journey else { return missing("journey") }
        guard let activity = fields.activity else { return missing("activity") }
        guard let occurredText = fields.occurred else { return missing("occurred") }
        guard let service = Slug(serviceText), services.contains(service) else {
            return .refused("“\(serviceText.prefix(64))” is no service of this key's agency; check its id.")
        }
        guard let journey = JourneyID(journeyText) else {
            return .refused("“journey” is 1–200 bytes of text without control characters.")
        }
        guard let occurred = Instant(rfc3339: occurredText) else {
            return .refused("“occurred” is no time with an offset; send it like 2026-04-14T16:59:00-05:00.")
        }
        guard let kind = EventKind(rawValue: fields.kind ?? "step") else {
            return .refused("“kind” is one of \(EventKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let channel = Channel(rawValue: fields.channel ?? "unknown") else {
            return .refused("“channel” is one of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let role = Actor.Role(rawValue: fields.role ?? "unknown") else {
            return .refused("“actor.role” is one of \(Actor.Role.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let event = Event(
            agency: sender.agency, service: service, journey: journey, source: sender.source, sourceID: id, kind: kind,
            activity: activity, channel: channel, touchpoint: fields.touchpoint,
            actor: Actor(role, id: fields.actor, unit: fields.unit), occurred: occurred, attributes: fields.attributes)
        do throws(EventProblem) { try event.check() } catch { return .refused(error.description) }
        return .event(event)
    }
}
