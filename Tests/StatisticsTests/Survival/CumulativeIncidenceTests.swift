import Statistics
import Testing

@Suite("Several endings")
struct CumulativeIncidenceTests {
    private func sample(_ n: Int, seed: UInt64) -> (times: [Double], outcomes: [Int]) {
        var stream = SplitMix64(seed: seed)
        var times: [Double] = []
        var outcomes: [Int] = []
        for _ in 0..<n {
            times.append((stream.exponential(rate: 0.2) * 2).rounded(.up))
            outcomes.append(stream.below(3))
        }
        return (times, outcomes)
    }

    @Test func sharesAddUpToOne() throws {
        let (times, outcomes) = sample(300, seed: 3)
        let curves = try #require(CumulativeIncidence(times: times, outcomes: outcomes, kinds: 2))
        for i in curves.times.indices {
            #expect(abs(curves.open[i] + curves.incidence[0][i] + curves.incidence[1][i] - 1) < 1e-12)
        }
    }

    @Test func oneEndingIsOneMinusKaplanMeier() throws {
        let (times, outcomes) = sample(300, seed: 4)
        let single = outcomes.map { min($0, 1) }
        let curves = try #require(CumulativeIncidence(times: times, outcomes: single, kinds: 1))
        let km = try #require(KaplanMeier(times: times, isEvent: single.map { $0 == 1 }))
        let errors = try #require(curves.standardErrors(of: 1))
        for i in curves.times.indices {
            #expect(abs(curves.incidence[0][i] - (1 - km.survival[i])) < 1e-12)
            #expect(errors[i] >= 0)
        }
    }

    @Test func ignoringOtherEndingsOverstates() throws {
        let (times, outcomes) = sample(300, seed: 5)
        let curves = try #require(CumulativeIncidence(times: times, outcomes: outcomes, kinds: 2))
        let km = try #require(KaplanMeier(times: times, isEvent: outcomes.map { $0 == 1 }))
        for i in curves.times.indices { #expect(1 - km.survival[i] >= curves.incidence[0][i] - 1e-12) }
    }

    @Test func theErrorAtOneTimeIsThatOfTheCurve() throws {
        let (times, outcomes) = sample(80, seed: 6)
        let curves = try #require(CumulativeIncidence(times: times, outcomes: outcomes, kinds: 2))
        let errors = try #require(curves.standardErrors(of: 2))
        for (i, time) in curves.times.enumerated() { #expect(curves.standardError(of: 2, at: time) == errors[i]) }
    }

    @Test func conditionalSharesStartFromNow() throws {
        let (times, outcomes) = sample(300, seed: 7)
        let curves = try #require(CumulativeIncidence(times: times, outcomes: outcomes, kinds: 2))
        let direct = try #require(curves.incidence(of: 1, at: 6))
        #expect(curves.probability(of: 1, within: 6, afterOpenFor: 0) == direct)
        #expect((curves.probability(of: 1, within: 6, afterOpenFor: 3) ?? 2) <= 1)
        #expect(curves.probability(of: 9, within: 6, afterOpenFor: 3) == nil)
    }

    @Test func grayRejectsAboutAsOftenAsStatedWhenGroupsAreAlike() throws {
        var stream = SplitMix64(seed: 99)
        var rejected = 0
        for seed in 0..<400 {
            let (times, outcomes) = sample(120, seed: UInt64(seed) + 1_000)
            let groups = (0..<120).map { _ in stream.below(3) }
            let test = try #require(GrayTest(times: times, outcomes: outcomes, groups: groups, kind: 1))
            #expect(test.degreesOfFreedom == 2)
            if test.pValue < 0.05 { rejected += 1 }
        }
        #expect((7...36).contains(rejected))
    }

    @Test func refusesBadData() {
        #expect(CumulativeIncidence(times: [], outcomes: [], kinds: 1) == nil)
        #expect(CumulativeIncidence(times: [1], outcomes: [2], kinds: 1) == nil)
        #expect(CumulativeIncidence(times: [.nan], outcomes: [1], kinds: 1) == nil)
        #expect(GrayTest(times: [1, 2], outcomes: [1, 1], groups: [0, 0], kind: 1) == nil)
        #expect(GrayTest(times: [1, 2], outcomes: [0, 0], groups: [0, 1], kind: 1) == nil)
    }
}
