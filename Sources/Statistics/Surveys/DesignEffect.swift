/// What unequal weights cost: Kish's 1 + L = n·Σw²/(Σw)², and the effective n that is left.
///
/// Reference: Kish 1965, 1992. Holds for weights unrelated to the answers; it says nothing about clustering.
package struct DesignEffect: Sendable, Hashable {
    package let value: Double
    package let effectiveN: Double

    /// Nil for no weights, a negative or non-finite one, or a sum of 0. Weights of 0 count as respondents.
    package init?(weights: [Double]) {
        var sum = 0.0
        var squares = 0.0
        for weight in weights {
            guard weight >= 0, weight.isFinite else { return nil }
            sum += weight
            squares += weight * weight
        }
        guard sum > 0, squares > 0, squares.isFinite else { return nil }
        effectiveN = sum / squares * sum
        value = Double(weights.count) / effectiveN
    }
}
