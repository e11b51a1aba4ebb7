extension RunLength {
    /// The EWMA width L whose in-control run length is `runLength`; `nil` unless 2 ≤ run length ≤ 10⁶ and 0 < λ ≤ 1.
    package static func ewmaWidth(lambda: Double, runLength: Double) -> Double? {
        guard lambda > 0, lambda <= 1 else { return nil }
        return bisect(runLength, from: 0.05, to: 7) { ewma(lambda: lambda, width: $0, shift: 0) }
    }

    /// The two-sided CUSUM limit h for a reference value and an in-control run length; `nil` out of range.
    package static func cusumDecision(reference k: Double, runLength: Double) -> Double? {
        guard k > 0 else { return nil }
        return bisect(runLength, from: 0.05, to: 60) { cusum(reference: k, decision: $0, shift: 0) }
    }

    /// The Poisson CUSUM limit h for usual and raised mean and an in-control run length; `nil` out of range.
    ///
    /// Counts are whole, so the run length moves in steps: the returned limit reaches at least the wanted one.
    package static func poissonDecision(usual: Double, raised: Double, runLength: Double) -> Double? {
        guard let k = PoissonCusum.reference(usual: usual, raised: raised) else { return nil }
        return bisect(runLength, from: 0.1, to: 40 * (1 + usual.squareRoot())) {
            poissonCusum(reference: k, decision: $0, mean: usual)
        }
    }

    /// The smallest limit (to 1e-4) at which an increasing run length reaches the target.
    private static func bisect(
        _ target: Double, from low: Double, to high: Double, _ length: (Double) -> Double?
    ) -> Double? {
        guard target >= 2, target <= 1_000_000 else { return nil }
        var low = low
        var high = high
        // No value at a wide limit means "so rare that it cannot be computed": treat it as long enough.
        guard (length(high) ?? .infinity) >= target else { return nil }
        while high - low > 1e-4 {
            let middle = (low + high) / 2
            if (length(middle) ?? .infinity) >= target { high = middle } else { low = middle }
        }
        return high
    }
}
