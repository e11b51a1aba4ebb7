extension KaplanMeier {
    /// Room for rounding when S meets 1 - p exactly.
    static let slack = 1e-9

    /// The first event time by which a share p has ended (S ≤ 1 - p): type 1, never between two observed times.
    ///
    /// Nil when S never falls that far: say “not within the longest time seen”. Nil too for p outside (0, 1).
    package func quantile(_ p: Double) -> Double? { quantileIndex(p).map { times[$0] } }

    func quantileIndex(_ p: Double) -> Int? {
        guard p > 0, p < 1 else { return nil }
        let limit = 1 - p + Self.slack
        var low = 0
        var high = survival.count
        while low < high {
            let middle = (low + high) / 2
            if survival[middle] <= limit { high = middle } else { low = middle + 1 }
        }
        return low < survival.count ? low : nil
    }

    /// R's convention: where S equals 1 - p over a stretch, its middle. For comparison with other software, not for
    /// promises.
    package func midpointQuantile(_ p: Double) -> Double? {
        guard let index = quantileIndex(p) else { return nil }
        guard abs(survival[index] - (1 - p)) <= Self.slack else { return times[index] }
        let next = survival[index...].firstIndex { $0 < survival[index] }
        return (times[index] + (next.map { times[$0] } ?? longestTime)) / 2
    }

    /// Limits of a quantile by inverting the limits of S (Brookmeyer & Crowley). An end that is never reached is nil:
    /// unbounded on that side as far as was seen.
    package func quantileInterval(
        _ p: Double, confidence: Double = 0.95, _ transform: Transform = .logLog
    ) -> Figure.Interval {
        guard p > 0, p < 1 else { return Figure.Interval(lower: nil, upper: nil) }
        let limit = 1 - p + Self.slack
        var lower: Double?
        var upper: Double?
        for (index, band) in limits(confidence: confidence, transform).enumerated() {
            guard let band else { continue }
            if lower == nil, band.lower <= limit { lower = times[index] }
            if upper == nil, band.upper <= limit { upper = times[index] }
        }
        return Figure.Interval(lower: lower, upper: upper)
    }

    /// A quantile as it may be shown: `notReached` when S never falls that far, `suppressed` when fewer than 10 are
    /// at risk there or by `rule`, `lowReliability` with fewer than 10 endings.
    package func quantileFigure(
        _ p: Double, confidence: Double = 0.95, rule: SmallSampleRule = .staff, period: Figure.Period? = nil
    ) -> Figure {
        let index = quantileIndex(p)
        var flag = Figure.Flag.ok
        if eventCount < 10 { flag = .lowReliability }
        if let index, atRisk[index] < 10 { flag = .suppressed }
        if index == nil { flag = .notReached }
        return Figure(
            value: index.map { times[$0] }, interval: quantileInterval(p, confidence: confidence), level: confidence,
            n: n, method: Figure.Method("kaplan_meier.quantile"), period: period, isWeighted: isWeighted, flag: flag
        ).applying(rule)
    }
}
