import Statistics
import Testing

@Suite("Raking")
struct RakingTests {
    private let age = Raking.Margin(
        name: "age", levels: ["old", "old", "old", "young"], targets: [("old", 50), ("young", 50)])

    @Test func weightsMeetEveryMargin() throws {
        var stream = SplitMix64(seed: 2)
        let first = (0..<200).map { _ in ["a", "b", "c"][stream.below(3)] }
        let second = (0..<200).map { _ in ["x", "y"][stream.below(2)] }
        let result = try Raking.fit([
            Raking.Margin(name: "1", levels: first, targets: [("a", 10), ("b", 30), ("c", 60)]),
            Raking.Margin(name: "2", levels: second, targets: [("x", 75), ("y", 25)]),
        ])
        let x: Double = zip(second, result.weights).reduce(0) { $0 + ($1.0 == "x" ? $1.1 : 0) }
        let c: Double = zip(first, result.weights).reduce(0) { $0 + ($1.0 == "c" ? $1.1 : 0) }
        #expect(abs(x - 75) < 1e-8 && abs(c - 60) < 1e-8)
        #expect((result.designEffect?.value ?? 0) >= 1)
    }

    @Test func oneMarginIsPostStratification() throws {
        let weights = try Raking.fit([age]).weights
        #expect(abs(weights[0] - 50.0 / 3) < 1e-9 && abs(weights[3] - 50) < 1e-9)
    }

    @Test func saysWhatIsWrong() {
        let short = Raking.Margin(name: "sex", levels: ["f", "m", "f", "m"], targets: [("f", 40), ("m", 55)])
        #expect(throws: RakingError.marginTotalsDiffer(100, 95)) { try Raking.fit([age, short]) }
        let empty = Raking.Margin(name: "sex", levels: ["f", "f", "f", "f"], targets: [("f", 40), ("m", 60)])
        #expect(throws: RakingError.levelWithoutRespondents(variable: "sex", level: "m")) {
            try Raking.fit([age, empty])
        }
        let unknown = Raking.Margin(name: "sex", levels: ["f", "?", "f", "m"], targets: [("f", 40), ("m", 60)])
        #expect(throws: RakingError.unknownLevel(variable: "sex", level: "?")) { try Raking.fit([age, unknown]) }
        #expect(throws: RakingError.noRespondents) { try Raking.fit([]) }
        #expect(throws: RakingError.badBaseWeight(row: 1)) { try Raking.fit([age], baseWeights: [1, .nan, 1, 1]) }
    }

    @Test func trimmingKeepsTheSum() throws {
        let weights: [Double] = [1, 1, 1, 1, 50]
        let trimmed = try #require(Raking.trim(weights))
        #expect(abs(trimmed.reduce(0, +) - 54) < 1e-9)
        #expect((trimmed.max() ?? 0) < 50)
        #expect(Raking.trim([]) == nil)
    }
}
