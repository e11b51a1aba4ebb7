package import JourneyEngine

/// Waits between consecutive events, by flow; in JSON a table of columns and rows, in seconds.
package struct WaitTable: Sendable, Hashable, Codable {
    package var columns = [
        "a", "b", "n", "sum_s", "mean_s", "p50_s", "p90_s", "p95_s", "min_s", "max_s", "stdev_sample_s",
    ]
    package var rows: [Row]
    package var percentiles = "linear interpolation"

    package struct Row: Sendable, Hashable, Codable {
        package var from: String
        package var to: String
        package var n: Int
        package var sum: Double
        package var mean: Double
        package var median: Double
        package var p90: Double
        package var p95: Double
        package var minimum: Double
        package var maximum: Double
        /// Sample standard deviation, nil for one wait.
        package var deviation: Double?

        var cells: [AnswerCell] {
            [
                .text(from), .text(to), .integer(n), .number(sum), .number(mean), .number(median), .number(p90),
                .number(p95), .number(minimum), .number(maximum), AnswerCell(deviation),
            ]
        }

        init(_ from: String, _ to: String, _ d: Distribution) {
            self.from = from
            self.to = to
            n = d.count
            sum = d.sumSeconds
            mean = d.mean
            median = d.linear(50) ?? 0
            p90 = d.linear(90) ?? 0
            p95 = d.linear(95) ?? 0
            minimum = d.minimumSeconds
            maximum = d.maximumSeconds
            deviation = d.deviation
        }

        package init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            from = try row.decode(String.self)
            to = try row.decode(String.self)
            n = try row.decode(Int.self)
            sum = try row.decode(Double.self)
            mean = try row.decode(Double.self)
            median = try row.decode(Double.self)
            p90 = try row.decode(Double.self)
            p95 = try row.decode(Double.self)
            minimum = try row.decode(Double.self)
            maximum = try row.decode(Double.self)
            deviation = try row.decode(Double?.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var row = encoder.unkeyedContainer()
            for cell in cells { try row.encode(cell) }
        }
    }

    package init(_ found: FlowWaits) {
        rows = found.flows.map { Row(found.activityNames[$0.from], found.activityNames[$0.to], $0.waits) }
    }

    func table(_ name: String) -> AnswerTable { AnswerTable(name, columns: columns, rows: rows.map(\.cells)) }
}
