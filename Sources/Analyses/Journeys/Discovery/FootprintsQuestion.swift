package import JourneyEngine

/// Which activities follow each other one way only, and which both ways (van der Aalst, *Process Mining*, 2016, §6.2).
package enum FootprintsQuestion: JourneyQuestion {
    package static let id = "footprints"
    package static let title = "Footprint of the log"
    package static let about = "Pairs that directly follow each other one way (sequence) or both ways (parallel)."

    /// In JSON the row `[a, b]`.
    package struct Footprints: Sendable, Hashable, Codable {
        package var sequence: [[String]]
        package var parallel: [[String]]
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var footprints: Footprints

        package init(_ log: VariantLog) {
            let counts = log.directlyFollows()
            let n = log.activities.count
            footprints = Footprints(sequence: [], parallel: [])
            for a in 0..<n {
                for b in 0..<n where counts[a * n + b] > 0 {
                    let pair = [log.activities[a], log.activities[b]]
                    if counts[b * n + a] > 0 {
                        footprints.parallel.append(pair)
                    } else {
                        footprints.sequence.append(pair)
                    }
                }
            }
        }

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] =
                footprints.sequence.map { [.text("sequence"), .text($0[0]), .text($0[1])] }
                + footprints.parallel.map { [.text("parallel"), .text($0[0]), .text($0[1])] }
            return [AnswerTable("Footprints", columns: ["relation", "a", "b"], rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer { Answer(VariantLog(log)) }
}
