package import JourneyEngine

/// The activities journeys begin and end with.
package enum StartEndQuestion: JourneyQuestion {
    package static let id = "start-end"
    package static let title = "How journeys begin and end"
    package static let about = "First and last activities with the number of journeys."

    package struct Answer: JourneyAnswer, Hashable {
        package var start: [String: Int]
        package var end: [String: Int]

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = Set(start.keys).union(end.keys).sorted(by: precedesByScalar).map { name in
                [.text(name), .integer(start[name] ?? 0), .integer(end[name] ?? 0)]
            }
            return [AnswerTable("First and last activities", columns: ["activity", "first", "last"], rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let ends = log.startEnd(threads: options.threads)
        var answer = Answer(start: [:], end: [:])
        for (index, name) in ends.activityNames.enumerated() {
            if ends.starts[index] > 0 { answer.start[name] = ends.starts[index] }
            if ends.ends[index] > 0 { answer.end[name] = ends.ends[index] }
        }
        return answer
    }
}
