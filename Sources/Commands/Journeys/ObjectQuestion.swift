internal import Analyses
internal import Formats

/// The object-centric map: the one question whose source is objects and events, not journeys, so it stands beside the
/// catalogue.
enum ObjectQuestion {
    static let id = "objects"
    static let about = "The object-centric map of an OCEL 2 file: how each type of object moves through the activities."

    static func answer(_ file: String?) throws -> ObjectMap {
        guard let file else { throw CommandFailure.usage("“objects” is asked of an OCEL 2 file; name one.") }
        let log = try readingFormat { () throws(FormatError) in try ObjectCentricLog.read(path: file) }
        return ObjectMap(
            ObjectEvents(
                objects: log.objects.map { .init(id: $0.id, type: log.objectTypes[$0.type]) },
                events: log.events.map { event in
                    .init(
                        activity: log.eventTypes[event.type], time: event.time,
                        objects: event.relations.map(\.object))
                }))
    }
}
