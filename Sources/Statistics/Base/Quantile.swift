/// Quantiles of unsorted values, found by selection: about 2n steps instead of a sort.
package enum Quantile {
    /// One quantile; nil for no values, a NaN among them, or p outside [0, 1].
    package static func of(_ values: [Double], _ p: Double, type: QuantileType = .linear) -> Double? {
        of(values, [p], type: type)?.first
    }

    /// Several quantiles of the same values in one go; nil as above. Units are those of the values.
    package static func of(_ values: [Double], _ ps: [Double], type: QuantileType = .linear) -> [Double]? {
        var copy = values
        return select(&copy, ps, type: type)
    }

    /// As `of`, reordering `values` instead of copying them.
    package static func select(
        _ values: inout [Double], _ ps: [Double], type: QuantileType = .linear
    ) -> [Double]? {
        guard !values.isEmpty, ps.allSatisfy({ $0 >= 0 && $0 <= 1 }), !containsNaN(values) else { return nil }
        let positions = ps.map { type.position($0, count: values.count) }
        let ranks = Set(positions.flatMap { $0.fraction > 0 ? [$0.low, $0.high] : [$0.low] }).sorted()
        values.withUnsafeMutableBufferPointer { Selection.place(ranks[...], in: $0) }
        return positions.map { position in
            let low = values[position.low]
            guard position.fraction > 0 else { return low }
            let high = values[position.high]
            return low == high ? low : low + position.fraction * (high - low)
        }
    }

    /// A quantile of values already in ascending order; nil for none or p outside [0, 1].
    package static func ofSorted(_ sorted: [Double], _ p: Double, type: QuantileType = .linear) -> Double? {
        guard !sorted.isEmpty, p >= 0, p <= 1 else { return nil }
        let position = type.position(p, count: sorted.count)
        let low = sorted[position.low]
        guard position.fraction > 0 else { return low }
        let high = sorted[position.high]
        return low == high ? low : low + position.fraction * (high - low)
    }

    /// The first value at which the cumulative weight reaches p of the total (type 1 with weights).
    ///
    /// Nil for no positive weight, lengths that differ, or a NaN. `slack` allows for rounding in the sum of weights.
    package static func weighted(
        _ values: [Double], weights: [Double], _ p: Double, slack: Double = 1e-12
    ) -> Double? {
        guard values.count == weights.count, p >= 0, p <= 1 else { return nil }
        var total = 0.0
        for index in values.indices {
            guard !values[index].isNaN, weights[index] >= 0, weights[index].isFinite else { return nil }
            total += weights[index]
        }
        guard total > 0 else { return nil }
        var sum = 0.0
        var last: Double?
        for index in values.indices.sorted(by: { values[$0] < values[$1] }) where weights[index] > 0 {
            sum += weights[index]
            last = values[index]
            if sum >= (p - slack) * total { return values[index] }
        }
        return last
    }

    private static func containsNaN(_ values: [Double]) -> Bool {
        var sum = 0.0
        // 0·x is 0 for every finite x, NaN for NaN and infinity; only then is a closer look needed.
        for value in values { sum += 0 * value }
        return sum.isNaN && values.contains(where: \.isNaN)
    }
}
