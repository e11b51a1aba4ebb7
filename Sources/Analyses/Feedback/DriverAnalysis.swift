package import Experience
package import Statistics

/// Which of the driver items go with an outcome item, among people who answered all of them: shares of R² (LMG) with rank
/// intervals. Associated with, never "drives"; halo between items makes every ranking fragile.
package struct DriverAnalysis: Sendable, Hashable {
    package struct Driver: Sendable, Hashable {
        package var item: SurveyItem
        /// Share of what is explained.
        package var share: Double
        package var low: Double
        package var high: Double
        /// 95 % interval of the rank, 1 = most. Drivers whose intervals overlap are tied.
        package var lowestRank: Int
        package var highestRank: Int
    }

    package var outcome: SurveyItem
    package var drivers: [Driver]
    package var rSquared: Double
    /// People who answered the outcome and every driver.
    package var n: Int
    /// How the rank intervals were made: people drawn again, or sums drawn from their limiting distribution.
    package var method: Figure.Method
    /// A second way of sharing out (Johnson's weights) differs by more than five points somewhere: items overlap too much.
    package var isContested: Bool

    package enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        case tooFewDrivers
        case tooFewPeople(have: Int, need: Int)
        case notComputable(String)

        package var description: String {
            switch self {
            case .tooFewDrivers: "fewer than two driver questions were answered together with the outcome"
            case .tooFewPeople(let have, let need): "\(have) complete answers, a ranking needs \(need)"
            case .notComputable(let reason): reason
            }
        }
    }

    package static let smallestN = 200
    /// Up to here people are drawn again; above, the sums are as good as normal and drawn themselves.
    static let resamplingLimit = 1_000
    static let seed: UInt64 = 0xA11

    /// - Parameter outcome: trust or satisfaction; never an item that was asked because of the outcome.
    package init(_ cells: AnswerCells, outcome: SurveyItem, resamples: Int = 1_000) throws(Failure) {
        let answering = { (item: SurveyItem) -> Int in
            zip(cells.codes, cells.counts).reduce(0) {
                AnswerCells.value($1.0, outcome) > 0 && AnswerCells.value($1.0, item) > 0 ? $0 + $1.1 : $0
            }
        }
        let most = SurveyItem.drivers.map(answering).max() ?? 0
        // A driver few were asked would shrink the others' sample to its own.
        let used = SurveyItem.drivers.filter { $0 != outcome && answering($0) * 2 >= most && most > 0 }
        guard used.count >= 2 else { throw .tooFewDrivers }
        let table = MomentTable(cells, items: [outcome] + used)
        guard table.n >= DriverAnalysis.smallestN else {
            throw .tooFewPeople(have: table.n, need: DriverAnalysis.smallestN)
        }
        do throws(DriverError) {
            let importance = try DriverImportance(try table.correlations())
            let ranks =
                table.n <= DriverAnalysis.resamplingLimit
                ? try DriverRanks(rows: table.rows, resamples: resamples, seed: DriverAnalysis.seed).drivers
                : try table.ranks(resamples: resamples, seed: DriverAnalysis.seed)
            drivers = used.indices.map { place in
                Driver(
                    item: used[place], share: importance.lmgShare.isEmpty ? 0 : importance.lmgShare[place],
                    low: ranks[place].share.lower, high: ranks[place].share.upper,
                    lowestRank: ranks[place].lowestRank, highestRank: ranks[place].highestRank)
            }.sorted { ($1.share, $0.item) < ($0.share, $1.item) }
            rSquared = importance.rSquared
            isContested = importance.disagrees()
        } catch {
            throw .notComputable("\(error)")
        }
        self.outcome = outcome
        n = table.n
        method = Figure.Method(
            table.n <= DriverAnalysis.resamplingLimit ? "lmg.bootstrap" : "lmg.normal-moments")
    }
}
