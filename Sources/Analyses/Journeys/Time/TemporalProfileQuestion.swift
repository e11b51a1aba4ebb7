package import JourneyEngine

/// Mean and deviation of the time between every two activities where the second comes later on the same journey
/// (Stertz, Mangler & Rinderle-Ma 2020).
package enum TemporalProfileQuestion: JourneyQuestion {
    package static let id = "temporal-profile"
    package static let title = "Temporal profile"
    package static let about = "Mean and sample deviation, in seconds, of the time between any two activities in order."

    /// In JSON the row `[a, b, mean_s, stdev_sample_s]`; the deviation is 0 for one observation.
    package struct Row: Sendable, Hashable, Codable {
        package var from: String
        package var to: String
        package var mean: Double
        package var deviation: Double

        var cells: [AnswerCell] { [.text(from), .text(to), .number(mean), .number(deviation)] }

        init(from: String, to: String, mean: Double, deviation: Double) {
            self.from = from
            self.to = to
            self.mean = mean
            self.deviation = deviation
        }

        package init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            from = try row.decode(String.self)
            to = try row.decode(String.self)
            mean = try row.decode(Double.self)
            deviation = try row.decode(Double.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var row = encoder.unkeyedContainer()
            for cell in cells { try row.encode(cell) }
        }
    }

    package struct Answer: JourneyAnswer, Hashable {
        package var profile: [Row]

        enum CodingKeys: String, CodingKey { case profile = "temporal_profile" }

        package var tables: [AnswerTable] {
            let columns = ["a", "b", "mean_s", "stdev_sample_s"]
            return [AnswerTable("Temporal profile", columns: columns, rows: profile.map(\.cells))]
        }
    }

    package static func answer(_ log: EventLog, _ options: JourneyOptions) -> Answer {
        let columns = JourneyColumns(log)
        let n = columns.names.count
        // Whole sums first, then squares about the whole mean: the same in any order of journeys.
        var counts = [Int](repeating: 0, count: n * n)
        var sums = [Int128](repeating: 0, count: n * n)
        var means = sums
        var squares = sums
        walk(columns) { cell, wait in
            counts[cell] += 1
            sums[cell] += Int128(wait)
        }
        for cell in counts.indices where counts[cell] > 0 { means[cell] = sums[cell] / Int128(counts[cell]) }
        walk(columns) { cell, wait in
            let off = Int128(wait) - means[cell]
            squares[cell] &+= off &* off
        }
        var rows: [Row] = []
        for cell in counts.indices where counts[cell] > 0 {
            let size = Double(counts[cell])
            let rest = Double(sums[cell] - means[cell] * Int128(counts[cell])) / size
            let spread = max(0, Double(squares[cell]) - size * rest * rest)
            let variance = counts[cell] > 1 ? spread / (size - 1) : 0
            rows.append(
                Row(
                    from: columns.names[cell / n], to: columns.names[cell % n],
                    mean: (Double(means[cell]) + rest) / 1e6, deviation: variance.squareRoot() / 1e6))
        }
        return Answer(profile: rows)
    }

    private static func walk(_ columns: JourneyColumns, _ body: (Int, Int64) -> Void) {
        let n = columns.names.count
        for journey in 0..<columns.journeyCount {
            let range = columns.events(of: journey)
            for from in range {
                for to in (from + 1)..<max(from + 1, range.upperBound) {
                    let cell = Int(columns.activities[from]) * n + Int(columns.activities[to])
                    body(cell, columns.times[to] - columns.times[from])
                }
            }
        }
    }
}
