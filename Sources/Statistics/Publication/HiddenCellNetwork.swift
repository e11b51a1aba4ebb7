/// The hidden cells of a table as a flow network: how far one of them can move while all totals stay as published.
///
/// Rows and columns are the nodes. A hidden cell can grow without bound (row → column) and shrink to 0 (column →
/// row). Edmonds-Karp with nodes in bit sets, so that a search over a dense 200 × 200 pattern takes some hundred word
/// operations; every query leaves the network as it found it.
struct HiddenCellNetwork {
    enum Direction { case up, down }

    private let table: CountTable
    private var values: [Int]
    /// Hidden cells, by row and by column.
    private var growing: TableBits
    /// Hidden cells above 0, likewise.
    private var shrinking: TableBits
    private var changed: [Int] = []
    private var search: Search

    init(_ table: CountTable, hidden pattern: CellPattern) {
        self.table = table
        values = table.counts
        growing = TableBits(rows: table.rows, columns: table.columns)
        shrinking = growing
        search = Search(rows: table.rows, columns: table.columns)
        for cell in pattern.cells { hide(cell.row, cell.column) }
    }

    mutating func hide(_ row: Int, _ column: Int) {
        growing.set(row, column, true)
        shrinking.set(row, column, table[row, column] > 0)
    }

    /// How far a hidden cell can move, at most `limit`: the flow back around it through the other hidden cells.
    mutating func slack(_ row: Int, _ column: Int, _ direction: Direction, limit: Int) -> Int {
        guard limit > 0, growing[row, column] else { return 0 }
        let couldShrink = shrinking[row, column]
        growing.set(row, column, false)
        shrinking.set(row, column, false)
        var moved = direction == .up ? raiseDirectly(row, column, limit) : lowerDirectly(row, column, limit)
        while moved < limit {
            let found =
                direction == .up
                ? search.fromColumn(column, toRow: row, growing, shrinking)
                : search.fromRow(row, toColumn: column, growing, shrinking)
            guard found else { break }
            moved += push(limit - moved)
        }
        for cell in changed {
            values[cell] = table.counts[cell]
            shrinking.set(cell / table.columns, cell % table.columns, values[cell] > 0)
        }
        changed.removeAll(keepingCapacity: true)
        growing.set(row, column, true)
        shrinking.set(row, column, couldShrink)
        return moved
    }

    /// Whether the interval of a hidden cell is at least `width` wide.
    mutating func isWide(_ row: Int, _ column: Int, width: Int) -> Bool {
        let up = slack(row, column, .up, limit: width)
        if up >= width { return true }
        return up + slack(row, column, .down, limit: min(width - up, table[row, column])) >= width
    }

    /// Rectangles first: they carry nearly all of the flow in a dense pattern, without a search.
    private mutating func raiseDirectly(_ row: Int, _ column: Int, _ limit: Int) -> Int {
        var moved = 0
        for other in 0..<table.rows where shrinking[other, column] {
            for word in 0..<growing.wordsOfRow {
                var partners = growing.row(other, word) & shrinking.row(row, word)
                while partners != 0, moved < limit, shrinking[other, column] {
                    let l = word * 64 + partners.trailingZeroBitCount
                    partners &= partners - 1
                    let amount = min(limit - moved, value(other, column), value(row, l))
                    change(other, column, by: -amount)
                    change(row, l, by: -amount)
                    change(other, l, by: amount)
                    moved += amount
                }
            }
        }
        return moved
    }

    private mutating func lowerDirectly(_ row: Int, _ column: Int, _ limit: Int) -> Int {
        var moved = 0
        for l in 0..<table.columns where growing[row, l] {
            for word in 0..<growing.wordsOfColumn {
                var partners = shrinking.column(l, word) & growing.column(column, word)
                while partners != 0, moved < limit {
                    let other = word * 64 + partners.trailingZeroBitCount
                    partners &= partners - 1
                    let amount = min(limit - moved, value(other, l))
                    change(row, l, by: amount)
                    change(other, l, by: -amount)
                    change(other, column, by: amount)
                    moved += amount
                }
            }
        }
        return moved
    }

    private func value(_ row: Int, _ column: Int) -> Int { values[row * table.columns + column] }

    private mutating func change(_ row: Int, _ column: Int, by amount: Int) {
        let cell = row * table.columns + column
        let before = values[cell]
        values[cell] = before + amount
        if before == 0 || before + amount == 0 { shrinking.set(row, column, before + amount > 0) }
        changed.append(cell)
    }

