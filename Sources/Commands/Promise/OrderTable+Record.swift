internal import Analyses
package import Experience
package import Storage

extension OrderTable {
    /// The word that stands for the date each person was given first.
    static let ownPromise = "promise"

    /// Journeys of the record: from the first step `from` to the first step `to` after it, in days of the service's
    /// calendar. Values are the journeys' comparison attributes, the channel, or attributes of the starting event. A
    /// journey that was closed another way teaches nothing about this one, and is left out.
    ///
    /// - Parameter names: milestones; nil = those of the service's promise that lie between.
    package init(
        _ record: Record, _ definition: ServiceDefinition, from: String, to: String, by attributes: [String],
        own: String?, milestones names: [String]?
    ) async throws {
        func activities(_ name: String) throws -> Set<String> {
            guard let step = definition.step(named: name) else {
                let known = definition.steps.map(\.id.text).joined(separator: ", ")
                throw CommandFailure.usage(
                    "the service \(definition.id) has no step “\(name)”; its steps are \(known).")
            }
            return Set([step.id.text] + step.aliases)
        }
        if let own, own != Self.ownPromise {
            throw CommandFailure.usage("with a record, --own takes “promise”: the date each person was given first.")
        }
        let named = names ?? definition.promise?.milestones.map(\.text).filter { $0 != from && $0 != to } ?? []
        let steps = try ([from, to] + named).map(activities)
        milestones = named
        let calendars = record.calendars
        guard let calendar = calendars[definition.promise?.calendar ?? .weekdays] ?? calendars[.weekdays] else {
            throw CommandFailure.badData("the service's calendar is not known.")
        }
        let times = try await Self.firstTimes(record, definition, steps)
        func day(_ at: Instant) -> Int { calendar.date(of: at).daysSince1970 }
        var seen: Set<Int> = []
        var after: PageKey?
        repeat {
            let page = try await record.journeys(
                JourneyQuery(
                    agency: definition.agency, service: definition.id, sort: .oldest, after: after, limit: 2_000))
            for state in page.items {
                guard let found = times[state.journey.text], let started = found.at[0] else {
                    left["no \(from)", default: 0] += 1
                    continue
                }
                let ended = found.at[1].flatMap { $0 >= started ? $0 : nil }
                if ended == nil, state.closed != nil {
                    left["closed without \(to)", default: 0] += 1
                    continue
                }
                let reached = found.at.dropFirst(2).map { at -> Int? in
                    guard let at, at >= started, at <= ended ?? at else { return nil }
                    return day(at)
                }
                let values = attributes.map { name in
                    state.cohorts[name] ?? (name == "channel" ? state.firstChannel.rawValue : nil)
                        ?? found.attributes[name]?.plain
                }
                for place in values.indices where values[place] != nil { seen.insert(place) }
                rows.append(
                    PromiseRow(
                        start: day(started), milestones: reached, end: ended.map(day), values: values,
                        own: own == nil
                            ? nil : state.promise?.dateGiven.map { calendar.dateToSay(for: $0).daysSince1970 }))
            }
            after = page.next
        } while after != nil
        if !rows.isEmpty, let missing = attributes.indices.first(where: { !seen.contains($0) }) {
            let known = definition.cohorts.map(\.name).joined(separator: ", ")
            throw CommandFailure.badData(
                "no journey has a value of “\(attributes[missing])”; the service compares by \(known), channel.")
        }
    }

    private struct Found {
        var at: [Instant?]
        /// Of the starting event.
        var attributes: [String: AttributeValue] = [:]
    }

    /// By journey, when each of these steps first happened; those after the first count from its first time on.
    private static func firstTimes(
        _ record: Record, _ definition: ServiceDefinition, _ steps: [Set<String>]
    ) async throws -> [String: Found] {
        var found: [String: Found] = [:]
        var after: Int64 = 0
        while true {
            let page = try await record.tail(after: after, limit: 20_000)
            guard let last = page.last else { return found }
            after = last.sequence
            for recorded in page {
                let event = recorded.event
                guard event.service == definition.id, event.agency == definition.agency, event.kind == .step else {
                    continue
                }
                for (place, names) in steps.enumerated() where names.contains(event.activity) {
                    var one = found[event.journey.text] ?? Found(at: Array(repeating: nil, count: steps.count))
                    if one.at[place].map({ event.occurred < $0 }) ?? true {
                        one.at[place] = event.occurred
                        if place == 0 { one.attributes = event.attributes }
                    }
                    found[event.journey.text] = one
                }
            }
        }
    }
}
