/// How much of what is explained goes with each driver.
///
/// - Formula: LMG (= Shapley value of R²): a driver's average gain in R² over all orders of entry, exact over 2ᵖ subsets;
///   Johnson's relative weights as a cheap check (`R = VDVᵀ`, `L = V√D Vᵀ`, weights `(L∘L)(b∘b)`, `b = L⁻¹r`).
/// - Reference: Lindeman, Merenda & Gold 1980; Grömping 2006, *JSS* 17(1); Johnson 2000, *Multivariate Behavioral Research* 35:1.
/// - Smallest n: 200 complete answers, 1,000 resamples for rank intervals (``DriverRanks``); drivers whose intervals overlap
///   are tied. Say "associated with", never "drives".
/// - Do not use it when drivers were asked because of the outcome (ticks under thumbs up or down): they separate it perfectly.
///   A share goes also to a driver without own effect that is correlated with one that has. Halo makes every ranking fragile.
package struct DriverImportance: Sendable, Equatable {
    package let rSquared: Double
    /// Sums to `rSquared`.
    package let lmg: [Double]
    /// Sums to `rSquared`.
    package let johnson: [Double]
    /// R² of each driver alone.
    package let first: [Double]
    /// Gain of each driver when it enters last.
    package let last: [Double]
    package let standardizedBeta: [Double]
    /// Beta times correlation; may be negative.
    package let pratt: [Double]
    /// Variance inflation; above 5–10 the betas say little.
    package let varianceInflation: [Double]

    /// LMG as shares of R²; empty when nothing is explained.
    package var lmgShare: [Double] { rSquared > 0 ? lmg.map { $0 / rSquared } : [] }
    package var johnsonShare: [Double] { rSquared > 0 ? johnson.map { $0 / rSquared } : [] }

    /// The two rankings disagree by more than `points` of share somewhere: a sign of collinearity to be shown.
    package func disagrees(by points: Double = 0.05) -> Bool {
        zip(lmgShare, johnsonShare).contains { abs($0 - $1) > points }
    }

    /// Computes all measures; throws ``DriverError/collinear`` when the matrix has no inverse.
    package init(_ correlations: DriverCorrelations) throws(DriverError) {
        let p = correlations.count
        let r = correlations.withOutcome
        guard let factor = CholeskyFactor(correlations.among), let beta = factor.solve(r),
            let eigen = SymmetricEigen(correlations.among), eigen.values.allSatisfy({ $0 > 0 })
        else { throw .collinear }
        let explained = (0..<(1 << p)).map { correlations.rSquared(of: $0) }
        lmg = Self.shapley(explained, count: p)
        rSquared = explained[explained.count - 1]
        first = (0..<p).map { explained[1 << $0] }
        last = (0..<p).map { explained[explained.count - 1] - explained[(explained.count - 1) ^ (1 << $0)] }
        standardizedBeta = beta
        pratt = zip(beta, r).map { $0 * $1 }
        let inverse = factor.inverse
        varianceInflation = (0..<p).map { inverse[$0, $0] }
        johnson = Self.johnson(eigen, r)
    }

    fileprivate static func shapley(_ explained: [Double], count p: Int) -> [Double] {
        // Weight of a subset of size s without the driver: s!(p − 1 − s)!/p!.
        var weights = Array(repeating: 1.0 / Double(p), count: p)
        for size in 1..<max(p, 1) { weights[size] = weights[size - 1] * Double(size) / Double(p - size) }
        return (0..<p).map { driver in
            var sum = 0.0
            for subset in explained.indices where subset >> driver & 1 == 0 {
                sum += weights[subset.nonzeroBitCount] * (explained[subset | 1 << driver] - explained[subset])
            }
            return sum
        }
    }

    private static func johnson(_ eigen: SymmetricEigen, _ r: [Double]) -> [Double] {
        let p = r.count
        let v = eigen.vectors
        func power(_ exponent: (Double) -> Double) -> Matrix {
            var result = Matrix(rows: p, columns: p)
            for i in 0..<p {
                for j in 0..<p {
                    for k in 0..<p { result[i, j] += v[i, k] * exponent(eigen.values[k]) * v[j, k] }
                }
            }
            return result
        }
        let root = power { $0.squareRoot() }
        let b = power { 1 / $0.squareRoot() }.times(r) ?? []
        return (0..<p).map { i in (0..<p).reduce(0) { $0 + root[i, $1] * root[i, $1] * b[$1] * b[$1] } }
    }
}

extension DriverCorrelations {
    /// LMG alone, for ranking draw after draw; nil when nothing can be told apart.
    package var lmg: [Double]? {
        guard count > 0 else { return nil }
        return DriverImportance.shapley((0..<(1 << count)).map { rSquared(of: $0) }, count: count)
    }
}
