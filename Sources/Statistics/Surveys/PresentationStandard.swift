/// Whether a published proportion is precise enough to stand alone.
///
/// Rule of the National Center for Health Statistics (Parker et al. 2017, Vital Health Stat 2(175)): n and effective n
/// at least 30; Clopper-Pearson interval on the effective n narrower than 0.30; if wider than 0.05, not wider than
/// 130 % of the proportion. 0 % and 100 % go to a person for review; a complement (1 - p) that fails its own relative
/// width is flagged. For public tables; staff screens use ``SmallSampleRule``.
package struct PresentationStandard: Sendable, Hashable {
    package enum Reason: String, Sendable, Codable {
        case ok
        case sampleSize = "sample_size"
        case width
        case narrow = "width<=0.05"
        case relativeWidth = "relative_width"
    }

    package let isPresentable: Bool
    package let reason: Reason
    /// Nil when the sample is too small to look at.
    package let interval: ConfidenceInterval?
    /// Interval width / p; nil at p = 0 and for samples too small.
    package let relativeWidth: Double?
    /// 0 % or 100 %: a person decides.
    package let needsReview: Bool
    package let complementIsImprecise: Bool

    /// Nil for a proportion outside 0-1, n < 0 or a design effect ≤ 0.
    package init?(proportion p: Double, n: Int, designEffect: Double = 1, confidence: Double = 0.95) {
        guard p >= 0, p <= 1, n >= 0, designEffect > 0, designEffect.isFinite else { return nil }
        let effectiveN = min(Double(n), Double(n) / designEffect)
        guard effectiveN >= 30,
            let interval = ProportionInterval.clopperPearson.interval(
                successes: p * effectiveN, n: effectiveN, confidence: confidence)
        else {
            isPresentable = false
            reason = .sampleSize
            interval = nil
            relativeWidth = nil
            needsReview = false
            complementIsImprecise = false
            return
        }
        let width = interval.width
        self.interval = interval
        relativeWidth = p > 0 ? width / p : nil
        if width >= 0.30 {
            reason = .width
        } else if width <= 0.05 {
            reason = .narrow
        } else if p > 0, width / p > 1.3 {
            reason = .relativeWidth
        } else {
            reason = .ok
        }
        isPresentable = reason == .ok || reason == .narrow
        needsReview = isPresentable && (p == 0 || p == 1)
        complementIsImprecise = reason == .ok && p < 1 && width / (1 - p) > 1.3
    }
}
