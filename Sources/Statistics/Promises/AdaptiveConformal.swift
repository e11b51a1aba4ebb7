/// A conformal bound that widens after misses and narrows after hits, for a stream that drifts.
///
/// α_{t+1} = α_t + γ(α - err_t); the bound at t is the conformal one at level 1 - α_t over the last `window` scores.
/// |mean err - α| ≤ (max(α₁, 1-α₁) + γ)/(γT) whatever the data. Reference: Gibbs & Candès 2021, NeurIPS 34. γ
/// 0.005-0.02. In the project's own trial it did not beat a rolling window (METHODS, section 1): offer it per stream,
/// not as the default. The error of a promise is known at min(delivery, promised date): feed it then.
package struct AdaptiveConformal: Sendable, Equatable {
    package enum Bound: Sendable, Hashable {
        case finite(Double)
        /// α ≤ 0 or too few scores: no date at this level.
        case unbounded
        /// α ≥ 1: every promise counts as broken.
        case empty
    }

    /// α, the share of misses aimed at.
    package let target: Double
    package let gamma: Double
    package let window: Int
    /// Where α_t is held; nil lets it run free, as the theorem assumes.
    package let range: ClosedRange<Double>?
    /// α_t.
    package private(set) var alpha: Double
    package private(set) var steps = 0
    package private(set) var misses = 0
    private var recent: [Double] = []
    private var oldest = 0

    /// Nil for a level outside (0, 1), a negative or non-finite γ, or a window below 1.
    package init?(level: Double, gamma: Double, window: Int, holding range: ClosedRange<Double>? = nil) {
        guard level > 0, level < 1, gamma >= 0, gamma.isFinite, window > 0 else { return nil }
        target = 1 - level
        alpha = 1 - level
        self.gamma = gamma
        self.window = window
        self.range = range
    }

    /// The bound for the next score.
    package var bound: Bound {
        if alpha >= 1 { return .empty }
        guard alpha > 0, let value = Conformal.bound(recent, level: 1 - alpha) else { return .unbounded }
        return .finite(value)
    }

    /// Takes a score in without judging it (the warm-up). NaN is ignored.
    package mutating func calibrate(_ score: Double) {
        guard !score.isNaN else { return }
        if recent.count < window {
            recent.append(score)
        } else {
            recent[oldest] = score
            oldest = (oldest + 1) % window
        }
    }

    /// Judges a score against the bound, moves α, takes the score in; true when it was a miss. NaN is ignored and no
    /// miss.
    @discardableResult
    package mutating func observe(_ score: Double) -> Bool {
        guard !score.isNaN else { return false }
        let isMiss: Bool
        switch bound {
        case .finite(let limit): isMiss = score > limit
        case .unbounded: isMiss = false
        case .empty: isMiss = true
        }
        steps += 1
        if isMiss { misses += 1 }
        alpha += gamma * (target - (isMiss ? 1 : 0))
        if let range { alpha = min(max(alpha, range.lowerBound), range.upperBound) }
        calibrate(score)
        return isMiss
    }

    /// Share of judged scores inside the bound; nil before the first.
    package var coverage: Double? { steps > 0 ? 1 - Double(misses) / Double(steps) : nil }

    /// How far the share of misses can be from the target after `steps`; nil for γ = 0, before the first step, or when
    /// α is held in a range.
    package var deviationBound: Double? {
        guard gamma > 0, steps > 0, range == nil else { return nil }
        return (max(target, 1 - target) + gamma) / (gamma * Double(steps))
    }
}
