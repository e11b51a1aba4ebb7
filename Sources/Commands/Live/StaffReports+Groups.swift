internal import Analyses
internal import Experience
internal import Site

extension StaffReports {
    /// The values that may be chosen as a group: of each attribute the eight most common among these rows.
    func groups(
        _ definition: ServiceDefinition, _ table: JourneyTable, _ rows: [Int32]
    ) -> [(name: String, value: String)] {
        definition.cohorts.flatMap { attribute -> [(name: String, value: String)] in
            guard let cohort = table.cohortNames.firstIndex(of: attribute.name) else { return [] }
            let values = table.cohortValues[cohort]
            var counts = [Int](repeating: 0, count: values.count + 1)
            let codes = table.cohorts[cohort]
            for row in rows { counts[Int(codes[Int(row)])] += 1 }
            return values.indices.filter { counts[$0 + 1] > 0 }
                .sorted { (counts[$1 + 1], values[$0]) < (counts[$0 + 1], values[$1]) }
                .prefix(8).map { (attribute.name, values[$0]) }
        }
    }
}
