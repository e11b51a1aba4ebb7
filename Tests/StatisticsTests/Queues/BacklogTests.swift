import Statistics
import Testing

@Suite("Backlog")
struct BacklogTests {
    @Test func saysWhenItNeverClears() throws {
        let path = try #require(BacklogProjection.project(backlog: 10, arrivals: [5, 5], capacity: [5, 5]))
        #expect(path.clearsAfter == nil)
        #expect(path.backlog == [10, 10])
    }

    @Test func clearsInsideAPeriodAtItsNetRate() throws {
        let path = try #require(BacklogProjection.project(backlog: 10, arrivals: [0, 0], capacity: [40, 40]))
        #expect(path.clearsAfter == 0.25)
        #expect(path.waitAtStart == 0.25)
        #expect(BacklogProjection.project(backlog: 1, arrivals: [1], capacity: [0])?.waitAtStart == nil)
        #expect(BacklogProjection.project(backlog: 1, arrivals: [0], capacity: [0], target: 2)?.clearsAfter == 0)
    }

    @Test func simulatedClearingSurroundsTheFluidTime() throws {
        let arrivals = Array(repeating: 100.0, count: 40)
        let capacity = Array(repeating: 120.0, count: 40)
        let simulated = try #require(
            BacklogSimulation.run(
                backlog: 200, expectedArrivals: arrivals, capacity: capacity, dispersion: 3, runs: 400, seed: 5))
        let low = try #require(simulated.quantile(0.05))
        let high = try #require(simulated.quantile(0.9))
        #expect(low < 10 && high > 10)
        #expect(
            simulated
                == BacklogSimulation.run(
                    backlog: 200, expectedArrivals: arrivals, capacity: capacity, dispersion: 3, runs: 400, seed: 5))
    }

    @Test(arguments: [1.0, 2, 5])
    func drawnCountsHaveTheStatedMeanAndVariance(_ dispersion: Double) throws {
        let law = try #require(NegativeBinomial(mean: 20, dispersion: dispersion))
        var random = SplitMix64(seed: 3)
        let draws = (0..<20_000).map { _ in law.draw(&random) }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(abs(mean - 20) < 0.4)
        #expect(abs(variance / 20 / dispersion - 1) < 0.1)
    }

    @Test func headCountAfterExpiryHasItsEnds() throws {
        #expect(PoissonBinomial([])?.mass == [1])
        #expect(PoissonBinomial([0.5, 1.5]) == nil)
        let certain = try #require(PoissonBinomial([1, 1, 0]))
        #expect(certain.mass == [0, 0, 1, 0])
        #expect(certain.quantile(0) == 0 && certain.quantile(0.5) == 2 && certain.quantile(1) == 2)
        #expect(certain.quantile(-0.1) == nil)
    }
}
