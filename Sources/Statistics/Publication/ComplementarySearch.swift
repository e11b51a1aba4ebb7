/// Finds the cells to hide besides the small ones.
struct ComplementarySearch {
    private let table: CountTable
    private let width: Int
    private let primary: CellPattern
    private(set) var hidden: CellPattern
    private var network: HiddenCellNetwork
    /// What hiding a cell costs: the number of cells first, then the count lost; 0 when hidden already.
    private var cost: [Int]

    private static let never = Int.max / 8

    init(_ table: CountTable, primary: CellPattern, width: Int) {
        self.table = table
        self.primary = primary
        self.width = width
        hidden = primary
        network = HiddenCellNetwork(table, hidden: primary)
        cost = table.counts.indices.map { index in
            if primary.hidden[index] { return 0 }
            return table.counts[index] == 0 ? Self.never : 1 << 20 + min(table.counts[index], 1 << 20 - 1)
        }
    }

    /// Smallest counts first: their loops serve the others.
    mutating func protectAll() {
        let cells = primary.cells.sorted {
            (table[$0.row, $0.column], $0.row, $0.column) < (table[$1.row, $1.column], $1.row, $1.column)
        }
        for cell in cells where !network.isWide(cell.row, cell.column, width: width) {
            if let rectangle = cheapestRectangle(cell.row, cell.column) {
                hide(cell.row, rectangle.column)
                hide(rectangle.row, cell.column)
                hide(rectangle.row, rectangle.column)
            } else {
                hidePaths(around: cell.row, cell.column)
            }
        }
    }

    private mutating func hide(_ row: Int, _ column: Int) {
        let index = row * table.columns + column
        hidden.hidden[index] = true
        cost[index] = 0
        network.hide(row, column)
    }

    /// The other corner of the cheapest rectangle that alone gives the width: it can rise by the smaller of its two
    /// neighbours and fall by the smaller of itself and the opposite corner.
    private func cheapestRectangle(_ row: Int, _ column: Int) -> (row: Int, column: Int)? {
        let columns = table.columns
        let own = table[row, column]
        var best = Self.never
        var corner: (row: Int, column: Int)?
        table.counts.withUnsafeBufferPointer { counts in
            cost.withUnsafeBufferPointer { cost in
                let across = (0..<columns).filter { $0 != column && cost[row * columns + $0] < Self.never }
                    .sorted { cost[row * columns + $0] < cost[row * columns + $1] }
                for other in 0..<table.rows where other != row {
                    let partner = counts[other * columns + column]
                    let partnerCost = cost[other * columns + column]
                    if partnerCost >= best { continue }
                    for l in across {
                        let partial = partnerCost + cost[row * columns + l]
                        if partial >= best { break }
                        let total = partial + cost[other * columns + l]
                        if total >= best { continue }
                        let rise = min(counts[row * columns + l], partner)
                        let fall = min(own, counts[other * columns + l])
                        if rise + fall >= width {
                            best = total
                            corner = (other, l)
                        }
                    }
                }
            }
        }
        return corner
    }

    /// Cheapest augmenting paths, upwards then downwards, until the interval is wide enough or no path is left.
    private mutating func hidePaths(around row: Int, _ column: Int) {
        var reached = 0
        for direction in [HiddenCellNetwork.Direction.up, .down] where reached < width {
            let limit = direction == .up ? width : min(width - reached, table[row, column])
            reached += push(around: row, column, direction, limit: limit)
        }
    }

    private mutating func push(
        around row: Int, _ column: Int, _ direction: HiddenCellNetwork.Direction, limit: Int
    ) -> Int {
        var change = [Int](repeating: 0, count: table.counts.count)
        var moved = 0
        while moved < limit {
            guard let path = cheapestPath(around: row, column, direction, change) else { break }
            var amount = limit - moved
            for step in path where !step.grows { amount = min(amount, table.counts[step.cell] + change[step.cell]) }
            for step in path {
                change[step.cell] += step.grows ? amount : -amount
                hide(step.cell / table.columns, step.cell % table.columns)
            }
            moved += amount
        }
        return moved
    }

    /// Dijkstra over rows and columns; a step from a row to a column lets a cell grow, from a column to a row shrink.
    private func cheapestPath(
        around row: Int, _ column: Int, _ direction: HiddenCellNetwork.Direction, _ change: [Int]
    ) -> [(cell: Int, grows: Bool)]? {
        let nodes = table.rows + table.columns
        let source = direction == .up ? table.rows + column : row
        let target = direction == .up ? row : table.rows + column
        let own = row * table.columns + column
        var distance = [Int](repeating: Self.never, count: nodes)
        var previous = [Int](repeating: -1, count: nodes)
        var done = [Bool](repeating: false, count: nodes)
        distance[source] = 0
        while true {
            var node = -1
            for candidate in 0..<nodes where !done[candidate] && distance[candidate] < Self.never {
                if node < 0 || distance[candidate] < distance[node] { node = candidate }
            }
            guard node >= 0 else { return nil }
            if node == target { break }
            done[node] = true
            let isRow = node < table.rows
            for other in 0..<(isRow ? table.columns : table.rows) {
                let cell = isRow ? node * table.columns + other : other * table.columns + (node - table.rows)
                guard cell != own, cost[cell] < Self.never, isRow || table.counts[cell] + change[cell] > 0 else {
                    continue
                }
                let next = isRow ? table.rows + other : other
                // One a step keeps paths short where cells are hidden already.
                let total = distance[node] + cost[cell] + 1
                if total < distance[next] {
                    distance[next] = total
                    previous[next] = node
                }
            }
        }
        var path: [(cell: Int, grows: Bool)] = []
        var node = target
        while node != source {
            let from = previous[node]
            let grows = from < table.rows
            let cell = grows ? from * table.columns + (node - table.rows) : node * table.columns + (from - table.rows)
            path.append((cell, grows))
            node = from
        }
        return path
    }
}
