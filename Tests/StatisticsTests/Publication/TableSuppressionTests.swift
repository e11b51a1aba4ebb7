import Statistics
import Testing

@Suite("Table suppression")
struct TableSuppressionTests {
    private func table(_ rows: Int, _ columns: Int, seed: UInt64, upTo most: Int) throws -> CountTable {
        var stream = SplitMix64(seed: seed)
        return try #require(CountTable((0..<rows).map { _ in (0..<columns).map { _ in stream.below(most) } }))
    }

    /// Bounds of one cell by the general flow, as a second opinion.
    private func bounds(_ table: CountTable, _ hidden: CellPattern, _ row: Int, _ column: Int) -> (Int, Int) {
        func slack(upwards: Bool, limit: Int) -> Int {
            var flow = MaximumFlow(nodes: table.rows + table.columns)
            for cell in hidden.cells where cell != (row, column) {
                flow.addArc(
                    from: cell.row, to: table.rows + cell.column, capacity: MaximumFlow.unlimited,
                    backward: table[cell.row, cell.column])
            }
            let node = table.rows + column
            return upwards ? flow.push(from: node, to: row, limit: limit) : flow.push(from: row, to: node, limit: limit)
        }
        let count = table[row, column]
        return (
            count - slack(upwards: false, limit: count),
            count + slack(upwards: true, limit: MaximumFlow.unlimited)
        )
    }

    @Test(arguments: 0..<12)
    func boundsAgreeWithTheGeneralFlow(_ seed: Int) throws {
        let table = try table(7, 70, seed: UInt64(seed), upTo: 12)
        var stream = SplitMix64(seed: UInt64(seed) + 50)
        let lines = (0..<7).map { _ in (0..<70).map { _ in stream.unit() < 0.3 } }
        let hidden = try #require(CellPattern(lines))
        let all = try #require(IntruderBounds.of(table, hidden: hidden))
        for cell in all {
            let (lower, upper) = bounds(table, hidden, cell.row, cell.column)
            #expect(cell.lower == lower && cell.upper == upper)
        }
    }

    @Test(arguments: 0..<20)
    func everyHiddenSmallCountKeepsItsWidth(_ seed: Int) throws {
        let table = try table(9, 6, seed: UInt64(seed), upTo: 60)
        let result = TableSuppression(table)
        #expect(result.isSafe)
        let audit = try #require(IntruderBounds.of(table, hidden: result.hidden))
        for cell in audit where result.primary[cell.row, cell.column] { #expect(cell.width >= 10) }
        for cell in audit { #expect(cell.lower <= table[cell.row, cell.column]) }
        for cell in result.primary.cells { #expect(result.hidden[cell.row, cell.column]) }
    }

    @Test func zeroIsNeverHiddenForProtection() throws {
        let table = try #require(CountTable([[6, 0, 40], [0, 18, 22], [31, 27, 60]]))
        let result = TableSuppression(table)
        #expect(result.isPublishable)
        for cell in result.hidden.cells { #expect(table[cell.row, cell.column] > 0) }
    }

    @Test func aTableThatCannotBeSavedIsWithheld() throws {
        let small = TableSuppression(try #require(CountTable([[3, 4], [5, 6]])))
        #expect(!small.isSafe && !small.isPublishable)
        #expect(small.smallRows == [0])
        let single = TableSuppression(try #require(CountTable([[5]])))
        #expect(!single.isPublishable)
    }

    @Test func aSmallTotalForbidsPublishing() throws {
        let result = TableSuppression(try #require(CountTable([[0, 0, 4], [40, 50, 60]])))
        #expect(!result.isPublishable)
        #expect(result.smallRows == [0])
    }

    @Test func emptyAndBadTables() throws {
        let empty = try #require(CountTable([]))
        #expect(TableSuppression(empty).isPublishable)
        #expect(CountTable([[1, 2], [3]]) == nil)
        #expect(CountTable([[-1]]) == nil)
        #expect(CountTable([[.max]]) == nil)
        #expect(Differencing(whole: 3, part: 4) == nil)
        #expect(Differencing(whole: 14, part: 14)?.isDisclosing == false)
    }
}
