import Statistics
import Testing

@Suite("Run lengths")
struct RunLengthTests {
    @Test func aDesignedWidthReachesItsRunLength() throws {
        let width = try #require(RunLength.ewmaWidth(lambda: 0.2, runLength: 500))
        let length = try #require(RunLength.ewma(lambda: 0.2, width: width, shift: 0))
        #expect(abs(length - 500) < 2)
    }

    @Test func thePoissonChainAgreesWithASimulation() throws {
        let k = try #require(PoissonCusum.reference(usual: 4, raised: 6))
        let expected = try #require(RunLength.poissonCusum(reference: k, decision: 8, mean: 4))
        let law = try #require(NegativeBinomial(mean: 4, dispersion: 1))
        var random = SplitMix64(seed: 17)
        var total = 0.0
        let runs = 400
        for _ in 0..<runs {
            var sum = 0.0
            while sum < 8 {
                sum = max(0, sum + law.draw(&random) - k)
                total += 1
            }
        }
        // Run lengths are about exponential: the mean of 400 has a standard error of 5 %.
        #expect(abs(total / Double(runs) / expected - 1) < 0.2)
    }

    @Test func aLimitNobodyReachesIsInfinitelyFar() {
        #expect(RunLength.ewma(lambda: 0.1, width: 30, shift: 0) == .infinity)
        #expect(RunLength.ewma(lambda: 0, width: 3, shift: 0) == nil)
        #expect(RunLength.cusum(reference: 0.5, decision: .nan, shift: 0) == nil)
        #expect(RunLength.poissonCusum(reference: 2, decision: 1e300, mean: 2) == nil)
        #expect(AlarmRate.perYear(streams: 1, observationsPerYear: 52, runLength: 0) == nil)
    }
}
