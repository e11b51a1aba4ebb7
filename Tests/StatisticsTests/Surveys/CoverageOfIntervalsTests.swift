import Statistics
import Testing

/// Intervals are checked by doing what they promise: covering the truth about as often as they say.
@Suite("Coverage of survey intervals")
struct CoverageOfIntervalsTests {
    /// Exact coverage: the sum of the masses of outcomes whose interval holds p.
    private func coverage(_ kind: ProportionInterval, n: Int, p: Double) -> Double {
        var covered = 0.0
        for x in 0...n {
            guard let interval = kind.interval(successes: Double(x), n: Double(n)) else { continue }
            if interval.contains(p) { covered += Binomial.mass(x, n: n, p: p) }
        }
        return covered
    }

    @Test(arguments: [15, 60, 250])
    func wilsonCoversAboutAsStatedOnAverage(_ n: Int) {
        let ps = (1...99).map { Double($0) / 100 }
        let mean: Double = ps.reduce(0) { $0 + coverage(.wilson, n: n, p: $1) } / 99
        #expect(abs(mean - 0.95) < 0.01)
    }

    @Test(arguments: [12, 80])
    func clopperPearsonNeverCoversLess(_ n: Int) {
        for step in 1...49 { #expect(coverage(.clopperPearson, n: n, p: Double(step) / 50) >= 0.95) }
    }

    @Test func newcombeCoversTheDifferenceAboutAsStated() throws {
        var stream = SplitMix64(seed: 11)
        func count(_ n: Int, _ p: Double) -> Int { (0..<n).count { _ in stream.unit() < p } }
        var hits = 0
        for _ in 0..<2_000 {
            let difference = try #require(
                ProportionDifference(x1: count(40, 0.7), n1: 40, x2: count(55, 0.5), n2: 55))
            if try #require(difference.interval()).contains(0.2) { hits += 1 }
        }
        #expect((1_850...1_955).contains(hits))
    }

    @Test func swappingGroupsMirrorsTheDifference() throws {
        let one = try #require(ProportionDifference(x1: 9, n1: 20, x2: 30, n2: 44))
        let other = try #require(ProportionDifference(x1: 30, n1: 44, x2: 9, n2: 20))
        #expect(one.difference == -other.difference)
        let interval = try #require(one.interval())
        let mirror = try #require(other.interval())
        #expect(abs(interval.lower + mirror.upper) < 1e-12)
        #expect(abs((one.fisherExactP ?? 0) - (other.fisherExactP ?? 1)) < 1e-10)
    }

    @Test func sharesNobodyDiffersInGiveNoTestStatistic() throws {
        let same = try #require(ProportionDifference(x1: 5, n1: 5, x2: 9, n2: 9))
        #expect(same.pooledZ == nil && same.pooledP == 1)
    }

    @Test func theBootstrapOfAMeanCoversAboutAsStated() throws {
        var stream = SplitMix64(seed: 21)
        var hits = 0
        for round in 0..<300 {
            let values = (0..<60).map { _ in stream.exponential(rate: 1) }
            let result = try #require(Bootstrap.ofMean(values, replicates: 399, seed: UInt64(round)))
            if try #require(result.bcaInterval()).contains(1) { hits += 1 }
        }
        #expect((265...297).contains(hits))
    }

    @Test func refusesWhatIsNoProportion() {
        for kind in ProportionInterval.allCases {
            #expect(kind.interval(successes: 0, n: 0) == nil)
            #expect(kind.interval(successes: 3, n: 2) == nil)
            #expect(kind.interval(successes: .nan, n: 5) == nil)
            #expect(kind.interval(successes: 1, n: .infinity) == nil)
            #expect(kind.interval(successes: 1, n: 5, confidence: 1) == nil)
        }
        #expect(Proportion(successes: 1, n: 0) == nil)
        #expect(ProportionDifference(x1: 1, n1: 0, x2: 0, n2: 1) == nil)
        #expect(ProportionDifference(x1: .max, n1: .max, x2: .max, n2: .max)?.fisherExactP == nil)
        #expect(NetMention(positive: 4, negative: 0, respondents: 3) == nil)
    }
}
