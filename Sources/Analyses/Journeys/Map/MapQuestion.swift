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
        Answer(
            log.directlyFollows(threads: options.threads),
            waits: log.directlyFollowsWaits(threads: options.threads),
            workingWaits: options.calendar.map {
                log.directlyFollowsWaits(calendar: $0, threads: options.threads)
            })
    }
}

extension MapQuestion.Answer {
    /// The answer from its counts and waits, wherever they were taken.
    package init(_ map: DirectlyFollows, waits: FlowWaits, workingWaits: FlowWaits? = nil) {
        self.init(
            activities: map.named(map.activityCounts), start: map.named(map.startCounts),
            end: map.named(map.endCounts),
            flows: map.flows.map { PairCount(map.activityNames[$0.from], map.activityNames[$0.to], $0.count) },
            waits: WaitTable(waits), workingWaits: workingWaits.map { WaitTable($0) })
    }
}

extension DirectlyFollows {
    /// Counts that are not zero, by the activity's name.
    func named(_ counts: [Int]) -> [String: Int] {
        var named: [String: Int] = [:]
        for (name, count) in zip(activityNames, counts) where count > 0 { named[name] = count }
        return named
    }
}