    private mutating func push(_ limit: Int) -> Int {
        var amount = limit
        for step in search.path where !step.grows {
            amount = min(amount, values[step.row * table.columns + step.column])
        }
        for step in search.path { change(step.row, step.column, by: step.grows ? amount : -amount) }
        return amount
    }

    /// Breadth-first search for one augmenting path.
    private struct Search {
        private(set) var path: [(row: Int, column: Int, grows: Bool)] = []
        private var rowParent: [Int]
        private var columnParent: [Int]
        private var freeRows: [UInt64]
        private var freeColumns: [UInt64]
        private var rowQueue: [Int] = []
        private var columnQueue: [Int] = []
        private let rows: Int
        private let columns: Int

        init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
            rowParent = Array(repeating: -1, count: rows)
            columnParent = Array(repeating: -1, count: columns)
            freeRows = []
            freeColumns = []
        }

        private mutating func reset() {
            path.removeAll(keepingCapacity: true)
            rowQueue.removeAll(keepingCapacity: true)
            columnQueue.removeAll(keepingCapacity: true)
            freeRows = TableBits.full(rows)
            freeColumns = TableBits.full(columns)
        }

        /// A path column → row (shrink) → column (grow) → … → the row wanted.
        mutating func fromColumn(
            _ start: Int, toRow target: Int, _ growing: TableBits, _ shrinking: TableBits
        ) -> Bool {
            reset()
            freeColumns[start / 64] &= ~(1 << UInt64(start % 64))
            columnQueue.append(start)
            while !columnQueue.isEmpty {
                reachRows(shrinking)
                for row in rowQueue {
                    for word in 0..<freeColumns.count {
                        let hit = growing.row(row, word) & freeColumns[word] & shrinking.row(target, word)
                        guard hit != 0 else { continue }
                        let column = word * 64 + hit.trailingZeroBitCount
                        columnParent[column] = row
                        path.append((target, column, false))
                        trace(column: column, to: start)
                        return true
                    }
                }
                reachColumns(growing)
            }
            return false
        }

        /// A path row → column (grow) → row (shrink) → … → the column wanted.
        mutating func fromRow(
            _ start: Int, toColumn target: Int, _ growing: TableBits, _ shrinking: TableBits
        ) -> Bool {
            reset()
            freeRows[start / 64] &= ~(1 << UInt64(start % 64))
            rowQueue.append(start)
            while !rowQueue.isEmpty {
                reachColumns(growing)
                for column in columnQueue {
                    for word in 0..<freeRows.count {
                        let hit = shrinking.column(column, word) & freeRows[word] & growing.column(target, word)
                        guard hit != 0 else { continue }
                        let row = word * 64 + hit.trailingZeroBitCount
                        rowParent[row] = column
                        path.append((row, target, true))
                        trace(row: row, to: start)
                        return true
                    }
                }
                reachRows(shrinking)
            }
            return false
        }

        /// Replaces the queue of columns by the rows first reached from it.
        private mutating func reachRows(_ shrinking: TableBits) {
            rowQueue.removeAll(keepingCapacity: true)
            for column in columnQueue {
                for word in 0..<freeRows.count {
                    var reached = shrinking.column(column, word) & freeRows[word]
                    freeRows[word] &= ~reached
                    while reached != 0 {
                        let row = word * 64 + reached.trailingZeroBitCount
                        reached &= reached - 1
                        rowParent[row] = column
                        rowQueue.append(row)
                    }
                }
            }
            columnQueue.removeAll(keepingCapacity: true)
        }

        private mutating func reachColumns(_ growing: TableBits) {
            columnQueue.removeAll(keepingCapacity: true)
            for row in rowQueue {
                for word in 0..<freeColumns.count {
                    var reached = growing.row(row, word) & freeColumns[word]
                    freeColumns[word] &= ~reached
                    while reached != 0 {
                        let column = word * 64 + reached.trailingZeroBitCount
                        reached &= reached - 1
                        columnParent[column] = row
                        columnQueue.append(column)
                    }
                }
            }
            rowQueue.removeAll(keepingCapacity: true)
        }

        private mutating func trace(column last: Int, to start: Int) {
            var column = last
            while column != start {
                let row = columnParent[column]
                path.append((row, column, true))
                column = rowParent[row]
                path.append((row, column, false))
            }
        }

        private mutating func trace(row last: Int, to start: Int) {
            var row = last
            while row != start {
                let column = rowParent[row]
                path.append((row, column, false))
                row = columnParent[column]
                path.append((row, column, true))
            }
        }
    }
}
