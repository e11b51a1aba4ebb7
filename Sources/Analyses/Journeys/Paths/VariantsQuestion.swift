package import JourneyEngine

/// The distinct paths journeys take, the commonest first.
package enum VariantsQuestion: JourneyQuestion {
    package static let id = "variants"
    package static let title = "Paths people take"
    package static let about =
        "Distinct paths with their counts, how many journeys the commonest cover, and a fingerprint."

    package struct Answer: JourneyAnswer, Hashable {
        package var cases: Int
        package var variants: Int
        /// SHA-256 of "count⇥A␟B␟C" lines in order, so that two tools can compare all paths by one line.
        package var sha256: String
        package var top: [VariantRow]
        /// How many paths were taken by exactly so many journeys.
        package var countOfCounts: [String: Int]
        /// Journeys on the N commonest paths.
        package var coverage: [String: Int]

        enum CodingKeys: String, CodingKey {
            case cases, variants
            case sha256 = "variants_sha256"
            case top = "variants_top"
            case countOfCounts = "variants_count_of_counts"
            case coverage = "coverage_top"
        }

        package init(_ log: VariantLog, top limit: Int?) {
            cases = log.journeyCount
            variants = log.variants.count
            sha256 = log.fingerprint
            let shown = limit ?? (log.variants.count <= 200 ? log.variants.count : 40)
            top = log.variants.prefix(max(0, shown)).map { VariantRow($0.count, log.names(of: $0.path)) }
            countOfCounts = [:]
            for variant in log.variants { countOfCounts[String(variant.count), default: 0] += 1 }
            coverage = [:]
            for n in [1, 5, 10, 20, 50, 100] {
                coverage[String(n)] = log.variants.prefix(n).reduce(0) { $0 + $1.count }
            }
        }

        package var tables: [AnswerTable] {
            var covered = 0
            let rows: [[AnswerCell]] = top.enumerated().map { index, row in
                covered += row.count
                let share = cases == 0 ? 0 : Double(row.count) / Double(cases)
                let sum = cases == 0 ? 0 : Double(covered) / Double(cases)
                return [
                    .integer(index + 1), .integer(row.count), .number(share), .number(sum), .texts(row.path),
                ]
            }
            return [
                AnswerTable("Paths", columns: ["rank", "cases", "share", "covered_share", "path"], rows: rows)
            ]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        Answer(VariantLog(log, threads: options.threads), top: options.top)
    }
}

extension VariantLog {
    /// SHA-256 of the lines "count, tab, activities joined by U+001F" in the order of `variants`, joined by newlines.
    package var fingerprint: String {
        var hash = SHA256()
        for (index, variant) in variants.enumerated() {
            if index > 0 { hash.update([0x0A]) }
            hash.update(String(variant.count).utf8)
            hash.update([0x09])
            for (place, activity) in variant.path.enumerated() {
                if place > 0 { hash.update([0x1F]) }
                hash.update(activities[activity].utf8)
            }
        }
        return hash.finish()
    }
}
