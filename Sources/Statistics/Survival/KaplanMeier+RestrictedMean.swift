extension KaplanMeier {
    /// Mean time up to a fixed horizon and its standard error.
    package struct RestrictedMean: Sendable, Hashable {
        package let mean: Double
        /// Nil with weights.
        package let standardError: Double?
    }

    /// ∫₀^τ S(t) dt, the fair one-number comparison of two groups (Royston & Parmar 2013).
    ///
    /// Variance: Σ A(t)²·d/(n(n-d)) over events up to τ, A(t) the area from t to τ. Nil for τ ≤ 0, and for τ beyond
    /// the longest time seen while cases still run there: the area would be invented.
    package func restrictedMean(to tau: Double) -> RestrictedMean? {
        guard tau > 0, tau.isFinite, let last = survival.last, tau <= longestTime || last == 0 else { return nil }
        var area = 0.0
        var variance = 0.0
        var right = tau
        // From the end: the area to the right of each event is then known.
        for index in times.indices.reversed() where times[index] < tau {
            area += survival[index] * (right - times[index])
            right = times[index]
            let left = atRisk[index] - events[index]
            if events[index] > 0, survival[index] > 0, left > 0 {
                variance += area * area * (events[index] / (atRisk[index] * left))
            }
        }
        area += right
        return RestrictedMean(mean: area, standardError: isWeighted ? nil : variance.squareRoot())
    }
}
