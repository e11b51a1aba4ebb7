/// Resampling of respondents, replayable from its seed.
///
/// Each replicate draws n respondents with replacement, `below(n)` of one ``SplitMix64`` stream for all replicates.
/// References: Efron 1979, 1987; Efron & Tibshirani 1993, ch. 14. Smallest sensible n: 10 (fewer distinct resamples
/// than an interval needs); replicates: 999 for an interval. Respondents must be independent: for repeated people or
/// shared shocks resample clusters (weeks) instead. Not for extremes (the maximum, a 99 % quantile of 50 values).
package enum Bootstrap {
    /// Statistics that depend on sums over respondents (means, ratios, indices): the fast way.
    ///
    /// `rows` holds `width` numbers a respondent; `statistic` gets the `width` sums and returns nil where it is
    /// undefined. The jackknife for BCa costs one evaluation a respondent. Nil when `rows` is empty or does not
    /// divide by `width`, when the estimate is undefined, or `replicates` < 1.
    package static func ofTotals(
        _ rows: [Double], width: Int, replicates: Int = 999, seed: UInt64,
        statistic: (UnsafeBufferPointer<Double>) -> Double?
    ) -> BootstrapResult? {
        guard width > 0, !rows.isEmpty, rows.count.isMultiple(of: width), replicates > 0,
            rows.count / width < Int(UInt32.max)
        else { return nil }
        let n = rows.count / width
        var totals = [Double](repeating: 0, count: width)
        for i in 0..<n { for k in 0..<width { totals[k] += rows[i * width + k] } }
        guard let estimate = totals.withUnsafeBufferPointer({ statistic($0) }), estimate.isFinite else { return nil }

        var stream = SplitMix64(seed: seed)
        var values: [Double] = []
        values.reserveCapacity(replicates)
        let kinds = width == 1 ? nil : RowKinds(rows, width: width)
        rows.withUnsafeBufferPointer { rows in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { sums in
                var counts = [Double](repeating: 0, count: kinds?.count ?? 0)
                for _ in 0..<replicates {
                    sums.initialize(repeating: 0)
                    if let kinds {
                        kinds.add(drawing: &stream, &counts, into: sums)
                    } else {
                        sums[0] = sum(rows, &stream)
                    }
                    if let value = statistic(UnsafeBufferPointer(sums)), value.isFinite { values.append(value) }
                }
            }
        }

        var jackknife: [Double] = []
        jackknife.reserveCapacity(n)
        var without = totals
        for i in 0..<n {
            for k in 0..<width { without[k] = totals[k] - rows[i * width + k] }
            if let value = without.withUnsafeBufferPointer({ statistic($0) }) { jackknife.append(value) }
        }
        return BootstrapResult(
            estimate: estimate, replicates: values, undefined: replicates - values.count,
            jackknife: jackknife.count == n ? jackknife : nil)
    }

    /// The mean of one value a respondent.
    package static func ofMean(_ values: [Double], replicates: Int = 999, seed: UInt64) -> BootstrapResult? {
        // A row holds the value alone; every resample has n rows, but a jackknife has n - 1, so count them too there.
        let n = Double(values.count)
        guard values.allSatisfy(\.isFinite) else { return nil }
        guard
            let plain = ofTotals(values, width: 1, replicates: replicates, seed: seed, statistic: { $0[0] / n })
        else { return nil }
        let total: Double = values.reduce(0, +)
        let jackknife = values.count > 1 ? values.map { (total - $0) / (n - 1) } : nil
        return BootstrapResult(
            estimate: plain.estimate, replicates: plain.replicates, undefined: plain.undefined, jackknife: jackknife)
    }

    /// Any statistic of one value a respondent (a median, a quantile). The jackknife costs n evaluations of n values,
    /// so above 5,000 values it is left out and only the percentile interval exists.
    package static func of(
        _ values: [Double], replicates: Int = 999, seed: UInt64, statistic: (inout [Double]) -> Double?
    ) -> BootstrapResult? {
        guard !values.isEmpty, replicates > 0 else { return nil }
        var sample = values
        guard let estimate = statistic(&sample), estimate.isFinite else { return nil }
        var stream = SplitMix64(seed: seed)
        var results: [Double] = []
        for _ in 0..<replicates {
            sample.removeAll(keepingCapacity: true)
            for _ in values.indices { sample.append(values[stream.below(values.count)]) }
            if let value = statistic(&sample), value.isFinite { results.append(value) }
        }
        var jackknife: [Double] = []
        if values.count <= 5_000 {
            for i in values.indices {
                sample = values
                sample.remove(at: i)
                if let value = statistic(&sample) { jackknife.append(value) }
            }
        }
        return BootstrapResult(
            estimate: estimate, replicates: results, undefined: replicates - results.count,
            jackknife: jackknife.count == values.count ? jackknife : nil)
    }

    private static func sum(_ values: UnsafeBufferPointer<Double>, _ stream: inout SplitMix64) -> Double {
        var total = 0.0
        let n = values.count
        for _ in 0..<n { total += values[stream.below(n)] }
        return total
    }
}
