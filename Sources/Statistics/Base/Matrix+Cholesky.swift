import RealModule

/// A = L·Lᵀ of a symmetric positive definite matrix.
///
/// Reference: Golub & Van Loan, Matrix Computations, §4.2. Nil is the answer for a matrix that is not square, not
/// finite, or singular within rounding: collinear columns are reported, not smoothed over.
package struct CholeskyFactor: Sendable {
    package let lower: Matrix

    /// Reads the lower triangle only.
    package init?(_ matrix: Matrix) {
        guard matrix.isSquare else { return nil }
        let n = matrix.rows
        var l = Matrix(rows: n, columns: n)
        for j in 0..<n {
            var diagonal = matrix[j, j]
            let original = diagonal
            for k in 0..<j { diagonal -= l[j, k] * l[j, k] }
            guard diagonal.isFinite, diagonal > 1e-14 * abs(original) else { return nil }
            let pivot = diagonal.squareRoot()
            l[j, j] = pivot
            for i in (j + 1)..<max(j + 1, n) {
                var sum = matrix[i, j]
                for k in 0..<j { sum -= l[i, k] * l[j, k] }
                l[i, j] = sum / pivot
            }
        }
        lower = l
    }

    /// x with A·x = b; nil when the length does not fit.
    package func solve(_ b: [Double]) -> [Double]? {
        let n = lower.rows
        guard b.count == n else { return nil }
        var x = b
        for i in 0..<n {
            for k in 0..<i { x[i] -= lower[i, k] * x[k] }
            x[i] /= lower[i, i]
        }
        for i in (0..<n).reversed() {
            for k in (i + 1)..<max(i + 1, n) { x[i] -= lower[k, i] * x[k] }
            x[i] /= lower[i, i]
        }
        return x
    }

    package var inverse: Matrix {
        let n = lower.rows
        var result = Matrix(rows: n, columns: n)
        for j in 0..<n {
            var unit = [Double](repeating: 0, count: n)
            unit[j] = 1
            guard let column = solve(unit) else { continue }
            for i in 0..<n { result[i, j] = column[i] }
        }
        return result
    }

    /// ln det A.
    package var logDeterminant: Double {
        (0..<lower.rows).reduce(0) { $0 + 2 * Double.log(lower[$1, $1]) }
    }
}
