/// Hides small counts of a two-way table, and as many others as it takes that nobody can compute them back.
///
/// Primary: counts 1…k-1 (k = 11: CMS cell size policy). Complementary: for each primary cell whose interval for an
/// intruder is narrower than `width`, the cheapest closed loop of further cells is hidden, a rectangle where one is
/// enough, else shortest paths of a flow. Hiding more never narrows an interval, so cells once safe stay safe.
/// Reference: FCSM Statistical Policy Working Paper 22 (2005); Cox 1995; Hundepool et al. 2012. A heuristic for which
/// cells to hide, exact in its audit.
///
/// Zeros are never chosen: they cannot shrink. “Two per row and column” is not a safe rule. Some tables cannot be made
/// safe, or have totals that are small themselves: then ``isPublishable`` is false and the table is to be withheld or
/// coarsened. For three-way tables treat each two-way slice and the roll-up alike.
package struct TableSuppression: Sendable {
    package let table: CountTable
    package let threshold: Int
    /// The least width of an intruder's interval, in persons.
    package let width: Int
    package let primary: CellPattern
    /// Primary and complementary cells.
    package let hidden: CellPattern
    /// Intruder bounds of the primary cells, given `hidden`.
    package let bounds: [IntruderBounds]

    /// Every primary cell's interval is wide enough.
    package var isSafe: Bool { bounds.allSatisfy { $0.width >= width } }

    /// Rows and columns whose totals are themselves 1…k-1.
    package var smallRows: [Int] { table.rowTotals.indices.filter { isSmall(table.rowTotals[$0]) } }
    package var smallColumns: [Int] { table.columnTotals.indices.filter { isSmall(table.columnTotals[$0]) } }

    /// The table may be published with `hidden` left blank and its totals shown.
    package var isPublishable: Bool {
        isSafe && !table.rowTotals.contains(where: isSmall) && !table.columnTotals.contains(where: isSmall)
    }

    private func isSmall(_ total: Int) -> Bool { total > 0 && total < threshold }

    package init(_ table: CountTable, threshold: Int = 11, width: Int = 10) {
        self.table = table
        self.threshold = threshold
        self.width = max(1, width)
        primary = table.primary(threshold: threshold)
        var search = ComplementarySearch(table, primary: primary, width: self.width)
        search.protectAll()
        hidden = search.hidden
        bounds = IntruderBounds.of(table, hidden: hidden, only: primary) ?? []
    }
}
