import Statistics
import Testing

@Suite("Conformal bounds")
struct ConformalTests {
    @Test func theBoundHoldsForTheNextCaseAboutAsStated() throws {
        var stream = SplitMix64(seed: 31)
        var kept = 0
        for _ in 0..<3_000 {
            let scores = (0..<39).map { _ in stream.exponential(rate: 1) }
            if stream.exponential(rate: 1) <= (try #require(Conformal.bound(scores, level: 0.9))) { kept += 1 }
        }
        // 36 of 40 exactly, so 2,700; four standard deviations either side.
        #expect((2_634...2_766).contains(kept))
    }

    @Test(arguments: [(0.8, 4), (0.9, 9), (0.95, 19), (0.99, 99)])
    func tooFewScoresGiveNoFiniteBound(_ level: Double, _ smallest: Int) {
        #expect(Conformal.smallestCount(level: level) == smallest)
        #expect(Conformal.rank(count: smallest, level: level) == smallest)
        #expect(Conformal.rank(count: smallest - 1, level: level) == nil)
        #expect(Conformal.bound([Double](repeating: 1, count: smallest - 1), level: level) == nil)
    }

    @Test func openScoresOnlyRaiseTheBound() throws {
        let scores = (1...40).map { Double($0) - 20 }
        let closed = try #require(Conformal.bound(scores, level: 0.8))
        #expect(Conformal.bound(scores: scores, isFinal: scores.map { _ in true }, level: 0.8) == closed)
        let open = Conformal.bound(scores: scores, isFinal: scores.indices.map { $0 % 4 != 0 }, level: 0.8)
        #expect((open ?? .infinity) > closed)
    }

    @Test func groupsBackOffUntilEnoughAreThere() throws {
        let paths = (0..<60).map { $0 < 10 ? ["A", "x"] : ["B", "y"] }
        let mondrian = try #require(
            MondrianConformal(paths: paths, scores: (0..<60).map(Double.init), level: 0.9, smallestGroup: 20))
        #expect(mondrian.answer(for: ["A", "x"]).depth == 0)
        #expect(mondrian.answer(for: ["B", "y"]).depth == 2)
        #expect(mondrian.answer(for: ["B", "z"]).depth == 1)
        let none = try #require(MondrianConformal<String>(paths: [], scores: [], level: 0.9, smallestGroup: 5))
        #expect(none.answer(for: ["A"]).bound == nil)
    }

    @Test func refusesNaN() {
        #expect(Conformal.bound([Double](repeating: .nan, count: 50), level: 0.9) == nil)
        #expect(Conformal.rank(count: 50, level: 1) == nil)
        #expect(MondrianConformal(paths: [["a"], []], scores: [1, 2], level: 0.9, smallestGroup: 1) == nil)
    }

    @Test func adaptationKeepsTheTheoremUnderDrift() throws {
        var stream = SplitMix64(seed: 7)
        var adaptive = try #require(AdaptiveConformal(level: 0.9, gamma: 0.02, window: 100))
        for step in 0..<3_000 { adaptive.observe(stream.normal() + Double(step) / 300) }
        let coverage = try #require(adaptive.coverage)
        let limit = try #require(adaptive.deviationBound)
        #expect(abs((1 - coverage) - 0.1) <= limit)
    }

    @Test func alphaIsHeldWhereAsked() throws {
        var held = try #require(AdaptiveConformal(level: 0.95, gamma: 0.5, window: 10, holding: 0.005...0.25))
        for step in 0..<200 {
            held.observe(Double(step * step % 13))
            #expect((0.005...0.25).contains(held.alpha))
        }
        #expect(held.deviationBound == nil)
        #expect(AdaptiveConformal(level: 1, gamma: 0.1, window: 5) == nil)
    }
}
