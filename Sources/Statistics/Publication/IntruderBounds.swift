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
    /// Counts ≥ 0 with fixed totals form a network, so the largest possible change of a cell is a maximum flow around it
    /// (Cox 1980, 1995); the same as linear programming, in whole numbers. Assumes the intruder knows nothing else: earlier
    /// releases and nested tables are to be checked against this one (``Differencing``).
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
        let network = HiddenCellNetwork(table, hidden: pattern)
        return wanted.cells.filter { pattern[$0.row, $0.column] }.map { cell in
            let count = table[cell.row, cell.column]
            let up = network.slack(cell.row, cell.column, .up, limit: MaximumFlow.unlimited)
            let down = network.slack(cell.row, cell.column, .down, limit: count)
            return IntruderBounds(row: cell.row, column: cell.column, lower: count - down, upper: count + up)
        }
    }
}

/// Rows and columns as nodes; a hidden cell can grow without bound (row → column) and shrink to 0 (column → row).
struct HiddenCellNetwork {
    enum Direction { case up, down }

    private let table: CountTable
    private var flow: MaximumFlow
    private var arc: [Int]

    init(_ table: CountTable, hidden pattern: CellPattern) {
        self.table = table
        flow = MaximumFlow(nodes: table.rows + table.columns)
        arc = Array(repeating: -1, count: table.counts.count)
        for cell in pattern.cells { hide(cell.row, cell.column) }
    }

    mutating func hide(_ row: Int, _ column: Int) {
        let index = row * table.columns + column
        guard arc[index] < 0 else { return }
        arc[index] =
            flow.addArc(
                from: row, to: table.rows + column, capacity: MaximumFlow.unlimited, backward: table.counts[index])
            ?? -1
    }

    /// How far a hidden cell can move, at most `limit`: the flow back around it through the other hidden cells.
    func slack(_ row: Int, _ column: Int, _ direction: Direction, limit: Int) -> Int {
        let own = arc[row * table.columns + column]
        guard own >= 0, limit > 0 else { return 0 }
        var trial = flow
        trial.setResidualCapacity(of: own, to: 0)
        trial.setResidualCapacity(of: own, reverse: true, to: 0)
        let columnNode = table.rows + column
        return direction == .up
            ? trial.push(from: columnNode, to: row, limit: limit)
            : trial.push(from: row, to: columnNode, limit: limit)
    }

    /// Whether the interval of a hidden cell is at least `width` wide.
    func isWide(_ row: Int, _ column: Int, width: Int) -> Bool {
        let up = slack(row, column, .up, limit: width)
        if up >= width { return true }
        return up + slack(row, column, .down, limit: min(width - up, table[row, column])) >= width
    }
}
