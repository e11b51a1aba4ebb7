import Statistics
import Testing

@Suite("Comparisons")
struct ComparisonTests {
    @Test func adjustedValuesAreOrderedBetweenTheMethods() throws {
        let p = [0.001, 0.02, 0.011, 0.4, 0.03, 0.9]
        let holm = try #require(MultipleComparisons.holm.adjust(p))
        let bonferroni = try #require(MultipleComparisons.bonferroni.adjust(p))
        let hochberg = try #require(MultipleComparisons.benjaminiHochberg.adjust(p))
        for i in p.indices {
            #expect(holm.adjusted[i] <= bonferroni.adjusted[i])
            #expect(hochberg.adjusted[i] <= holm.adjusted[i])
            #expect(hochberg.adjusted[i] >= p[i])
        }
    }

    @Test func refusesWhatIsNoProbability() {
        #expect(MultipleComparisons.holm.adjust([0.1, .nan]) == nil)
        #expect(MultipleComparisons.holm.adjust([0.1], alpha: 0) == nil)
        #expect(MultipleComparisons.benjaminiYekutieli.adjust([])?.adjusted == [])
    }

    @Test func certainEstimatesHaveOneRankAndVagueOnesAll() throws {
        let certain = try #require(
            RankInterval.of(estimates: [3, 1, 2], standardErrors: [0, 0, 0], perUnitConfidence: 0.95))
        #expect(certain.map(\.best) == [1, 3, 2] && certain.map(\.worst) == [1, 3, 2])
        let vague = try #require(
            RankInterval.of(estimates: [3, 1, 2], standardErrors: [9, 9, 9], perUnitConfidence: 0.95))
        #expect(vague.allSatisfy { $0.best == 1 && $0.worst == 3 })
        #expect(RankInterval.of(estimates: [1], standardErrors: [-1], perUnitConfidence: 0.9) == nil)
    }

    @Test func weightedSamplesAreJudgedByTheirEffectiveSize() throws {
        let weighted = try #require(PresentationStandard(proportion: 0.5, n: 50, designEffect: 2))
        #expect(!weighted.isPresentable && weighted.reason == .sampleSize)
        #expect(PresentationStandard(proportion: 1.2, n: 50) == nil)
        #expect(PresentationStandard(proportion: 0.5, n: 0)?.isPresentable == false)
    }

    @Test func officesThatDoNotDifferShareOneNumber() throws {
        let same = try #require(BetaBinomialShrinkage(successes: [10, 20, 30], n: [20, 40, 60]))
        #expect(same.priorStrength == nil && same.shrunk == [0.5, 0.5, 0.5])
        #expect(BetaBinomialShrinkage(successes: [], n: []) == nil)
        #expect(BetaBinomialShrinkage(successes: [3], n: [2]) == nil)
    }
}
