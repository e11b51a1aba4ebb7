/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations.
///
/// Reference: Golub & Van Loan, Matrix Computations, §8.5. Nil for a matrix that is not square or not finite; only the
/// upper triangle is trusted. O(n³) a sweep: for n up to a few hundred.
package struct SymmetricEigen: Sendable {
    /// Descending.
    package let values: [Double]
    /// Column j belongs to `values[j]`; columns are orthonormal.
    package let vectors: Matrix

    package init?(_ matrix: Matrix) {
        guard matrix.isSquare, matrix.elements.allSatisfy(\.isFinite) else { return nil }
        let n = matrix.rows
        var a = matrix
        for i in 0..<n { for j in 0..<i { a[i, j] = a[j, i] } }
        var v = Matrix.identity(n)
        for _ in 0..<100 {
            var off = 0.0
            var all = 0.0
            for i in 0..<n {
                for j in 0..<n {
                    all += a[i, j] * a[i, j]
                    if i != j { off += a[i, j] * a[i, j] }
                }
            }
            if off <= 1e-30 * all { break }
            for p in 0..<n { for q in (p + 1)..<max(p + 1, n) { Self.rotate(&a, &v, p, q) } }
        }
        let order = (0..<n).sorted { (a[$0, $0], $1) > (a[$1, $1], $0) }
        values = order.map { a[$0, $0] }
        vectors = v.submatrix(rows: Array(0..<n), columns: order)
    }

    private static func rotate(_ a: inout Matrix, _ v: inout Matrix, _ p: Int, _ q: Int) {
        let apq = a[p, q]
        guard apq != 0 else { return }
        let theta = (a[q, q] - a[p, p]) / (2 * apq)
        let t: Double = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c: Double = 1 / (t * t + 1).squareRoot()
        let s: Double = t * c
        for k in 0..<a.rows {
            let akp = a[k, p]
            let akq = a[k, q]
            a[k, p] = c * akp - s * akq
            a[k, q] = s * akp + c * akq
        }
        for k in 0..<a.rows {
            let apk = a[p, k]
            let aqk = a[q, k]
            a[p, k] = c * apk - s * aqk
            a[q, k] = s * apk + c * aqk
        }
        for k in 0..<a.rows {
            let vkp = v[k, p]
            let vkq = v[k, q]
            v[k, p] = c * vkp - s * vkq
            v[k, q] = s * vkp + c * vkq
        }
    }
}
