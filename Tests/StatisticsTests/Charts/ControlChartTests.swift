import Statistics
import Testing

@Suite("Control charts")
struct ControlChartTests {
    @Test func laneyWidensOnlyWhereSharesVaryTooMuch() throws {
        var random = SplitMix64(seed: 9)
        func share(_ p: Double) -> Double { Double((0..<2000).count { _ in random.unit() < p }) }
        let totals = Array(repeating: 2000.0, count: 60)
        let even = try #require(ProportionChart.make(events: totals.map { _ in share(0.8) }, totals: totals))
        #expect(abs((even.dispersion ?? 0) - 1) < 0.3)
        let uneven = try #require(
            ProportionChart.make(events: (0..<60).map { share($0 % 2 == 0 ? 0.75 : 0.85) }, totals: totals))
        #expect((uneven.dispersion ?? 0) > 3)
        #expect(uneven.plain.contains { $0.isAlarm })
        #expect(!uneven.laney.contains { $0.isAlarm })
    }

    @Test func onePeriodHasNoDispersion() throws {
        let chart = try #require(ProportionChart.make(events: [3], totals: [10]))
        #expect(chart.dispersion == nil && chart.laney.isEmpty)
        #expect(ProportionChart.make(events: [], totals: []) == nil)
        #expect(ProportionChart.make(events: [11], totals: [10]) == nil)
    }

    @Test func chartsRefuseASpreadOfZero() {
        #expect(EwmaChart.run(values: [1], mean: 0, sigma: 0) == nil)
        #expect(TabularCusum.run(values: [.nan], mean: 0, sigma: 1) == nil)
        #expect(PoissonCusum.run(counts: [1], usual: 3, raised: 2) == nil)
        #expect(EwmaChart.run(values: [], mean: 0, sigma: 1)?.firstAlarm == nil)
    }

    @Test func posteriorsOfChangePointsAddToOne() throws {
        let values = (0..<40).map { $0 < 20 ? 0.0 : 9.0 }
        let result = try #require(
            ChangePoints.normal(values, hazard: 0.02, mean: 0, kappa: 1, alpha: 1, beta: 1))
        #expect(result.posteriors.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-9 })
        #expect(result.mostLikely[19] == 20 && result.mostLikely[24] <= 6)
        #expect(ChangePoints.normal([1e308, -1e308], hazard: 0.02, mean: 0, kappa: 1, alpha: 1, beta: 1) != nil)
        #expect(ChangePoints.binomial(successes: [2], totals: [1], hazard: 0.1) == nil)
    }

    @Test func aBurstCostsLessThanItsAlternatives() throws {
        let relevant: [Double] = [1, 1, 9, 8, 1, 1]
        let totals = Array(repeating: 100.0, count: 6)
        let found = try #require(BurstDetection.detect(relevant: relevant, totals: totals))
        #expect(found.states == [0, 0, 1, 1, 0, 0])
        #expect(BurstDetection.detect(relevant: [0, 0], totals: [10, 10]) == nil)
    }
}
