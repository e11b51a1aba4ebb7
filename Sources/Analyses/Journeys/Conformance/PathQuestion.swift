package import JourneyEngine
import Statistics

/// Conformance with the promised path: steps skipped, repeated, out of order, late, and what is extra.
package enum PathQuestion: JourneyQuestion {
    package static let id = "path"
    package static let title = "The promised path"
    package static let about =
        "Steps of the promised path that journeys skip, repeat, do out of order or late, and events it does not foresee."

    package struct Step: Sendable, Hashable, Codable {
        package var activity: String
        /// Journeys that did it in its place.
        package var inPlace: Int
        package var skipped: Int
        package var outOfOrder: Int
        /// Journeys that did it again.
        package var repeated: Int
        /// Journeys that did it in its place, later after the step before than promised; nil without a bound.
        package var late: Int?
        package var withinSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case activity, skipped, repeated, late
            case inPlace = "in_place"
            case outOfOrder = "out_of_order"
            case withinSeconds = "within_s"
        }
    }

    package struct Extra: Sendable, Hashable, Codable {
        package var activity: String
        package var cases: Int
        package var events: Int
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var cases: Int
        /// Journeys that did exactly the promised steps in order (whatever the time).
        package var following: Int
        package var followingShare: Double?
        package var followingLower: Double?
        package var followingUpper: Double?
        /// Journeys with at least one late step, or longer than the limit for the whole journey.
        package var lateCases: Int?
        package var totalDeviations: Int
        package var logFitness: Double
        package var steps: [Step]
        package var extra: [Extra]

        enum CodingKeys: String, CodingKey {
            case cases, following, steps, extra
            case followingShare = "following_share"
            case followingLower = "following_lower"
            case followingUpper = "following_upper"
            case lateCases = "late_cases"
            case totalDeviations = "total_deviations"
            case logFitness = "log_fitness"
        }

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = steps.map { s in
                [
                    .text(s.activity), .integer(s.inPlace), .integer(s.skipped), .integer(s.outOfOrder),
                    .integer(s.repeated), s.late.map { .integer($0) } ?? .none,
                ]
            }
            let columns = ["step", "in_place", "skipped", "out_of_order", "repeated", "late"]
            let head: [[AnswerCell]] = [
                [.text("journeys"), .integer(cases)], [.text("exactly as promised"), .integer(following)],
                [.text("share"), AnswerCell(followingShare)], [.text("deviations"), .integer(totalDeviations)],
                [.text("fitness"), .number(logFitness)],
            ]
            return [
                AnswerTable("Promised path", columns: ["measure", "value"], rows: head),
                AnswerTable("Steps", columns: columns, rows: rows),
                AnswerTable(
                    "Not foreseen", columns: ["activity", "cases", "events"],
                    rows: extra.map { [.text($0.activity), .integer($0.cases), .integer($0.events)] }),
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        let steps = try options.path.map { try PathStep($0) }
        guard !steps.isEmpty else {
            throw JourneyProblem.needs(
                question: id, option: "a path", example: "apply, review, decide within 5 d, notify")
        }
        let assignment = log.variantAssignment(threads: options.threads)
        let variants = assignment.variants
        var number: [String: Int] = [:]
        for (index, name) in variants.activityNames.enumerated() { number[name] = index }
        let promised = steps.map { number[$0.activity] ?? -1 }
        var rows = steps.map { step in
            Step(
                activity: step.activity, inPlace: 0, skipped: 0, outOfOrder: 0, repeated: 0,
                late: step.within == nil ? nil : 0, withinSeconds: step.within.map { Double($0) / 1e6 })
        }
        var extraCases = [Int](repeating: 0, count: variants.activityNames.count)
        var extraEvents = extraCases
        var following = 0
        var deviations = 0
        var worst = 0
        var matches: [PathMatch] = []
        for variant in 0..<variants.count {
            let path = variants.sequence(variant).map { Int($0) }
            let count = variants.counts[variant]
            let match = PathMatch(path, promised)
            matches.append(match)
            deviations += count * match.deviations
            worst += count * (path.count + promised.count)
            if match.deviations == 0 { following += count }
            for step in match.matched.indices where match.matched[step] != nil { rows[step].inPlace += count }
            for step in match.skipped { rows[step].skipped += count }
            for step in match.outOfOrder { rows[step].outOfOrder += count }
            for activity in Set(match.repeated.map { path[$0] }) {
                if let step = promised.firstIndex(of: activity) { rows[step].repeated += count }
            }
            for position in match.extra { extraEvents[path[position]] += count }
            for activity in Set(match.extra.map { path[$0] }) { extraCases[activity] += count }
        }
        let isTimed = steps.contains { $0.within != nil } || options.lateAfterSeconds != nil
        let late = isTimed ? countLate(log, steps, assignment, matches, options, &rows) : nil
        let share = Proportion(successes: following, n: log.journeyCount)
        let interval = share?.interval(confidence: options.confidence)
        return Answer(
            cases: log.journeyCount, following: following, followingShare: share?.share,
            followingLower: interval?.lower, followingUpper: interval?.upper, lateCases: late,
            totalDeviations: deviations, logFitness: worst == 0 ? 1 : 1 - Double(deviations) / Double(worst),
            steps: rows,
            extra: extraCases.indices.filter { extraCases[$0] > 0 }.map {
                Extra(activity: variants.activityNames[$0], cases: extraCases[$0], events: extraEvents[$0])
            })
    }

    private static func countLate(
        _ log: EventLog, _ steps: [PathStep], _ assignment: VariantAssignment, _ matches: [PathMatch],
        _ options: JourneyOptions, _ rows: inout [Step]
    ) -> Int {
        let columns = JourneyColumns(log)
        let limit = options.lateAfterSeconds.map { $0 * 1e6 }
        var late = 0
        for journey in 0..<columns.journeyCount {
            let variant = Int(assignment.variantOfJourney[journey])
            guard matches.indices.contains(variant) else { continue }
            let range = columns.events(of: journey)
            var isLate = limit.map { Double(columns.duration(of: journey)) > $0 } ?? false
            var before = range.lowerBound
            for (step, position) in matches[variant].matched.enumerated() {
                guard let position else { continue }
                let event = range.lowerBound + position
                if let within = steps[step].within, columns.times[event] - columns.times[before] > within {
                    rows[step].late = (rows[step].late ?? 0) + 1
                    isLate = true
                }
                before = event
            }
            if isLate { late += 1 }
        }
        return late
    }
}
