package import JourneyEngine

/// The directly-follows map: what comes straight after what, how often, and how long it waits in between
/// (van der Aalst, *Process Mining*, 2016, §5.2 and ch. 9).
package enum MapQuestion: JourneyQuestion {
    package static let id = "map"
    package static let title = "The journey map"
    package static let about =
        "Activities and the flows between them with counts and waits, by the clock and, with a calendar, in working time."

    package struct Answer: JourneyAnswer, Hashable {
        package var activities: [String: Int]
        package var start: [String: Int]
        package var end: [String: Int]
        package var flows: [PairCount]
        package var waits: WaitTable
        package var workingWaits: WaitTable?

        enum CodingKeys: String, CodingKey {
            case activities, start, end
            case flows = "dfg"
            case waits = "performance_dfg"
            case workingWaits = "performance_dfg_working_time"
        }

        package var tables: [AnswerTable] {
            [waits.table("Flows and waits")]
                + (workingWaits.map { [$0.table("Flows and waits in working time")] } ?? [])
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let map = log.directlyFollows(threads: options.threads)
        func named(_ counts: [Int]) -> [String: Int] {
            var named: [String: Int] = [:]
            for (name, count) in zip(map.activityNames, counts) where count > 0 { named[name] = count }
            return named
        }
        return Answer(
            activities: named(map.activityCounts), start: named(map.startCounts), end: named(map.endCounts),
            flows: map.flows.map { PairCount(map.activityNames[$0.from], map.activityNames[$0.to], $0.count) },
            waits: WaitTable(log.directlyFollowsWaits(threads: options.threads)),
            workingWaits: options.calendar.map {
                WaitTable(log.directlyFollowsWaits(calendar: $0, threads: options.threads))
            })
    }
}
