import RealModule

/// Ranks improvements by hours saved per week of effort, with the uncertainty of the ranks.
///
/// - Formula: per draw every factor is log-normal with its mean and sd; value = people × share × hours / effort weeks; ranks
///   are counted over the draws; expected loss of a choice = mean of (best − chosen).
/// - Reference: Howard 1966 (value of information). Seeded SplitMix64, one normal per factor in order: replayable.
/// - 2,000 draws give probabilities to about one point. Improvements on the same minutes are not additive: re-run jointly.
package struct QuickWinRanking: Sendable, Equatable {
    /// One improvement.
    package struct Win: Sendable, Equatable {
        package let name: String
        /// Multiplied together.
        package let gains: [ProductEstimate.Factor]
        /// Divides the gain: weeks of effort.
        package let effort: ProductEstimate.Factor

        package init(name: String, gains: [ProductEstimate.Factor], effort: ProductEstimate.Factor) {
            self.name = name
            self.gains = gains
            self.effort = effort
        }
    }

    /// What is known about one improvement, in input order.
    package struct Outcome: Sendable, Equatable {
        package let name: String
        /// Probability of rank 1, 2, ….
        package let rankProbabilities: [Double]
        package let median: Double
        package let fifthPercentile: Double
        package let ninetyFifthPercentile: Double
        /// Mean value given up by choosing this one instead of the best of each draw.
        package let expectedLoss: Double

        package var probabilityBest: Double { rankProbabilities.first ?? 0 }
    }

    package let outcomes: [Outcome]

    /// Ranks; `nil` without improvements, for fewer than 2 or more than 1,000,000 draws, or a factor whose mean is not
    /// positive or whose deviation is negative.
    package init?(_ wins: [Win], draws: Int = 2000, seed: UInt64) {
        guard !wins.isEmpty, (2...1_000_000).contains(draws) else { return nil }
        var laws: [[LogNormal]] = []
        for win in wins {
            let factors = (win.gains + [win.effort]).compactMap(LogNormal.init)
            guard factors.count == win.gains.count + 1 else { return nil }
            laws.append(factors)
        }
        var random = SplitMix64(seed: seed)
        var values: [[Double]] = Array(repeating: [], count: wins.count)
        var ranks = Array(repeating: Array(repeating: 0, count: wins.count), count: wins.count)
        var loss = Array(repeating: 0.0, count: wins.count)
        for _ in 0..<draws {
            var row: [Double] = []
            for law in laws {
                let drawn = law.map { $0.draw(&random) }
                row.append(drawn.dropLast().reduce(1, *) / drawn[drawn.count - 1])
            }
            let best = row.max() ?? 0
            let order = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }
            for (rank, win) in order.enumerated() { ranks[win][rank] += 1 }
            for win in row.indices {
                values[win].append(row[win])
                loss[win] += best - row[win]
            }
        }
        outcomes = wins.indices.map { win in
            let points = Quantile.of(values[win], [0.5, 0.05, 0.95]) ?? [.nan, .nan, .nan]
            return Outcome(
                name: wins[win].name, rankProbabilities: ranks[win].map { Double($0) / Double(draws) },
                median: points[0], fifthPercentile: points[1], ninetyFifthPercentile: points[2],
                expectedLoss: loss[win] / Double(draws))
        }
    }

    /// Log-normal with a given mean and standard deviation.
    private struct LogNormal {
        let mu: Double
        let sigma: Double

        init?(_ factor: ProductEstimate.Factor) {
            guard factor.mean > 0, factor.mean.isFinite, factor.standardDeviation >= 0,
                factor.standardDeviation.isFinite
            else { return nil }
            let ratio = factor.standardDeviation / factor.mean
            let variance = Double.log(onePlus: ratio * ratio)
            sigma = variance.squareRoot()
            mu = Double.log(factor.mean) - variance / 2
        }

        func draw(_ random: inout SplitMix64) -> Double { Double.exp(mu + sigma * random.normal()) }
    }
}
