/// What a flag is worth when what it looks for is rare.
///
/// - Formula: `PPV = se·π / (se·π + (1 − sp)(1 − π))` (Bayes). 90 % / 99 % at a prevalence of 0.1 % gives 8 %.
package enum BaseRate {
    /// Share of the flagged that are true; `nil` for a share outside 0...1 or when nothing would be flagged.
    package static func positivePredictiveValue(
        sensitivity: Double, specificity: Double, prevalence: Double
    ) -> Double? {
        guard [sensitivity, specificity, prevalence].allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
        let hits = sensitivity * prevalence
        let flagged = hits + (1 - specificity) * (1 - prevalence)
        return flagged > 0 ? hits / flagged : nil
    }
}
