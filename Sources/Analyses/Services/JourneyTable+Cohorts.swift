package import Statistics

/// A service's figures for each value of one cohort attribute.
package struct CohortMeasures: Sendable, Codable {
    package struct Line: Sendable, Codable {
        package var value: String
        package var measures: ServiceMeasures
    }

    package var attribute: String
    /// Largest groups first.
    package var lines: [Line]
}

extension JourneyTable {
    /// The measures of the largest groups of an attribute; nil when the service has no such attribute.
    package func measures(
        _ rows: [Int32], by attribute: String, limit: Int = 12, now: Int64, rule: SmallSampleRule
    ) -> CohortMeasures? {
        guard let cohort = cohortNames.firstIndex(of: attribute) else { return nil }
        var groups = [[Int32]](repeating: [], count: cohortValues[cohort].count + 1)
        for row in rows { groups[Int(cohorts[cohort][Int(row)])].append(row) }
        let order = groups.indices.dropFirst().filter { !groups[$0].isEmpty }.sorted {
            (groups[$1].count, cohortValues[cohort][$0 - 1]) < (groups[$0].count, cohortValues[cohort][$1 - 1])
        }
        return CohortMeasures(
            attribute: attribute,
            lines: order.prefix(limit).map {
                .init(
                    value: cohortValues[cohort][$0 - 1], measures: measures(groups[$0], now: now, rule: rule))
            })
    }
}
