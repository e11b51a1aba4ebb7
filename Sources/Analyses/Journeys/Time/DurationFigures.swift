package import JourneyEngine

/// Lengths of time, all in seconds, with percentiles two ways: linear between ranks and nearest rank.
package struct DurationFigures: Sendable, Hashable, Codable {
    package var n: Int
    package var sum: Double
    package var mean: Double?
    package var minimum: Double?
    package var maximum: Double?
    /// By percent, "50" and so on.
    package var linear: [String: Double]
    package var nearestRank: [String: Double]

    enum CodingKeys: String, CodingKey {
        case n
        case sum = "sum_s"
        case mean = "mean_s"
        case minimum = "min_s"
        case maximum = "max_s"
        case linear = "linear_s"
        case nearestRank = "nearest_rank_s"
    }

    package init(_ distribution: Distribution) {
        n = distribution.count
        sum = distribution.sumSeconds
        let isEmpty = distribution.count == 0
        mean = isEmpty ? nil : distribution.mean
        minimum = isEmpty ? nil : distribution.minimumSeconds
        maximum = isEmpty ? nil : distribution.maximumSeconds
        linear = [:]
        nearestRank = [:]
        for percentile in distribution.percentiles {
            let key =
                percentile.level == percentile.level.rounded()
                ? String(Int(percentile.level)) : String(percentile.level)
            linear[key] = percentile.linear
            nearestRank[key] = percentile.nearestRank
        }
    }

    func table(_ name: String) -> AnswerTable {
        let levels = linear.keys.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
        var rows: [[AnswerCell]] = [
            [.text("journeys"), .integer(n)], [.text("sum_s"), .number(sum)], [.text("mean_s"), AnswerCell(mean)],
            [.text("min_s"), AnswerCell(minimum)], [.text("max_s"), AnswerCell(maximum)],
        ]
        for level in levels { rows.append([.text("p\(level)_s"), AnswerCell(linear[level])]) }
        return AnswerTable(name, columns: ["measure", "value"], rows: rows)
    }
}
