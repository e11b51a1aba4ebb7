import Foundation
import Statistics
import Testing

private func logit(_ share: Double) -> Double { log(share / (1 - share)) }

@Suite("Drivers")
struct DriverTests {
    /// An outcome of two drivers, the second half as strong, and one that does nothing.
    private func rows(_ n: Int, seed: UInt64) -> [[Double]] {
        var random = SplitMix64(seed: seed)
        return (0..<n).map { _ in
            let a = random.normal()
            let b = random.normal()
            return [2 * a + b + random.normal(), a, b, random.normal()]
        }
    }

    @Test func sharesAddUpToWhatIsExplained() throws {
        let result = try DriverImportance(DriverCorrelations(rows: rows(500, seed: 2)))
        #expect(abs(result.lmg.reduce(0, +) - result.rSquared) < 1e-12)
        #expect(abs(result.johnson.reduce(0, +) - result.rSquared) < 1e-10)
        #expect(result.lmg[0] > result.lmg[1] && result.lmg[1] > result.lmg[2])
        #expect(!result.disagrees())
    }

    @Test func ranksOfClearDriversAreSure() throws {
        let ranks = try DriverRanks(rows: rows(300, seed: 6), resamples: 100, seed: 1)
        #expect(ranks.used == 100)
        #expect(ranks.drivers[0].lowestRank == 1 && ranks.drivers[0].highestRank == 1)
        #expect(ranks.drivers[0].probabilityFirst == 1)
    }

    @Test func namesWhatIsWrongWithTheData() {
        #expect(throws: DriverError.constantColumn(1)) {
            try DriverCorrelations(rows: (0..<9).map { [Double($0), 4, Double($0 * $0)] })
        }
        #expect(throws: DriverError.collinear) {
            try DriverCorrelations(rows: (0..<9).map { [Double($0 % 4), Double($0), Double(2 * $0)] })
        }
        #expect(throws: DriverError.tooFewRows(have: 0, need: 3)) { try DriverCorrelations(rows: []) }
        #expect(throws: DriverError.malformed) { try DriverCorrelations(rows: [[1, .nan]]) }
    }

    @Test func ordinalRegressionRecoversItsCoefficients() throws {
        var random = SplitMix64(seed: 8)
        let data = (0..<2000).map { _ -> [Double] in
            let x = random.normal()
            let latent = 0.8 * x + logit(random.unit())
            return [latent < -1 ? 1 : latent < 1 ? 2 : 3, x]
        }
        let fit = try OrdinalLogit(rows: data)
        #expect(abs(fit.coefficients[0] - 0.8) < 4 * fit.coefficientErrors[0])
        #expect(abs(fit.thresholds[0] + 1) < 4 * fit.thresholdErrors[0])
        let check = try OrdinalLogit.cutCheck(rows: data)
        #expect(check.holds())
        let half = try #require(fit.oddsRatio(of: 0, units: 2))
        #expect(half.interval.contains(half.ratio))
    }

    @Test func perfectSeparationIsAnAnswerOfItsOwn() {
        #expect(throws: OrdinalLogit.FitError.separated) {
            try OrdinalLogit(rows: (0..<40).map { [$0 < 20 ? 1 : 2, Double($0)] })
        }
        #expect(throws: OrdinalLogit.FitError.tooManyCategories(50)) {
            try OrdinalLogit(rows: (0..<50).map { [Double($0), Double($0 % 7)] })
        }
        #expect(throws: OrdinalLogit.FitError.tooFewCategories) { try OrdinalLogit(rows: [[1, 2], [1, 3], [1, 4]]) }
    }

    @Test func anEValueIsTheSameForARatioAndItsInverse() throws {
        let high = try #require(EValue.of(riskRatio: 2.5))
        let low = try #require(EValue.of(riskRatio: 0.4))
        #expect(abs(high - low) < 1e-12)
        #expect(EValue.of(riskRatio: 0) == nil)
        #expect(EValue.ofLimit(riskRatio: 0.5, lower: 0.3, upper: 0.8).map { $0 > 1 } == true)
    }
}
