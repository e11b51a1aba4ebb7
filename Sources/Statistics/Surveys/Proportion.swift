/// A share with its Wilson interval: the default way to show “x of n”.
///
/// Formula and reference: ``ProportionInterval/wilson``; with weights on the effective n = n/design effect
/// (Korn & Graubard 1998). Units: shares 0-1. Too little data: `figure` is `suppressed`.
package struct Proportion: Sendable, Hashable {
    package let share: Double
    /// Answers counted.
    package let n: Int
    /// n divided by the design effect of the weights (at least 1e-9).
    package let effectiveN: Double
    package let isWeighted: Bool

    /// Nil when n ≤ 0 or successes lie outside 0...n.
    package init?(successes: Int, n: Int) {
        guard n > 0, successes >= 0, successes <= n else { return nil }
        share = Double(successes) / Double(n)
        self.n = n
        effectiveN = Double(n)
        isWeighted = false
    }

    /// A weighted share; nil for a share outside 0-1, n ≤ 0 or a design effect ≤ 0.
    package init?(share: Double, n: Int, designEffect: Double) {
        guard share >= 0, share <= 1, n > 0, designEffect > 0, designEffect.isFinite else { return nil }
        self.share = share
        self.n = n
        effectiveN = Double(n) / designEffect
        isWeighted = true
    }

    package func interval(
        confidence: Double = 0.95, _ kind: ProportionInterval = .wilson
    ) -> ConfidenceInterval? {
        kind.interval(successes: share * effectiveN, n: effectiveN, confidence: confidence)
    }

    /// The share as it may be shown under `rule`.
    package func figure(
        confidence: Double = 0.95, rule: SmallSampleRule = .staff, period: Figure.Period? = nil
    ) -> Figure {
        Figure(
            value: share, interval: interval(confidence: confidence).map { Figure.Interval($0) }, level: confidence,
            n: n, effectiveN: isWeighted ? effectiveN : nil, method: Figure.Method("proportion.wilson"),
            period: period, isWeighted: isWeighted
        ).applying(rule)
    }
}
