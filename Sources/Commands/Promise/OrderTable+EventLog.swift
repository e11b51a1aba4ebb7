internal import Analyses
internal import Experience
package import JourneyEngine

extension OrderTable {
    /// Journeys of an event log: from the first `from` to the first `to` after it, in UTC days. Attributes are those of
    /// the journey, else of the starting event; the own promise is an attribute that holds a date.
    package init(
        _ log: EventLog, from: String, to: String, by attributes: [String], own: String?, milestones names: [String]
    ) throws {
        let start = try Self.activity(from, log)
        let end = try Self.activity(to, log)
        let stops = try names.map { try Self.activity($0, log) }
        milestones = names
        for name in attributes + (own.map { [$0] } ?? [])
        where log.attributeIndex(name, level: .journey) == nil && log.attributeIndex(name, level: .event) == nil {
            let known = log.attributes.map(\.name).sorted().prefix(40).joined(separator: ", ")
            throw CommandFailure.badData("there is no attribute “\(name)”; the attributes are \(known).")
        }
        for journey in 0..<log.journeyCount {
            let events = log.events(of: journey)
            guard let first = events.first(where: { log.activity(at: $0) == start }) else {
                left["no \(from)", default: 0] += 1
                continue
            }
            let started = Self.day(log.time(at: first))
            let last = events.first { $0 > first && log.activity(at: $0) == end }
            let ended = last.map { Self.day(log.time(at: $0)) }
            var earliest = first
            var reached: [Int?] = []
            for stop in stops {
                let event = events.first { $0 > earliest && $0 < last ?? .max && log.activity(at: $0) == stop }
                if let event { earliest = event }
                reached.append(event.map { Self.day(log.time(at: $0)) })
            }
            rows.append(
                PromiseRow(
                    start: started, milestones: reached, end: ended,
                    values: attributes.map { Self.value($0, log, journey, first) },
                    own: own.flatMap { Self.value($0, log, journey, first) }.flatMap(Self.day)))
        }
    }

    private static func activity(_ name: String, _ log: EventLog) throws -> Int {
        guard let index = log.activityIndex(name) else {
            let known = log.activityNames.prefix(40).joined(separator: ", ")
            throw CommandFailure.badData("there is no activity or column “\(name)”; the activities are \(known).")
        }
        return index
    }

    private static func day(_ microseconds: Int64) -> Int {
        CivilDate(utc: Instant(microseconds: microseconds)).daysSince1970
    }

    private static func value(_ name: String, _ log: EventLog, _ journey: Int, _ event: Int) -> String? {
        if let index = log.attributeIndex(name, level: .journey),
            let text = log.attributeText(index, code: log.attributeCode(index, journey: journey))
        {
            return text
        }
        guard let index = log.attributeIndex(name, level: .event) else { return nil }
        return log.attributeText(index, code: log.attributeCode(index, event: event))
    }
}
