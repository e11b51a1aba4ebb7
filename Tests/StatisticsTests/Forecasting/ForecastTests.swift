import Statistics
import Testing

@Suite("Forecasts")
struct ForecastTests {
    /// A trend, a season of four and noise.
    private func series(_ n: Int, noise: Double, seed: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed)
        let season: [Double] = [10, -5, -15, 10]
        return (0..<n).map { 100 + 2 * Double($0) + season[$0 % 4] + noise * random.normal() }
    }

    @Test func smoothingBeatsTheNaiveOnATrend() throws {
        let choice = try #require(ForecastChoice.choose(series(48, noise: 2, seed: 1), period: 4, horizon: 4))
        #expect(choice.method == .exponentialSmoothing)
        #expect((choice.relativeError ?? 1) < 1)
        #expect(abs(choice.forecast[0] - 206) < 8)
    }

    @Test func theNaiveIsUsedWhenItIsAsGood() throws {
        let repeating = (0..<24).map { [5.0, 1, 9, 3][$0 % 4] }
        let choice = try #require(ForecastChoice.choose(repeating, period: 4, horizon: 4))
        #expect(choice.method == .seasonalNaive)
        #expect(choice.forecast == [5, 1, 9, 3])
    }

    @Test func aFewValuesGiveTheirMeanAndNoneNothing() {
        #expect(ForecastChoice.choose([2, 4], period: 12, horizon: 2)?.method == .recentMean)
        #expect(ForecastChoice.choose([], period: 12, horizon: 2) == nil)
        #expect(ForecastChoice.choose([.nan], period: 1, horizon: 2) == nil)
        #expect(ExponentialSmoothing.fit(Array(repeating: 1, count: 40), period: 4) == nil)
    }

    @Test func intervalsHoldTheStatedShareOfFutures() throws {
        let model = ExponentialSmoothing.Parameters(alpha: 0.3, beta: 0.02, gamma: 0.1)
        let start = ExponentialSmoothing.State(level: 50, trend: 0.5, season: [3, -1, -2, 0])
        var random = SplitMix64(seed: 4)
        var inside = 0
        for _ in 0..<300 {
            var state = start
            let values = (0..<66).map { t -> Double in
                let error = 2 * random.normal()
                let value = state.level + state.trend + state.season[t % 4] + error
                state.level += state.trend + 0.3 * error
                state.trend += 0.02 * error
                state.season[t % 4] += 0.1 * error
                return value
            }
            let fit = try #require(ExponentialSmoothing.run(Array(values[..<60]), parameters: model, initial: start))
            let forecast = fit.forecast(horizon: 6, level: 0.9)[5]
            if forecast.lower <= values[65], values[65] <= forecast.upper { inside += 1 }
        }
        // 90 % of 300 with a standard error of 5.2.
        #expect((250...289).contains(inside))
    }
}
