package import JourneyEngine

/// What a log holds: counts, activities, beginnings, endings, lengths, durations, the map, paths and rework.
package enum SummaryQuestion: JourneyQuestion {
    package static let id = "summary"
    package static let title = "What the log holds"
    package static let about = "Counts, activities, first and last steps, lengths, durations, flows, paths and rework."

    package struct Counts: Sendable, Hashable, Codable {
        package var cases: Int
        package var events: Int
        package var activities: Int
        package var variants: Int
        package var flows: Int
        package var directlyFollows: Int
        /// Neighbouring events of a journey at the same time: their order is the file's.
        package var equalNeighbours: Int
        package var firstEvent: Int64?
        package var lastEvent: Int64?
        package var unit = "microseconds since 1970-01-01 UTC"

        enum CodingKeys: String, CodingKey {
            case cases, events, activities, variants, unit
            case flows = "dfg_edges"
            case directlyFollows = "directly_follows"
            case equalNeighbours = "adjacent_equal_timestamps"
            case firstEvent = "first_event"
            case lastEvent = "last_event"
        }
    }

    package struct Lengths: Sendable, Hashable, Codable {
        package var min: Int
        package var max: Int
        package var mean: Double?
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var orderRule = "timestamp, then position in file"
        package var counts: Counts
        package var activities: [String: Int]
        package var start: [String: Int]
        package var end: [String: Int]
        package var caseLength: Lengths
        package var durations: DurationFigures
        package var flows: [PairCount]
        package var variantsSHA256: String
        package var variantsTop: [VariantRow]
        package var variantsCountOfCounts: [String: Int]
        package var coverageTop: [String: Int]
        package var reworkCases: [String: Int]
        package var selfLoops: [String: Int]
        package var casesWithAnyRepeat: Int

        enum CodingKeys: String, CodingKey {
            case counts, activities, start, end, durations
            case orderRule = "order_rule"
            case caseLength = "case_length"
            case flows = "dfg"
            case variantsSHA256 = "variants_sha256"
            case variantsTop = "variants_top"
            case variantsCountOfCounts = "variants_count_of_counts"
            case coverageTop = "coverage_top"
            case reworkCases = "rework_cases_per_activity"
            case selfLoops = "self_loops"
            case casesWithAnyRepeat = "cases_with_any_repeat"
        }

        package var tables: [AnswerTable] {
            let moments: (Int64?) -> AnswerCell = { $0.map { .text(Moment.text($0)) } ?? .none }
            let rows: [[AnswerCell]] = [
                [.text("journeys"), .integer(counts.cases)], [.text("events"), .integer(counts.events)],
                [.text("activities"), .integer(counts.activities)], [.text("paths"), .integer(counts.variants)],
                [.text("flows"), .integer(counts.flows)], [.text("first event"), moments(counts.firstEvent)],
                [.text("last event"), moments(counts.lastEvent)],
                [.text("events a journey, mean"), AnswerCell(caseLength.mean)],
                [.text("journeys with a repeated step"), .integer(casesWithAnyRepeat)],
            ]
            let steps: [[AnswerCell]] = activities.keys.sorted(by: precedesByScalar).map { name in
                [
                    .text(name), .integer(activities[name] ?? 0), .integer(start[name] ?? 0), .integer(end[name] ?? 0),
                    .integer(reworkCases[name] ?? 0),
                ]
            }
            return [
                AnswerTable("Summary", columns: ["measure", "value"], rows: rows),
                AnswerTable(
                    "Activities", columns: ["activity", "events", "first", "last", "rework_cases"], rows: steps),
                durations.table("Durations"),
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(
            VariantLog(log, threads: options.threads), log.directlyFollows(threads: options.threads),
            log.summary(threads: options.threads), durations: log.durations(threads: options.threads),
            equalNeighbours: log.equalNeighbours(threads: options.threads), top: options.top)
    }
}

extension SummaryQuestion.Answer {
    /// The answer from its parts, wherever they were taken.
    package init(
        _ variants: VariantLog, _ map: DirectlyFollows, _ summary: LogSummary, durations: Distribution,
        equalNeighbours: Int, top: Int?
    ) {
        let paths = VariantsQuestion.Answer(variants, top: top)
        let rework = ReworkQuestion.Answer(variants)
        let counts = SummaryQuestion.Counts(
            cases: summary.journeys, events: summary.events, activities: map.activityNames.count,
            variants: variants.variants.count, flows: map.flows.count,
            directlyFollows: map.flows.reduce(0) { $0 + $1.count }, equalNeighbours: equalNeighbours,
            firstEvent: summary.firstTime, lastEvent: summary.lastTime)
        self.init(
            counts: counts, activities: map.named(map.activityCounts), start: map.named(map.startCounts),
            end: map.named(map.endCounts),
            caseLength: SummaryQuestion.Lengths(
                min: summary.shortest, max: summary.longest, mean: summary.meanLength),
            durations: DurationFigures(durations),
            flows: map.flows.map { PairCount(map.activityNames[$0.from], map.activityNames[$0.to], $0.count) },
            variantsSHA256: paths.sha256, variantsTop: paths.top, variantsCountOfCounts: paths.countOfCounts,
            coverageTop: paths.coverage, reworkCases: rework.casesPerActivity, selfLoops: rework.selfLoops,
            casesWithAnyRepeat: rework.casesWithAnyRepeat)
    }
}
