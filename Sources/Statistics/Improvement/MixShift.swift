/// What the mean would be if the mix of cases were another one: post-stratification.
///
/// - Formula: mean = Σ share_h·ȳ_h; se = √Σ share_h²·s_h²/n_h; equal to the Hájek mean with weights `share_h·n/n_h`; effective n
///   = (Σw)²/Σw².
/// - Reference: Holt & Smith 1979, *JRSS-A* 142:33; Hernán & Robins, *Causal Inference: What If*, ch. 12.
/// - Assumes the minutes inside a stratum stay as they are when people move between strata: an upper bound on what a
///   channel shift does. Smallest n: 10 per stratum; warn when the largest weight exceeds ten times the mean.
package struct MixShift: Sendable, Equatable {
    package let currentMean: Double
    package let stratumMeans: [Double]
    package let mean: Double
    /// `nil` when a stratum with a positive share holds fewer than two cases.
    package let standardError: Double?
    package let effectiveN: Double
    package let maximumWeightOverMean: Double

    /// Shifts the mix.
    ///
    /// - Parameters:
    ///   - values: one per case (minutes).
    ///   - strata: stratum of each value, 0 ..< shares.count.
    ///   - shares: wanted share per stratum, summing to 1 (within 1e-6).
    /// - Returns: `nil` for no value, lengths that differ, strata out of range, shares that do not sum to 1, or a stratum
    ///   that should have a share but holds no case (nothing is known about it).
    package init?(values: [Double], strata: [Int], shares: [Double]) {
        guard !values.isEmpty, values.count == strata.count, values.allSatisfy(\.isFinite),
            strata.allSatisfy({ shares.indices.contains($0) }), shares.allSatisfy({ $0 >= 0 }),
            abs(shares.reduce(0, +) - 1) < 1e-6
        else { return nil }
        var counts = Array(repeating: 0.0, count: shares.count)
        var sums = counts
        for (value, stratum) in zip(values, strata) {
            counts[stratum] += 1
            sums[stratum] += value
        }
        guard shares.indices.allSatisfy({ shares[$0] == 0 || counts[$0] > 0 }) else { return nil }
        let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
        var squares = Array(repeating: 0.0, count: shares.count)
        for (value, stratum) in zip(values, strata) {
            squares[stratum] += (value - means[stratum]) * (value - means[stratum])
        }
        currentMean = values.reduce(0, +) / Double(values.count)
        stratumMeans = means
        mean = zip(shares, means).reduce(0) { $0 + $1.0 * $1.1 }
        var variance: Double? = 0
        for h in shares.indices where shares[h] > 0 {
            guard counts[h] > 1, let sum = variance else {
                variance = nil
                break
            }
            variance = sum + shares[h] * shares[h] * squares[h] / (counts[h] - 1) / counts[h]
        }
        standardError = variance?.squareRoot()
        // Weights per case, all cases of a stratum alike.
        let n = Double(values.count)
        let weights = shares.indices.map { counts[$0] > 0 ? shares[$0] * n / counts[$0] : 0 }
        let sum = zip(weights, counts).reduce(0) { $0 + $1.0 * $1.1 }
        let sumOfSquares = zip(weights, counts).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        effectiveN = sumOfSquares > 0 ? sum * sum / sumOfSquares : 0
        maximumWeightOverMean = sum > 0 ? (weights.max() ?? 0) / (sum / n) : 0
    }
}
