/// A two-way table of counts that is to be published with its row and column totals.
package struct CountTable: Sendable, Hashable {
    package let rows: Int
    package let columns: Int
    package let counts: [Int]

    /// Counts above this are refused, so that sums of a whole table cannot overflow.
    package static let largestCount = 1 << 40

    /// Nil for rows of different length, or a count that is negative or above 2^40.
    package init?(_ lines: [[Int]]) {
        let width = lines.first?.count ?? 0
        guard lines.allSatisfy({ $0.count == width }),
            lines.allSatisfy({ $0.allSatisfy { (0...Self.largestCount).contains($0) } })
        else { return nil }
        rows = lines.count
        columns = width
        counts = lines.flatMap { $0 }
    }

    package subscript(row: Int, column: Int) -> Int { counts[row * columns + column] }

    package var rowTotals: [Int] { (0..<rows).map { row in (0..<columns).reduce(0) { $0 + self[row, $1] } } }
    package var columnTotals: [Int] { (0..<columns).map { column in (0..<rows).reduce(0) { $0 + self[$1, column] } } }

    /// Cells that may not be shown at threshold k: 1…k-1. Zero may be shown.
    package func primary(threshold k: Int) -> CellPattern {
        CellPattern(rows: rows, columns: columns, hidden: counts.map { $0 > 0 && $0 < k })
    }
}

/// Which cells of a table are hidden.
package struct CellPattern: Sendable, Hashable {
    package let rows: Int
    package let columns: Int
    package internal(set) var hidden: [Bool]

    init(rows: Int, columns: Int, hidden: [Bool]) {
        self.rows = rows
        self.columns = columns
        self.hidden = hidden
    }

    /// Nil for rows of different length.
    package init?(_ lines: [[Bool]]) {
        let width = lines.first?.count ?? 0
        guard lines.allSatisfy({ $0.count == width }) else { return nil }
        self.init(rows: lines.count, columns: width, hidden: lines.flatMap { $0 })
    }

    package subscript(row: Int, column: Int) -> Bool { hidden[row * columns + column] }

    package var lines: [[Bool]] { (0..<rows).map { Array(hidden[$0 * columns..<($0 + 1) * columns]) } }
    package var count: Int { hidden.count { $0 } }

    /// (row, column) of hidden cells, row by row.
    package var cells: [(row: Int, column: Int)] {
        hidden.indices.filter { hidden[$0] }.map { ($0 / columns, $0 % columns) }
    }
}
