import Statistics
import Testing

@Suite("Improvement")
struct ImprovementTests {
    private typealias Factor = ProductEstimate.Factor

    @Test func ranksAddUpAndTheSureWinnerWins() throws {
        let wins = [1.0, 10, 100].map {
            QuickWinRanking.Win(
                name: "\($0)", gains: [Factor(mean: $0, standardDeviation: $0 / 50)],
                effort: Factor(mean: 1, standardDeviation: 0))
        }
        let ranking = try #require(QuickWinRanking(wins, draws: 500, seed: 1))
        #expect(ranking.outcomes[2].probabilityBest == 1 && ranking.outcomes[2].expectedLoss == 0)
        for outcome in ranking.outcomes { #expect(abs(outcome.rankProbabilities.reduce(0, +) - 1) < 1e-12) }
        #expect(QuickWinRanking([], seed: 1) == nil)
        #expect(
            QuickWinRanking(
                [.init(name: "x", gains: [], effort: Factor(mean: 0, standardDeviation: 0))], seed: 1) == nil)
    }

    @Test func savingsOnTheSameMinutesDoNotAddUp() {
        #expect(abs(StepRemoval.combined([0.4, 0.5], of: 30) - 21) < 1e-12)
        #expect(StepRemoval.combined([2, -1], of: 30) == 30)
    }

    @Test func anUnknownStratumHasNoAnswer() {
        #expect(MixShift(values: [1, 2], strata: [0, 0], shares: [0.5, 0.5]) == nil)
        #expect(MixShift(values: [1, 2], strata: [0, 1], shares: [0.5, 0.6]) == nil)
        #expect(MixShift(values: [1, 3], strata: [0, 1], shares: [0.25, 0.75])?.mean == 2.5)
        #expect(MixShift(values: [1, 3], strata: [0, 1], shares: [0.25, 0.75])?.standardError == nil)
    }

    @Test func robustErrorsCoverTheTruthUnderUnequalNoise() throws {
        var random = SplitMix64(seed: 40)
        var covered = 0
        for _ in 0..<300 {
            let rows = (0..<120).map { index -> DifferenceInDifferences.Observation in
                let isTreated = index % 2 == 0
                let isAfter = index % 4 < 2
                let noise = (isTreated ? 4.0 : 1.0) * random.normal()
                return .init(
                    isTreated: isTreated, isAfter: isAfter, value: 10 + (isTreated && isAfter ? 3 : 0) + noise)
            }
            let result = try #require(DifferenceInDifferences(rows))
            if result.interval.contains(3) { covered += 1 }
        }
        #expect((272...297).contains(covered))
    }

    @Test func aSeriesWithoutTwoSidesHasNoChange() {
        #expect(InterruptedTimeSeries([1, 2, 3, 4], changeAfter: 2) == nil)
        #expect(InterruptedTimeSeries([], changeAfter: 0) == nil)
        #expect(LeastSquares(design: [[1, 2], [1, 2], [1, 2]], y: [1, 2, 3]) == nil)
        #expect(DifferenceInDifferences([]) == nil)
    }
}
