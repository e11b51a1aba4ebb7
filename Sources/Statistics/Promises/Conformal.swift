/// Bounds that hold for the next case whatever the distribution (split conformal prediction).
///
/// With n scores of earlier cases that the model had not seen, the next score is at most the ⌈(n+1)·level⌉-th
/// smallest with probability ≥ level, if the cases are exchangeable. References: Vovk, Gammerman & Shafer 2005; Lei
/// et al. 2018, JASA 113:1094. Given one calibration set the coverage itself is Beta(k, n+1-k): standard deviation
/// 2.7 points at n = 60, 0.7 at n = 1000. Smallest n: 9, 19, 99 for 90, 95, 99 %; below that there is no finite bound
/// and the answer is nil: “quote no date at this level”. Not exact while some scores are open
/// (``bound(scores:isFinal:level:)``), nor under drift: keep a rolling window.
package enum Conformal {
    /// The one-based rank ⌈(n+1)·level⌉, nil when it exceeds n or the level lies outside (0, 1).
    package static func rank(count n: Int, level: Double) -> Int? {
        guard n > 0, level > 0, level < 1 else { return nil }
        // The product of two decimals can land a hair above the integer it means.
        let rank = max(1, ((Double(n) + 1) * level - 1e-9).rounded(.up))
        return rank <= Double(n) ? Int(rank) : nil
    }

    /// The smallest number of scores that gives a finite bound; nil for a level outside (0, 1).
    package static func smallestCount(level: Double) -> Int? {
        guard level > 0, level < 1 else { return nil }
        let n = (level / (1 - level) - 1e-9).rounded(.up)
        guard n < 1e15 else { return nil }
        return max(1, Int(n))
    }

    /// The bound on the next score; nil when there are too few or a score is NaN. Units: those of the scores.
    package static func bound(_ scores: [Double], level: Double) -> Double? {
        guard let rank = rank(count: scores.count, level: level), !scores.contains(where: \.isNaN) else { return nil }
        var copy = scores
        copy.withUnsafeMutableBufferPointer { Selection.place([rank - 1], in: $0) }
        return copy[rank - 1]
    }

    /// Half the width of a symmetric interval around predictions: the bound on |y - prediction|.
    package static func halfWidth(actual: [Double], predicted: [Double], level: Double) -> Double? {
        guard actual.count == predicted.count else { return nil }
        return bound(zip(actual, predicted).map { abs($0 - $1) }, level: level)
    }

    /// As `bound` while some scores are only known to exceed what is given (orders still open): the Kaplan-Meier
    /// quantile at rank/n. An approximation: the finite-sample guarantee needs final scores.
    package static func bound(scores: [Double], isFinal: [Bool], level: Double) -> Double? {
        guard let rank = rank(count: scores.count, level: level), let least = scores.min(),
            scores.allSatisfy(\.isFinite)
        else { return nil }
        if isFinal.allSatisfy({ $0 }), isFinal.count == scores.count { return bound(scores, level: level) }
        let shifted = scores.map { $0 - least }
        guard let curve = KaplanMeier(times: shifted, isEvent: isFinal) else { return nil }
        let share = min(Double(rank) / Double(scores.count), 1 - 1e-12)
        return curve.quantile(share).map { $0 + least }
    }

    /// Share of promises a bound from n scores keeps, given that calibration set: Beta(k, n+1-k). For “kept between”.
    package static func coverageInterval(count n: Int, level: Double, confidence: Double = 0.95) -> ConfidenceInterval?
    {
        guard let rank = rank(count: n, level: level), confidence > 0, confidence < 1 else { return nil }
        let a = Double(rank)
        let b = Double(n + 1 - rank)
        let tail = (1 - confidence) / 2
        return ConfidenceInterval(lower: Beta.quantile(tail, a, b), upper: Beta.quantile(1 - tail, a, b))
    }
}
