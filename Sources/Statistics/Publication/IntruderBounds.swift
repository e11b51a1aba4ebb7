/// What anyone can work out about a hidden cell from the rest of the table and its totals.
package struct IntruderBounds: Sendable, Hashable {
    package let row: Int
    package let column: Int
    package let lower: Int
    package let upper: Int

    package var width: Int { upper - lower }
    /// The count can be computed exactly: hiding it hid nothing.
    package var isDisclosed: Bool { lower == upper }

    /// Exact bounds of every hidden cell, row by row; nil when pattern and table differ in shape.
    ///
    /// Counts ≥ 0 with fixed totals form a network, so the largest possible change of a cell is a maximum flow around
    /// it (Cox 1980, 1995); the same as linear programming, in whole numbers. Assumes the intruder knows nothing
    /// else: earlier releases and nested tables are to be checked against this one (``Differencing``).
    package static func of(_ table: CountTable, hidden pattern: CellPattern) -> [IntruderBounds]? {
        of(table, hidden: pattern, only: pattern)
    }

    /// As above, for some of the hidden cells.
    package static func of(
        _ table: CountTable, hidden pattern: CellPattern, only wanted: CellPattern
    ) -> [IntruderBounds]? {
        guard table.rows == pattern.rows, table.columns == pattern.columns, wanted.rows == pattern.rows,
            wanted.columns == pattern.columns
        else { return nil }
        var network = HiddenCellNetwork(table, hidden: pattern)
        return wanted.cells.filter { pattern[$0.row, $0.column] }.map { cell in
            let count = table[cell.row, cell.column]
            let up = network.slack(cell.row, cell.column, .up, limit: MaximumFlow.unlimited)
            let down = network.slack(cell.row, cell.column, .down, limit: count)
            return IntruderBounds(row: cell.row, column: cell.column, lower: count - down, upper: count + up)
        }
    }
}
