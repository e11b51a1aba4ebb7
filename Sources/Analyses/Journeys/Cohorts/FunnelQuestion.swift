package import JourneyEngine
import Statistics

/// Where people are lost: steps in order, others allowed between, each with its share of those who reached the step
/// before. Journeys that may still go on are not counted as lost.
package enum FunnelQuestion: JourneyQuestion {
    package static let id = "funnel"
    package static let title = "Where people are lost"
    package static let about =
        "Journeys reaching each step in order, conversion with intervals, and those still under way where endings are named."

    package struct Step: Sendable, Hashable, Codable {
        package var from: String
        package var to: String
        package var converted: Int
        package var entered: Int
        /// Of `entered` less `open`; Wilson.
        package var rate: Double?
        package var lower: Double?
        package var upper: Double?
        /// Wilson at a level widened so that all steps hold together (Bonferroni).
        package var simultaneousLower: Double?
        package var simultaneousUpper: Double?
        /// Entered, not converted, and over.
        package var lost: Int
        /// Entered, not converted, still under way.
        package var open: Int
        /// Median time between the two steps, seconds.
        package var medianSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case from, to, converted, entered, rate, lower, upper, lost, open
            case simultaneousLower = "simultaneous_lower"
            case simultaneousUpper = "simultaneous_upper"
            case medianSeconds = "median_s"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var steps: [String]
        package var reached: [Int]
        package var stepRows: [Step]
        /// Lowest conversion; nil when nobody entered any step.
        package var worstStep: String?

        enum CodingKeys: String, CodingKey {
            case steps, reached
            case stepRows = "step_rows"
            case worstStep = "worst_step"
        }

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = stepRows.map { s in
                [
                    .text(s.from), .text(s.to), .integer(s.converted), .integer(s.entered), AnswerCell(s.rate),
                    AnswerCell(s.lower), AnswerCell(s.upper), .integer(s.lost), .integer(s.open),
                    AnswerCell(s.medianSeconds),
                ]
            }
            let columns = [
                "from", "to", "converted", "entered", "rate", "lower", "upper", "lost", "open", "median_s",
            ]
            return [AnswerTable("Funnel", columns: columns, rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        guard options.path.count >= 2 else {
            throw JourneyProblem.needs(question: id, option: "two or more steps", example: "apply, review, decide")
        }
        let columns = JourneyColumns(log)
        let steps = try options.path.map { Int32(try columns.require($0)) }
        let endings = Set(try options.endings.map { Int32(try columns.require($0)) })
        let count = steps.count
        var reached = [Int](repeating: 0, count: count)
        var open = reached
        var waits = [[Int64]](repeating: [], count: count)
        for journey in 0..<columns.journeyCount {
            let range = columns.events(of: journey)
            var step = 0
            var before: Int64 = 0
            for event in range where step < count && columns.activities[event] == steps[step] {
                if step > 0 { waits[step].append(columns.times[event] - before) }
                before = columns.times[event]
                reached[step] += 1
                step += 1
            }
            guard step > 0, step < count, !endings.isEmpty, let last = range.last else { continue }
            if !endings.contains(columns.activities[last]) { open[step] += 1 }
        }
        let names = options.path
        let widened = 1 - (1 - options.confidence) / Double(max(1, count - 1))
        var rows: [Step] = []
        for step in 1..<count {
            let entered = reached[step - 1]
            var row = Step(
                from: names[step - 1], to: names[step], converted: reached[step], entered: entered,
                lost: entered - reached[step] - open[step], open: open[step])
            if let share = Proportion(successes: reached[step], n: entered - open[step]) {
                let interval = share.interval(confidence: options.confidence)
                let wide = share.interval(confidence: widened)
                row.rate = share.share
                row.lower = interval?.lower
                row.upper = interval?.upper
                row.simultaneousLower = wide?.lower
                row.simultaneousUpper = wide?.upper
            }
            row.medianSeconds = TimeSample(waits[step]).distribution(levels: [50]).linear(50)
            rows.append(row)
        }
        let worst = rows.filter { $0.rate != nil }.min { ($0.rate ?? 1) < ($1.rate ?? 1) }
        return Answer(steps: names, reached: reached, stepRows: rows, worstStep: worst?.to)
    }
}
