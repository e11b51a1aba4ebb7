/// A small dense matrix of reals, row by row. For tables of drivers and coefficients (up to a few hundred rows), not
/// for large linear algebra.
package struct Matrix: Sendable, Equatable {
    package let rows: Int
    package let columns: Int
    package private(set) var elements: [Double]

    package init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        elements = Array(repeating: value, count: self.rows * self.columns)
    }

    /// Nil when the rows differ in length.
    package init?(_ lines: [[Double]]) {
        let width = lines.first?.count ?? 0
        guard lines.allSatisfy({ $0.count == width }) else { return nil }
        rows = lines.count
        columns = width
        elements = lines.flatMap { $0 }
    }

    package static func identity(_ size: Int) -> Matrix {
        var result = Matrix(rows: size, columns: size)
        for index in 0..<result.rows { result[index, index] = 1 }
        return result
    }

    package subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    package var isSquare: Bool { rows == columns }
    package var lines: [[Double]] { (0..<rows).map { row($0) } }

    package func row(_ index: Int) -> [Double] { Array(elements[index * columns..<(index + 1) * columns]) }
    package func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

    package var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
        return result
    }

    /// The product; nil when the shapes do not fit.
    package func times(_ other: Matrix) -> Matrix? {
        guard columns == other.rows else { return nil }
        var result = Matrix(rows: rows, columns: other.columns)
        for i in 0..<rows {
            for k in 0..<columns {
                let factor = self[i, k]
                for j in 0..<other.columns { result[i, j] += factor * other[k, j] }
            }
        }
        return result
    }

    /// The product with a column vector; nil when the lengths do not fit.
    package func times(_ vector: [Double]) -> [Double]? {
        guard columns == vector.count else { return nil }
        return (0..<rows).map { i in
            var sum = 0.0
            for j in 0..<columns { sum += self[i, j] * vector[j] }
            return sum
        }
    }

    /// The rows and columns named, in that order (indices must lie inside).
    package func submatrix(rows chosenRows: [Int], columns chosenColumns: [Int]) -> Matrix {
        var result = Matrix(rows: chosenRows.count, columns: chosenColumns.count)
        for (i, r) in chosenRows.enumerated() {
            for (j, c) in chosenColumns.enumerated() { result[i, j] = self[r, c] }
        }
        return result
    }
}
