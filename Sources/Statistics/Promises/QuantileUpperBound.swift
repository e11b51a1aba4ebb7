import RealModule

/// A value that at least a share p of all cases stays below, with given confidence: one order statistic.
///
/// The smallest k with P(Bin(n, p) ≤ k - 1) ≥ confidence; the bound is the k-th smallest of n. Distribution-free.
/// Reference: Wilks 1941; David & Nagaraja, Order Statistics, 3rd ed., 7.2. n ≥ 59 for 95 % with 95 % confidence.
/// Needs independent completed cases: with open ones use ``KaplanMeier/quantileInterval(_:confidence:_:)``.
package struct QuantileUpperBound: Sendable, Hashable {
    /// One-based.
    package let rank: Int
    package let achievedConfidence: Double

    /// Nil when n is too small for any order statistic to reach the confidence, or an argument is out of range.
    package init?(count n: Int, p: Double, confidence: Double) {
        guard n > 0, p > 0, p < 1, confidence > 0, confidence < 1,
            Binomial.cdf(n - 1, n: n, p: p) >= confidence
        else { return nil }
        var low = 1
        var high = n
        while low < high {
            let middle = low + (high - low) / 2
            if Binomial.cdf(middle - 1, n: n, p: p) >= confidence { high = middle } else { low = middle + 1 }
        }
        rank = low
        achievedConfidence = Binomial.cdf(low - 1, n: n, p: p)
    }

    /// The smallest n for which a bound exists: 1 - pⁿ ≥ confidence. Nil for arguments outside (0, 1).
    package static func smallestCount(p: Double, confidence: Double) -> Int? {
        guard p > 0, p < 1, confidence > 0, confidence < 1 else { return nil }
        let estimate: Double = (Double.log(onePlus: -confidence) / Double.log(p)).rounded(.up)
        guard estimate < 1e15 else { return nil }
        var n = max(1, Int(estimate))
        while n > 1, 1 - Double.pow(p, Double(n - 1)) >= confidence { n -= 1 }
        while 1 - Double.pow(p, Double(n)) < confidence { n += 1 }
        return n
    }

    /// The bound itself from unsorted values; nil as above or with a NaN among them.
    package static func of(_ values: [Double], p: Double, confidence: Double) -> Double? {
        guard let bound = QuantileUpperBound(count: values.count, p: p, confidence: confidence),
            !values.contains(where: \.isNaN)
        else { return nil }
        var copy = values
        copy.withUnsafeMutableBufferPointer { Selection.place([bound.rank - 1], in: $0) }
        return copy[bound.rank - 1]
    }
}
