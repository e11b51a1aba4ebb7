/// How good promised dates were: coverage alone is bought by padding, so it is scored together with sharpness.
package enum PromiseScore {
    /// Mean pinball loss of promised p-quantiles: p(y - q) when late, (1 - p)(q - y) when early. Lower is better;
    /// units of y.
    ///
    /// Reference: Koenker & Bassett 1978. Nil for no cases, lengths that differ, a value that is not finite, or p
    /// outside (0, 1).
    package static func pinball(actual: [Double], promised: [Double], p: Double) -> Double? {
        guard !actual.isEmpty, actual.count == promised.count, p > 0, p < 1 else { return nil }
        var total = 0.0
        for (y, q) in zip(actual, promised) { total += y >= q ? p * (y - q) : (1 - p) * (q - y) }
        let mean = total / Double(actual.count)
        return mean.isFinite ? mean : nil
    }

    /// Mean interval (Winkler) score of central 1 - α intervals: width + (2/α)·distance outside. Lower is better.
    ///
    /// Reference: Gneiting & Raftery 2007, JASA 102:359. Nil as above or when an interval is inside out.
    package static func interval(actual: [Double], lower: [Double], upper: [Double], alpha: Double) -> Double? {
        guard !actual.isEmpty, actual.count == lower.count, actual.count == upper.count, alpha > 0, alpha < 1,
            zip(lower, upper).allSatisfy({ $0 <= $1 })
        else { return nil }
        var total = 0.0
        for i in actual.indices {
            let outside: Double = max(0, lower[i] - actual[i]) + max(0, actual[i] - upper[i])
            total += upper[i] - lower[i] + 2 / alpha * outside
        }
        let mean = total / Double(actual.count)
        return mean.isFinite ? mean : nil
    }
}
