package import JourneyEngine

/// Journeys in which one activity happens some time after another, for every pair that occurs.
package enum EventuallyFollowsQuestion: JourneyQuestion {
    package static let id = "eventually-follows"
    package static let title = "What comes later"
    package static let about =
        "For every pair of activities, the journeys in which the second comes some time after the first."

    package struct Answer: JourneyAnswer, Hashable {
        package var cases: [PairCount]

        enum CodingKeys: String, CodingKey { case cases = "eventually_follows_cases" }

        package var tables: [AnswerTable] {
            [AnswerTable("Eventually follows", columns: ["first", "later", "cases"], rows: cases.map(\.cells))]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let found = log.eventuallyFollows(threads: options.threads)
        return Answer(
            cases: found.pairs.map { pair in
                PairCount(found.activityNames[pair.from], found.activityNames[pair.to], pair.journeys)
            })
    }
}
