package import JourneyEngine

/// Steps done more than once on one journey, and steps that follow themselves at once.
package enum ReworkQuestion: JourneyQuestion {
    package static let id = "rework"
    package static let title = "Work done twice"
    package static let about = "Journeys in which an activity happens again, by activity, and direct repetitions."

    package struct Answer: JourneyAnswer, Hashable {
        /// Journeys in which the activity happens at least twice; activities without any are left out.
        package var casesPerActivity: [String: Int]
        /// Times an activity directly followed itself.
        package var selfLoops: [String: Int]
        package var casesWithAnyRepeat: Int
        package var cases: Int

        enum CodingKeys: String, CodingKey {
            case cases
            case casesPerActivity = "rework_cases_per_activity"
            case selfLoops = "self_loops"
            case casesWithAnyRepeat = "cases_with_any_repeat"
        }

        package init(_ log: VariantLog) {
            var repeats = [Int](repeating: 0, count: log.activities.count)
            var loops = repeats
            var journeys = 0
            var any = 0
            var seen = [Int](repeating: 0, count: log.activities.count)
            for variant in log.variants {
                journeys += variant.count
                var hasRepeat = false
                for (index, activity) in variant.path.enumerated() {
                    seen[activity] += 1
                    if seen[activity] == 2 {
                        repeats[activity] += variant.count
                        hasRepeat = true
                    }
                    if index > 0, variant.path[index - 1] == activity { loops[activity] += variant.count }
                }
                for activity in variant.path { seen[activity] = 0 }
                if hasRepeat { any += variant.count }
            }
            func named(_ counts: [Int]) -> [String: Int] {
                var named: [String: Int] = [:]
                for (name, count) in zip(log.activities, counts) where count > 0 { named[name] = count }
                return named
            }
            casesPerActivity = named(repeats)
            selfLoops = named(loops)
            casesWithAnyRepeat = any
            cases = journeys
        }

        package var tables: [AnswerTable] {
            let names = Set(casesPerActivity.keys).union(selfLoops.keys).sorted(by: precedesByScalar)
            let rows: [[AnswerCell]] = names.map { name in
                let count = casesPerActivity[name] ?? 0
                let share = cases == 0 ? 0 : Double(count) / Double(cases)
                return [.text(name), .integer(count), .number(share), .integer(selfLoops[name] ?? 0)]
            }
            let columns = ["activity", "rework_cases", "share_of_cases", "self_loops"]
            return [AnswerTable("Rework", columns: columns, rows: rows)]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(VariantLog(log, threads: options.threads))
    }
}
