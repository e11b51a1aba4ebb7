/// Recall estimated from a random sample of the unflagged.
///
/// - Formula: missed = unflagged × found/audited; recall = flagged true / (flagged true + missed); its interval from the
///   Clopper–Pearson limits of found/audited (the flagged are taken as all checked).
/// - Reference: Clopper & Pearson 1934.
/// - Three hits in 400 of 9,880 mean about 74 missed: always show the interval. The sample must be random.
package struct AuditedRecall: Sendable, Equatable {
    package let missed: Double
    package let recall: Double
    package let interval: ConfidenceInterval

    /// `nil` when nobody was audited, counts are negative or larger than what they are part of, or nothing true was seen.
    package init?(
        flaggedTrue: Int, unflagged: Int, audited: Int, auditedTrue: Int, confidence: Double = 0.95
    ) {
        guard flaggedTrue >= 0, audited > 0, audited <= unflagged, auditedTrue >= 0, auditedTrue <= audited,
            flaggedTrue + auditedTrue > 0,
            let limits = ProportionInterval.clopperPearson.interval(
                successes: Double(auditedTrue), n: Double(audited), confidence: confidence)
        else { return nil }
        let found = Double(flaggedTrue)
        func recall(_ share: Double) -> Double {
            let total = found + Double(unflagged) * share
            return total > 0 ? found / total : 0
        }
        missed = Double(unflagged) * Double(auditedTrue) / Double(audited)
        self.recall = recall(Double(auditedTrue) / Double(audited))
        interval = ConfidenceInterval(lower: recall(limits.upper), upper: recall(limits.lower))
    }
}
