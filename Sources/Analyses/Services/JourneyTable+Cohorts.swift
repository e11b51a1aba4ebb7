package import Statistics

/// How often promises were kept for one value of an attribute.
package struct CohortKept: Sendable {
    package var value: String
    package var journeys: Int
    package var kept: Figure
}

extension JourneyTable {
    /// The share of promises kept in the largest groups of an attribute, in one pass; empty when the service has no such
    /// attribute.
    package func promisesKept(
        _ rows: [Int32], by attribute: String, limit: Int, now: Int64, rule: SmallSampleRule
    ) -> [CohortKept] {
        guard let cohort = cohortNames.firstIndex(of: attribute) else { return [] }
        struct Tally {
            var journeys = 0
            var kept = 0
            var judged = 0
        }
        let codes = cohorts[cohort]
        var tallies = [Tally](repeating: Tally(), count: cohortValues[cohort].count + 1)
        for index in rows {
            let row = Int(index)
            let group = Int(codes[row])
            tallies[group].journeys &+= 1
            switch verdict(row, .last, now: now) {
            case .kept:
                tallies[group].kept &+= 1
                tallies[group].judged &+= 1
            case .broken: tallies[group].judged &+= 1
            case .pending, .none: break
            }
        }
        let names = cohortValues[cohort]
        let order = tallies.indices.dropFirst().filter { tallies[$0].journeys > 0 }.sorted {
            (tallies[$1].journeys, names[$0 - 1]) < (tallies[$0].journeys, names[$1 - 1])
        }
        return order.prefix(limit).map { group in
            CohortKept(
                value: names[group - 1], journeys: tallies[group].journeys,
                kept: .share(tallies[group].kept, of: tallies[group].judged, rule: rule))
        }
    }
}
