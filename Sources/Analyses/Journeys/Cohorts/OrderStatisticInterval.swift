import Statistics

/// A distribution-free interval for the median: two of the values themselves (Conover 1999, §3.2).
enum OrderStatisticInterval {
    /// Nil when no pair of values covers the median with that confidence (fewer than 6 values at 95 %).
    static func median(_ values: [Int64], confidence: Double) -> (lower: Int64, upper: Int64)? {
        let n = values.count
        guard n > 1, confidence > 0, confidence < 1 else { return nil }
        let tail = (1 - confidence) / 2
        // Largest r with P(Binomial(n, ½) < r) ≤ tail: then the r-th smallest and r-th largest value enclose.
        let spread = Normal.twoSidedZ(confidence) * Double(n).squareRoot() / 2
        var r = max(0, Int((Double(n) / 2 - spread).rounded(.down)))
        if n <= 10_000 {
            // The normal start is within a step or two of the exact rank.
            while r > 0, Binomial.cdf(r - 1, n: n, p: 0.5) > tail { r -= 1 }
            while Binomial.cdf(r, n: n, p: 0.5) <= tail { r += 1 }
        }
        guard r >= 1, n - r >= r - 1 else { return nil }
        let sorted = values.sorted()
        return (sorted[r - 1], sorted[n - r])
    }
}
