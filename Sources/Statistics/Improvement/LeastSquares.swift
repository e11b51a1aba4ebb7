/// Ordinary least squares with standard errors that do not trust equal variances or independence.
///
/// - Reference: White 1980; MacKinnon & White 1985 (HC1); Newey & West 1987 (Bartlett weights).
package struct LeastSquares: Sendable, Equatable {
    package let coefficients: [Double]
    package let residuals: [Double]
    private let design: [[Double]]
    private let bread: Matrix

    /// Fits `y` on the columns of `design` (give the constant yourself).
    ///
    /// - Returns: `nil` for ragged input, no more rows than columns, collinear columns, or a number that is not finite.
    package init?(design: [[Double]], y: [Double]) {
        guard let k = design.first?.count, k > 0, design.count == y.count, y.count > k,
            design.allSatisfy({ $0.count == k && $0.allSatisfy(\.isFinite) }), y.allSatisfy(\.isFinite)
        else { return nil }
        var gram = Matrix(rows: k, columns: k)
        var right = Array(repeating: 0.0, count: k)
        for (row, value) in zip(design, y) {
            for i in 0..<k {
                for j in 0..<k { gram[i, j] += row[i] * row[j] }
                right[i] += row[i] * value
            }
        }
        guard let factor = CholeskyFactor(gram), let solution = factor.solve(right) else { return nil }
        coefficients = solution
        residuals = zip(design, y).map { row, value in value - zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 } }
        self.design = design
        bread = factor.inverse
    }

    /// Heteroskedasticity-robust standard errors (HC1, factor n/(n − k)).
    package var robustErrors: [Double] { neweyWestErrors(lags: 0) }

    /// Standard errors robust to autocorrelation up to `lags` (Bartlett weights, factor n/(n − k)).
    package func neweyWestErrors(lags: Int) -> [Double] {
        let n = design.count
        let k = coefficients.count
        var meat = Matrix(rows: k, columns: k)
        for lag in 0...max(0, min(lags, n - 1)) {
            let weight = lag == 0 ? 1 : 1 - Double(lag) / Double(lags + 1)
            for t in lag..<n {
                let product = weight * residuals[t] * residuals[t - lag]
                for i in 0..<k {
                    for j in 0..<k {
                        let term = product * design[t][i] * design[t - lag][j]
                        meat[i, j] += term
                        if lag > 0 { meat[j, i] += term }
                    }
                }
            }
        }
        let factor = Double(n) / Double(n - k)
        return (0..<k).map { c in
            var variance = 0.0
            for i in 0..<k { for j in 0..<k { variance += bread[c, i] * meat[i, j] * bread[j, c] } }
            return max(0, variance * factor).squareRoot()
        }
    }
}
