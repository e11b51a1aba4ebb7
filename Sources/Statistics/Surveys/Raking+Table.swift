extension Raking {
    /// A two-way table scaled to given row and column totals, keeping the association (odds ratios) of the seed.
    ///
    /// Cells that are 0 stay 0. Throws where totals differ, shapes do not fit, or the zeros make the totals impossible.
    package static func fit(
        table seed: [[Double]], rowTargets: [Double], columnTargets: [Double], maximumIterations: Int = 10_000
    ) throws(RakingError) -> [[Double]] {
        let rows = Margin(name: "rows", levels: [], targets: rowTargets.enumerated().map { ("\($0)", $1) })
        let columns = Margin(name: "columns", levels: [], targets: columnTargets.enumerated().map { ("\($0)", $1) })
        try checkTotals([rows, columns])
        guard seed.count == rowTargets.count, seed.allSatisfy({ $0.count == columnTargets.count }) else {
            throw .wrongNumberOfLevels(variable: "table")
        }
        var table = seed
        for i in table.indices {
            for j in columnTargets.indices where !(table[i][j] >= 0 && table[i][j].isFinite) {
                throw .badBaseWeight(row: i)
            }
        }
        for _ in 0..<max(1, maximumIterations) {
            var worst = 0.0
            for i in table.indices {
                let sum: Double = table[i].reduce(0, +)
                guard sum > 0 || rowTargets[i] == 0 else {
                    throw .levelWithoutRespondents(variable: "rows", level: "\(i)")
                }
                let factor = sum > 0 ? rowTargets[i] / sum : 0
                if rowTargets[i] > 0 { worst = max(worst, abs(factor - 1)) }
                for j in columnTargets.indices { table[i][j] *= factor }
            }
            for j in columnTargets.indices {
                let sum: Double = table.reduce(0) { $0 + $1[j] }
                guard sum > 0 || columnTargets[j] == 0 else {
                    throw .levelWithoutRespondents(variable: "columns", level: "\(j)")
                }
                let factor = sum > 0 ? columnTargets[j] / sum : 0
                if columnTargets[j] > 0 { worst = max(worst, abs(factor - 1)) }
                for i in table.indices { table[i][j] *= factor }
            }
            if worst < 1e-12 { return table }
        }
        throw .notConverged(iterations: maximumIterations)
    }
}
