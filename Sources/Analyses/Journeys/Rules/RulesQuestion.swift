package import JourneyEngine
import Statistics

/// How many journeys keep the declared rules of a service, with time bounds where they have them.
package enum RulesQuestion: JourneyQuestion {
    package static let id = "rules"
    package static let title = "Declared rules kept"
    package static let about =
        "For each declared rule, the journeys it applies to, those that break it, and the share kept."

    package struct Row: Sendable, Hashable, Codable {
        package var rule: String
        /// Journeys to which the rule applied at least once.
        package var casesActivated: Int
        package var casesKept: Int
        package var activations: Int
        package var violations: Int
        /// Of journeys to which it applied; Wilson interval.
        package var keptShare: Double?
        package var keptLower: Double?
        package var keptUpper: Double?
        /// Activities the log does not have, for a rule that may be misspelt.
        package var unknownActivities: [String]
        /// Ids of journeys that break it, the first twenty.
        package var examples: [String]

        enum CodingKeys: String, CodingKey {
            case rule, activations, violations, examples
            case casesActivated = "cases_activated"
            case casesKept = "cases_kept"
            case keptShare = "kept_share"
            case keptLower = "kept_lower"
            case keptUpper = "kept_upper"
            case unknownActivities = "unknown_activities"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var rules: [Row]
        package var confidence: Double

        package var tables: [AnswerTable] {
            let rows: [[AnswerCell]] = rules.map { r in
                [
                    .text(r.rule), .integer(r.casesActivated), .integer(r.casesKept), AnswerCell(r.keptShare),
                    AnswerCell(r.keptLower), AnswerCell(r.keptUpper), .integer(r.violations),
                ]
            }
            let columns = [
                "rule", "cases_activated", "cases_kept", "kept_share", "kept_lower", "kept_upper", "violations",
            ]
            return [AnswerTable("Rules", columns: columns, rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        guard !options.rules.isEmpty else {
            throw JourneyProblem.needs(question: id, option: "rules", example: "response(decide, notify) within 5 d")
        }
        let rules = try options.rules.map { try DeclarativeRule($0) }
        let assignment = log.variantAssignment(threads: options.threads)
        let names = assignment.variants.activityNames
        var number: [String: Int32] = [:]
        for (index, name) in names.enumerated() { number[name] = Int32(index) }
        // Every event is looked at only where a rule speaks of time; else one journey of each path is enough.
        let columns = rules.contains { $0.within != nil } ? JourneyColumns(log) : nil
        var rows: [Row] = []
        for rule in rules {
            let a = number[rule.first]
            let b = rule.second.flatMap { number[$0] }
            let named = [rule.first] + (rule.second.map { [$0] } ?? [])
            var row = Row(
                rule: rule.text, casesActivated: 0, casesKept: 0, activations: 0, violations: 0,
                unknownActivities: named.filter { number[$0] == nil }, examples: [])
            if rule.within != nil, let columns {
                for journey in 0..<columns.journeyCount {
                    let range = columns.events(of: journey)
                    let verdict = rule.judge(columns.activities[range], columns.times[range], a: a, b: b)
                    if row.add(verdict, journeys: 1) { row.examples.append(log.journeyID(journey)) }
                }
            } else {
                var isBroken = [Bool](repeating: false, count: assignment.variants.count)
                for variant in isBroken.indices {
                    let path = assignment.variants.sequence(variant).map { Int32($0) }
                    let times = [Int64](repeating: 0, count: path.count)
                    let verdict = rule.judge(path[...], times[...], a: a, b: b)
                    _ = row.add(verdict, journeys: assignment.variants.counts[variant])
                    isBroken[variant] = verdict.violations > 0
                }
                for (journey, variant) in assignment.variantOfJourney.enumerated() {
                    if row.examples.count == 20 { break }
                    if isBroken.indices.contains(Int(variant)), isBroken[Int(variant)] {
                        row.examples.append(log.journeyID(journey))
                    }
                }
            }
            if let share = Proportion(successes: row.casesKept, n: row.casesActivated) {
                let interval = share.interval(confidence: options.confidence)
                row.keptShare = share.share
                row.keptLower = interval?.lower
                row.keptUpper = interval?.upper
            }
            rows.append(row)
        }
        return Answer(rules: rows, confidence: options.confidence)
    }
}

extension RulesQuestion.Row {
    /// Counts journeys of one verdict; true when there is room to name one of them as an example.
    fileprivate mutating func add(_ verdict: DeclarativeRule.Verdict, journeys: Int) -> Bool {
        guard verdict.activations > 0 else { return false }
        casesActivated += journeys
        activations += verdict.activations * journeys
        violations += verdict.violations * journeys
        if verdict.violations == 0 { casesKept += journeys }
        return verdict.violations > 0 && examples.count < 20
    }
}
