internal import Experience
package import JourneyEngine
import Statistics

/// The groups of people a journey attribute makes, side by side: durations, commonest path, rework and lateness with
/// intervals, each compared with everyone else and corrected for the number of comparisons.
package enum CohortsQuestion: JourneyQuestion {
    package static let id = "cohorts"
    package static let title = "Groups side by side"
    package static let about =
        "Journeys by the values of a journey attribute, with intervals and corrected comparisons."

    package struct Share: Sendable, Hashable, Codable {
        package var cases: Int
        package var of: Int
        package var share: Double
        /// Wilson.
        package var lower: Double
        package var upper: Double
        /// This group's share less everyone else's, with Newcombe's interval; nil when there is no one else.
        package var difference: Double?
        package var differenceLower: Double?
        package var differenceUpper: Double?
        /// Two-sided, Holm-adjusted over all groups and shares of this answer.
        package var adjustedP: Double?

        enum CodingKeys: String, CodingKey {
            case cases, of, share, lower, upper, difference
            case differenceLower = "difference_lower"
            case differenceUpper = "difference_upper"
            case adjustedP = "p_holm"
        }
    }

    package struct Cohort: Sendable, Hashable, Codable {
        package var cases: Int
        package var events: Int
        package var durations: DurationFigures
        package var topVariant: VariantRow?
        /// Interval of the median duration, seconds, from order statistics; nil where the group is too small for it.
        package var medianLower: Double?
        package var medianUpper: Double?
        package var late: Share?
        package var rework: Share?
        /// Fewer than 10 journeys: figures of so few say little and may point at people.
        package var isSmall: Bool

        enum CodingKeys: String, CodingKey {
            case cases, events, durations, late, rework
            case topVariant = "top_variant"
            case medianLower = "median_lower_s"
            case medianUpper = "median_upper_s"
            case isSmall = "small"
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var attribute: String
        package var lateAfterSeconds: Double
        /// By attribute, then by value; journeys without a value are in none.
        package var cohorts: [String: [String: Cohort]]
        package var casesWithoutValue: Int

        enum CodingKeys: String, CodingKey {
            case attribute, cohorts
            case lateAfterSeconds = "late_after_s"
            case casesWithoutValue = "cases_without_value"
        }

        package var tables: [AnswerTable] {
            let groups = cohorts[attribute] ?? [:]
            let rows: [[AnswerCell]] = groups.keys.sorted(by: precedesByScalar).map { name in
                guard let c = groups[name] else { return [] }
                return [
                    .text(name), .integer(c.cases), AnswerCell(c.durations.linear["50"]), AnswerCell(c.medianLower),
                    AnswerCell(c.medianUpper), AnswerCell(c.durations.linear["90"]), AnswerCell(c.late?.share),
                    AnswerCell(c.late?.lower), AnswerCell(c.late?.upper), AnswerCell(c.late?.adjustedP),
                    AnswerCell(c.rework?.share), AnswerCell(c.rework?.adjustedP),
                ]
            }
            let columns = [
                "group", "cases", "median_s", "median_lower_s", "median_upper_s", "p90_s", "late_share", "late_lower",
                "late_upper", "late_p_holm", "rework_share", "rework_p_holm",
            ]
            return [AnswerTable("Groups by \(attribute)", columns: columns, rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) throws -> Answer {
        let names = log.attributes.filter { $0.level == .journey }.map(\.name)
        guard let asked = options.attribute else {
            throw JourneyProblem.needs(
                question: id, option: "an attribute of journeys", example: names.first ?? "channel")
        }
        guard let found = log.resolveAttribute(asked), found.level == .journey else {
            throw JourneyProblem.unknownAttribute(asked, nearest: nearestName(to: asked, in: names))
        }
        let parts = log.partitioned(by: found.index)
        let everyone = log.durationSample(threads: options.threads)
        let lateAfter = options.lateAfterSeconds ?? LateQuestion.usualLimit(everyone)
        let lateness = LateQuestion.late(log, after: lateAfter, threads: options.threads)
        let lateTotal = lateness.count
        let reworkTotal = log.rework(threads: options.threads).journeysWithRepeats
        let total = log.journeyCount
        var cohorts: [(name: String, cohort: Cohort)] = []
        var tests: [Double] = []
        for part in parts {
            guard let name = part.value else { continue }
            let sample = log.durationSample(within: part.selection, threads: options.threads)
            let variants = VariantLog(log, within: part.selection, threads: options.threads)
            let median = OrderStatisticInterval.median(sample.values, confidence: options.confidence)
            let late = lateness.and(part.selection).count
            let rework = log.rework(within: part.selection, threads: options.threads).journeysWithRepeats
            var cohort = Cohort(
                cases: part.journeys, events: part.events, durations: DurationFigures(sample.distribution()),
                topVariant: variants.variants.first.map { VariantRow($0.count, variants.names(of: $0.path)) },
                medianLower: median.map { Double($0.lower) / 1e6 }, medianUpper: median.map { Double($0.upper) / 1e6 },
                late: nil, rework: nil, isSmall: part.journeys < 10)
            cohort.late = share(late, part.journeys, lateTotal, total, options.confidence, &tests)
            cohort.rework = share(rework, part.journeys, reworkTotal, total, options.confidence, &tests)
            cohorts.append((name, cohort))
        }
        let adjusted = MultipleComparisons.holm.adjust(tests)?.adjusted ?? tests
        var next = 0
        var byName: [String: Cohort] = [:]
        for (name, cohort) in cohorts {
            var cohort = cohort
            for part in [\Cohort.late, \Cohort.rework] where cohort[keyPath: part]?.difference != nil {
                cohort[keyPath: part]?.adjustedP = next < adjusted.count ? adjusted[next] : nil
                next += 1
            }
            byName[name] = cohort
        }
        return Answer(
            attribute: asked, lateAfterSeconds: lateAfter, cohorts: [asked: byName],
            casesWithoutValue: parts.first { $0.value == nil }?.journeys ?? 0)
    }

    private static func share(
        _ cases: Int, _ n: Int, _ allCases: Int, _ all: Int, _ confidence: Double, _ tests: inout [Double]
    ) -> Share? {
        guard let own = Proportion(successes: cases, n: n), let interval = own.interval(confidence: confidence) else {
            return nil
        }
        var share = Share(cases: cases, of: n, share: own.share, lower: interval.lower, upper: interval.upper)
        if let difference = ProportionDifference(x1: cases, n1: n, x2: allCases - cases, n2: all - n) {
            let limits = difference.interval(confidence: confidence)
            share.difference = difference.difference
            share.differenceLower = limits?.lower
            share.differenceUpper = limits?.upper
            tests.append(difference.fisherExactP ?? difference.pooledP)
        }
        return share
    }
}
