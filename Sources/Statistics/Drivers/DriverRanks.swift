/// How sure the order of drivers is: ranks over resampled respondents.
///
/// - Method: respondents drawn with replacement (``SplitMix64``, one stream), LMG each time; ranks 1 = most.
/// - Resamples in which drivers became collinear or constant are left out and counted.
/// - Show the rank interval beside every driver; drivers whose intervals overlap are tied.
package struct DriverRanks: Sendable, Equatable {
    package struct Driver: Sendable, Equatable {
        /// 2.5 % and 97.5 % points (type 1) of the rank.
        package let lowestRank: Int
        package let highestRank: Int
        /// 95 % percentile interval of the share of R².
        package let share: ConfidenceInterval
        package let probabilityFirst: Double

        package init(lowestRank: Int, highestRank: Int, share: ConfidenceInterval, probabilityFirst: Double) {
            self.lowestRank = lowestRank
            self.highestRank = highestRank
            self.share = share
            self.probabilityFirst = probabilityFirst
        }
    }

    package let drivers: [Driver]
    /// Resamples that could be computed.
    package let used: Int
    package let asked: Int

    /// Resamples rows of outcome first, then drivers.
    ///
    /// Throws what ``DriverCorrelations`` throws for the whole data, and ``DriverError/tooFewRows(have:need:)`` when fewer than
    /// half of the resamples could be computed.
    package init(rows: [[Double]], resamples: Int = 1000, seed: UInt64) throws(DriverError) {
        let p = try DriverCorrelations(rows: rows).count
        var random = SplitMix64(seed: seed)
        var ranks: [[Double]] = Array(repeating: [], count: p)
        var shares: [[Double]] = Array(repeating: [], count: p)
        let asked = max(1, min(resamples, 100_000))
        var used = 0
        for _ in 0..<asked {
            let sample = rows.indices.map { _ in rows[random.below(rows.count)] }
            guard let correlations = try? DriverCorrelations(rows: sample),
                let importance = try? DriverImportance(correlations), importance.rSquared > 0
            else { continue }
            used += 1
            let order = importance.lmg.indices.sorted { (importance.lmg[$1], $0) < (importance.lmg[$0], $1) }
            for (rank, driver) in order.enumerated() { ranks[driver].append(Double(rank + 1)) }
            for (driver, share) in importance.lmgShare.enumerated() { shares[driver].append(share) }
        }
        guard used * 2 >= asked else { throw .tooFewRows(have: rows.count, need: rows.count * 2) }
        self.used = used
        self.asked = asked
        drivers = (0..<p).map { driver in
            let rank = Quantile.of(ranks[driver], [0.025, 0.975], type: .invertedCDF) ?? [1, Double(p)]
            let share = Quantile.of(shares[driver], [0.025, 0.975]) ?? [0, 1]
            return Driver(
                lowestRank: Int(rank[0]), highestRank: Int(rank[1]),
                share: ConfidenceInterval(lower: share[0], upper: share[1]),
                probabilityFirst: Double(ranks[driver].count { $0 == 1 }) / Double(used))
        }
    }
}
