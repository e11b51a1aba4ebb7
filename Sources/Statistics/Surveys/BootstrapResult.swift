/// Replicates of a statistic and the intervals read off them.
package struct BootstrapResult: Sendable, Equatable {
    package let estimate: Double
    /// In the order they were drawn.
    package let replicates: [Double]
    /// Resamples in which the statistic was undefined; they are left out of `replicates`.
    package let undefined: Int
    /// Values without each respondent in turn; nil where it was not computed.
    package let jackknife: [Double]?

    package init(estimate: Double, replicates: [Double], undefined: Int = 0, jackknife: [Double]? = nil) {
        self.estimate = estimate
        self.replicates = replicates
        self.undefined = undefined
        self.jackknife = jackknife
    }

    /// Standard deviation of the replicates (divisor B - 1); nil for fewer than two.
    package var standardError: Double? {
        guard replicates.count > 1 else { return nil }
        let count = Double(replicates.count)
        let mean: Double = replicates.reduce(0, +) / count
        let squares: Double = replicates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / (count - 1)).squareRoot()
    }

    /// Type 7 quantiles of the replicates; nil without replicates or when more than 5 % of them were undefined.
    package func percentileInterval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard confidence > 0, confidence < 1 else { return nil }
        return interval((1 - confidence) / 2, (1 + confidence) / 2)
    }

    /// Bias correction: the normal quantile of the share of replicates below the estimate (half of those equal to
    /// it). Nil when all lie on one side.
    package var biasCorrection: Double? {
        guard !replicates.isEmpty else { return nil }
        var below = 0.0
        for value in replicates {
            if value < estimate { below += 1 } else if value == estimate { below += 0.5 }
        }
        let share = below / Double(replicates.count)
        return share > 0 && share < 1 ? Normal.quantile(share) : nil
    }

    /// Acceleration from the jackknife: Σd³ / (6(Σd²)^1.5); 0 when no respondent matters.
    package var acceleration: Double? {
        guard let jackknife, jackknife.count > 1 else { return nil }
        let mean: Double = jackknife.reduce(0, +) / Double(jackknife.count)
        var squares = 0.0
        var cubes = 0.0
        for value in jackknife {
            let d = mean - value
            squares += d * d
            cubes += d * d * d
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }

    /// Bias-corrected and accelerated interval (Efron 1987). Nil where the correction does not exist; then the
    /// percentile interval is what can be said.
    package func bcaInterval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard confidence > 0, confidence < 1, let z0 = biasCorrection, let a = acceleration else { return nil }
        func corrected(_ p: Double) -> Double {
            let shifted = z0 + Normal.quantile(p)
            return Normal.cdf(z0 + shifted / (1 - a * shifted))
        }
        return interval(corrected((1 - confidence) / 2), corrected((1 + confidence) / 2))
    }

    private func interval(_ low: Double, _ high: Double) -> ConfidenceInterval? {
        guard undefined * 20 <= replicates.count, let ends = Quantile.of(replicates, [low, high]) else { return nil }
        return ConfidenceInterval(lower: ends[0], upper: ends[1])
    }
}
