extension Matrix {
    /// x with A·x = b by elimination with partial pivoting. Nil when A is not square, b does not fit, a value is not
    /// finite, or A is singular within rounding. For symmetric positive definite A prefer ``CholeskyFactor``.
    package func solve(_ b: [Double]) -> [Double]? {
        guard isSquare, b.count == rows else { return nil }
        let n = rows
        var a = self
        var x = b
        let scale = elements.reduce(0) { Swift.max($0, abs($1)) }
        guard scale.isFinite, b.allSatisfy(\.isFinite) else { return nil }
        for k in 0..<n {
            var pivotRow = k
            for i in k..<n where abs(a[i, k]) > abs(a[pivotRow, k]) { pivotRow = i }
            guard abs(a[pivotRow, k]) > 1e-14 * scale else { return nil }
            if pivotRow != k {
                for j in 0..<n {
                    let held = a[k, j]
                    a[k, j] = a[pivotRow, j]
                    a[pivotRow, j] = held
                }
                x.swapAt(k, pivotRow)
            }
            for i in (k + 1)..<Swift.max(k + 1, n) {
                let factor = a[i, k] / a[k, k]
                if factor == 0 { continue }
                for j in k..<n { a[i, j] -= factor * a[k, j] }
                x[i] -= factor * x[k]
            }
        }
        for i in (0..<n).reversed() {
            for j in (i + 1)..<Swift.max(i + 1, n) { x[i] -= a[i, j] * x[j] }
            x[i] /= a[i, i]
        }
        return x
    }
}
