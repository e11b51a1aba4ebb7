import Statistics
import Testing

@Suite("Experience index and bootstrap")
struct IndexAndBootstrapTests {
    private func table(_ rows: [[Int?]], weights: [Double]? = nil) throws -> RatingTable {
        try RatingTable(drivers: ["ease", "speed"], rows: rows, weights: weights)
    }

    @Test func bestAndWorstAnswersAreTheEndsOfTheScale() throws {
        for scoring in RatingScore.allCases {
            #expect(ExperienceIndex(try table([[5, 5], [5, 5]]), scoring: scoring)?.index == 100)
            #expect(ExperienceIndex(try table([[1, 1], [1, 1]]), scoring: scoring)?.index == 0)
        }
    }

    @Test func aDriverNobodyAnsweredDropsOutAndIsNamed() throws {
        let index = try #require(ExperienceIndex(try table([[5, nil], [3, nil]]), scoring: .mean))
        #expect(index.index == 75)
        #expect(index.withoutAnswers == ["speed"])
    }

    @Test func noAnswersGiveNoIndex() throws {
        let empty = try #require(ExperienceIndex(try table([]), scoring: .mean))
        #expect(empty.index == nil && empty.figure().flag == .suppressed)
        let blank = try #require(ExperienceIndex(try table([[nil, nil]]), scoring: .mean))
        #expect(blank.index == nil)
    }

    @Test func equalWeightsChangeNothing() throws {
        let rows: [[Int?]] = [[5, 3], [2, nil], [4, 4], [1, 5]]
        let plain = try #require(ExperienceIndex(try table(rows), scoring: .mean))
        let weighted = try #require(
            ExperienceIndex(try table(rows, weights: [2.5, 2.5, 2.5, 2.5]), scoring: .mean))
        #expect(abs((plain.index ?? 0) - (weighted.index ?? 1)) < 1e-12)
        #expect(abs((plain.standardError ?? 0) - (weighted.standardError ?? 1)) < 1e-12)
    }

    @Test func rejectsAnswersOffTheScale() {
        #expect(throws: RatingTable.Failure.outsideScale(row: 0, driver: "speed")) { try table([[5, 6]]) }
        #expect(throws: RatingTable.Failure.wrongNumberOfAnswers(row: 1)) { try table([[5, 1], [5]]) }
        #expect(throws: RatingTable.Failure.badWeight(row: 0)) { try table([[5, 1]], weights: [.nan]) }
    }

    @Test func theSameSeedReplaysTheSameReplicates() throws {
        let values = (0..<50).map { Double($0 * $0 % 17) }
        let first = try #require(Bootstrap.ofMean(values, replicates: 50, seed: 8))
        #expect(first == Bootstrap.ofMean(values, replicates: 50, seed: 8))
        #expect(first != Bootstrap.ofMean(values, replicates: 50, seed: 9))
    }

    @Test func anyStatisticAndTotalsResampleAlike() throws {
        let values = (0..<40).map { Double($0 * 7 % 11) }
        let totals = try #require(Bootstrap.ofMean(values, replicates: 30, seed: 5))
        let general = try #require(
            Bootstrap.of(values, replicates: 30, seed: 5) { $0.reduce(0, +) / Double($0.count) })
        for (a, b) in zip(totals.replicates, general.replicates) { #expect(abs(a - b) < 1e-12) }
        let interval = try #require(totals.bcaInterval())
        let other = try #require(general.bcaInterval())
        #expect(abs(interval.lower - other.lower) < 1e-9)
    }

    @Test func resamplingNothingOrNaNIsRefused() {
        #expect(Bootstrap.ofMean([], seed: 1) == nil)
        #expect(Bootstrap.ofMean([1, .nan], seed: 1) == nil)
        #expect(Bootstrap.ofTotals([1, 2, 3], width: 2, seed: 1, statistic: { $0[0] }) == nil)
        #expect(Bootstrap.of([], seed: 1) { $0.first } == nil)
    }

    @Test func equalAnswersHaveNoBiasCorrectedInterval() throws {
        let result = try #require(Bootstrap.ofMean([4, 4, 4, 4], replicates: 99, seed: 1))
        #expect(result.standardError == 0)
        #expect(result.percentileInterval()?.width == 0)
    }
}
