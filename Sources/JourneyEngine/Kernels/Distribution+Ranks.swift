/// A set of lengths of time summed up elsewhere, part by part: what ``Distribution`` needs beside the values at ranks.
package struct TimeMoments: Sendable, Hashable {
    /// Some of the values: those between `low` and the next part's, less `low`.
    package struct Part: Sendable, Hashable {
        package var low: Int64
        package var count: Int
        /// Of the values less `low`: their sum and the sum of their squares, µs and µs².
        package var excess: Int128
        package var squares: Double

        package init(low: Int64, count: Int, excess: Int128, squares: Double) {
            self.low = low
            self.count = count
            self.excess = excess
            self.squares = squares
        }
    }

    package var parts: [Part] = []
    package var minimum = Int64.max
    package var maximum = Int64.min

    package init() {}

    package var count: Int { parts.reduce(0) { $0 + $1.count } }
    package var sum: Int128 { parts.reduce(0) { $0 + $1.excess + Int128($1.low) * Int128($1.count) } }

    /// Sample standard deviation, µs: taken around the mean part by part, so that little is lost to rounding.
    func deviation(mean: Double) -> Double? {
        let n = count
        guard n > 1 else { return nil }
        var squares = 0.0
        for part in parts {
            let away = Double(part.low) - mean
            squares += part.squares + 2 * away * Double(part.excess) + Double(part.count) * away * away
        }
        return (max(0, squares) / Double(n - 1)).squareRoot()
    }
}

extension Distribution {
    /// The places, from 0 and in ascending order, of the values that percentiles at these levels are made of.
    package static func ranks(of levels: [Double], count: Int) -> [Int] {
        guard count > 0 else { return [] }
        let bounds = levels.map { Self.bounds($0, count) }
        return Array(Set(bounds.flatMap { [$0.low, $0.high, $0.nearest] })).sorted()
    }

    /// Figures of values that lie elsewhere. Count, sum, mean, extremes and percentiles are exact; the deviation is
    /// within 10⁻⁶ of itself.
    ///
    /// - Parameter value: the value at a place of ``ranks(of:count:)``, µs.
    package init(_ moments: TimeMoments, levels: [Double], value: (Int) -> Int64) {
        self.init()
        count = moments.count
        guard count > 0 else { return }
        let total = count
        sum = moments.sum
        minimum = moments.minimum
        maximum = moments.maximum
        mean = Double(sum) / Double(total) / 1e6
        deviation = moments.deviation(mean: Double(sum) / Double(total)).map { $0 / 1e6 }
        percentiles = levels.map { level in
            let bound = Self.bounds(level, total)
            let below = Double(value(bound.low))
            let above = Double(value(bound.high))
            return Percentile(
                level: level, linear: (below + (above - below) * bound.fraction) / 1e6,
                nearestRank: Double(value(bound.nearest)) / 1e6)
        }
    }
}

extension FlowWaits.Flow {
    package init(_ from: Int, _ to: Int, _ waits: Distribution) { self.init(from: from, to: to, waits: waits) }
}

extension FlowWaits {
    package init(names: [String], flows: [Flow]) { self.init(activityNames: names, flows: flows) }
}
