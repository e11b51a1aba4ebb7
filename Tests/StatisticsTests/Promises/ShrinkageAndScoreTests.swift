import Statistics
import Testing

@Suite("Shrinkage and promise scores")
struct ShrinkageAndScoreTests {
    private let paths = [["A", "x"], ["A", "x"], ["A", "y"], ["B", "x"], ["B", "y"]]

    @Test func weightsAddUpAndAnUnknownCellInheritsItsParent() throws {
        let shrinkage = try #require(HierarchicalShrinkage(paths: paths, kappa: 3))
        for path in [["A", "x"], ["B", "z"], ["C", "x"]] {
            #expect(abs(shrinkage.weights(for: path).reduce(0, +) - 1) < 1e-12)
        }
        #expect(shrinkage.weights(for: ["C", "x"]) == [0.2, 0.2, 0.2, 0.2, 0.2])
        #expect(shrinkage.weights(for: ["B", "z"]) == shrinkage.weights(for: ["B"]))
    }

    @Test func littleKappaTrustsTheCellAndMuchTheWhole() throws {
        let values: [Double] = [1, 2, 30, 40, 50]
        let trusting = try #require(HierarchicalShrinkage(paths: paths, kappa: 1e-9))
        #expect(trusting.quantile(0.99, of: values, for: ["A", "x"]) == 2)
        let doubting = try #require(HierarchicalShrinkage(paths: paths, kappa: 1e9))
        #expect(doubting.quantile(0.99, of: values, for: ["A", "x"]) == 50)
    }

    @Test func withoutOpenOrdersTheCurveAgreesWithTheQuantile() throws {
        let values: [Double] = [1, 2, 30, 40, 50]
        let shrinkage = try #require(HierarchicalShrinkage(paths: paths, kappa: 3))
        let curve = try #require(
            shrinkage.curve(times: values, isEvent: values.map { _ in true }, for: ["A", "x"]))
        #expect(curve.quantile(0.5) == shrinkage.quantile(0.5, of: values, for: ["A", "x"]))
    }

    @Test func noCasesGiveNoAnswer() throws {
        let empty = try #require(HierarchicalShrinkage<String>(paths: [], kappa: 20))
        #expect(empty.weights(for: ["A"]).isEmpty)
        #expect(empty.quantile(0.5, of: [], for: ["A"]) == nil)
        #expect(empty.effectiveN(for: ["A"]) == nil)
        #expect(HierarchicalShrinkage(paths: paths, kappa: 0) == nil)
    }

    @Test func theTrueQuantileHasTheLeastPinballLoss() throws {
        var stream = SplitMix64(seed: 14)
        let actual = (0..<4_000).map { _ in stream.exponential(rate: 1) }
        func loss(_ q: Double) throws -> Double {
            try #require(PromiseScore.pinball(actual: actual, promised: actual.map { _ in q }, p: 0.9))
        }
        let truth = 2.302585092994046
        #expect(try loss(truth) < loss(truth * 0.7))
        #expect(try loss(truth) < loss(truth * 1.4))
    }

    @Test func scoresRefuseNothingAndNonsense() {
        #expect(PromiseScore.pinball(actual: [], promised: [], p: 0.5) == nil)
        #expect(PromiseScore.pinball(actual: [.nan], promised: [1], p: 0.5) == nil)
        #expect(PromiseScore.interval(actual: [1], lower: [2], upper: [1], alpha: 0.1) == nil)
        #expect(CoverageTest(n: 0, misses: 0, nominalMissRate: 0.05) == nil)
        #expect(IndependenceTest(misses: [true]) == nil)
    }

    @Test func coverageAsStatedIsNotRejected() throws {
        let exact = try #require(CoverageTest(n: 400, misses: 20, nominalMissRate: 0.05))
        #expect(exact.likelihoodRatio < 1e-9 && exact.pValue > 0.999)
        let neverMissing = try #require(IndependenceTest(misses: [false, false, false]))
        #expect(neverMissing.likelihoodRatio == 0)
    }

    @Test func theOrderStatisticBoundCoversAboutAsStated() throws {
        var stream = SplitMix64(seed: 77)
        var hits = 0
        for _ in 0..<2_000 {
            let values = (0..<59).map { _ in stream.unit() }
            if (try #require(QuantileUpperBound.of(values, p: 0.95, confidence: 0.95))) >= 0.95 { hits += 1 }
        }
        #expect((1_860...1_945).contains(hits))
        #expect(QuantileUpperBound(count: 58, p: 0.95, confidence: 0.95) == nil)
    }
}
