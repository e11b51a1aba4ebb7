import Statistics
import Testing

@Suite("Quantiles")
struct QuantileTests {
    @Test(arguments: QuantileType.allCases)
    func selectionAgreesWithASort(_ type: QuantileType) throws {
        var stream = SplitMix64(seed: 3)
        for size in [1, 2, 5, 30, 31, 1_000] {
            let values = (0..<size).map { _ in Double(stream.below(size)) }
            let sorted = values.sorted()
            let ps = [0, 0.01, 0.25, 0.5, 0.9, 0.999, 1]
            let selected = try #require(Quantile.of(values, ps, type: type))
            for (p, value) in zip(ps, selected) { #expect(value == Quantile.ofSorted(sorted, p, type: type)) }
        }
    }

    @Test func orderedAndEqualValuesAreNoTrap() {
        let ascending = (0..<10_000).map(Double.init)
        #expect(Quantile.of(ascending, 0.5, type: .invertedCDF) == 4_999)
        #expect(Quantile.of(ascending.reversed(), 0.5, type: .invertedCDF) == 4_999)
        #expect(Quantile.of([Double](repeating: 7, count: 10_000), 0.9) == 7)
    }

    @Test func refusesNothingAndNaN() {
        #expect(Quantile.of([], 0.5) == nil)
        #expect(Quantile.of([1, .nan], 0.5) == nil)
        #expect(Quantile.of([1, 2], 1.5) == nil)
        #expect(Quantile.of([1, .infinity], 0.1, type: .invertedCDF) == 1)
    }

    @Test func weightsOfOneGiveTheTypeOneQuantile() {
        var stream = SplitMix64(seed: 9)
        let values = (0..<57).map { _ in stream.normal() }
        let ones = [Double](repeating: 1, count: 57)
        for p in [0.05, 0.5, 0.95] {
            #expect(Quantile.weighted(values, weights: ones, p) == Quantile.of(values, p, type: .invertedCDF))
        }
        #expect(Quantile.weighted([1, 2], weights: [0, 0], 0.5) == nil)
    }
}
