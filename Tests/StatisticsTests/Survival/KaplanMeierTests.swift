import Statistics
import Testing

@Suite("Kaplan-Meier")
struct KaplanMeierTests {
    private func sample(_ n: Int, seed: UInt64) -> (times: [Double], isEvent: [Bool]) {
        var stream = SplitMix64(seed: seed)
        var times: [Double] = []
        var events: [Bool] = []
        for _ in 0..<n {
            let end = stream.exponential(rate: 0.1)
            let seen = stream.exponential(rate: 0.05)
            times.append((min(end, seen) * 4).rounded(.up) / 4)
            events.append(end <= seen)
        }
        return (times, events)
    }

    @Test func withoutCensoringItIsTheEmpiricalDistribution() throws {
        let times: [Double] = [4, 1, 9, 4, 7, 2]
        let curve = try #require(KaplanMeier(times: times, isEvent: times.map { _ in true }))
        for p in [0.1, 0.5, 0.75, 0.95] { #expect(curve.quantile(p) == Quantile.of(times, p, type: .invertedCDF)) }
        let mean = try #require(curve.restrictedMean(to: 9))
        #expect(abs(mean.mean - 4.5) < 1e-12)
    }

    @Test func theLogLogLimitsCoverTheTruthAboutAsStated() throws {
        var hits = 0
        for seed in 0..<400 {
            let (times, events) = sample(80, seed: UInt64(seed))
            let curve = try #require(KaplanMeier(times: times, isEvent: events))
            let index = try #require(curve.times.lastIndex { $0 <= 7 })
            // Times are rounded up to quarters, so S at a quarter is exact.
            let truth = 0.496585303791409514
            let band = try #require(curve.limits()[index])
            if band.contains(truth) { hits += 1 }
        }
        #expect((365...395).contains(hits))
    }

    @Test func weightsOfOneAndEntriesAtZeroChangeNothing() throws {
        let (times, events) = sample(200, seed: 5)
        let plain = try #require(KaplanMeier(times: times, isEvent: events))
        let ones = [Double](repeating: 1, count: 200)
        let weighted = try #require(KaplanMeier(times: times, isEvent: events, weights: ones))
        let entered = try #require(
            KaplanMeier(times: times, isEvent: events, entries: ones.map { _ in 0 }))
        #expect(plain.survival == weighted.survival && plain.survival == entered.survival)
        #expect(weighted.greenwood == nil && entered.greenwood == plain.greenwood)
    }

    @Test func aWeightOfTwoIsTheCaseTwice() throws {
        let once = try #require(
            KaplanMeier(times: [3, 5, 8], isEvent: [true, false, true], weights: [2, 1, 1]))
        let twice = try #require(KaplanMeier(times: [3, 3, 5, 8], isEvent: [true, true, false, true]))
        #expect(once.survival == twice.survival)
    }

    @Test func lateEntrantsAreNotAtRiskBeforeTheyCame() throws {
        // By hand: at 2 only the first is in; at 5 the second and third; at 6 the third.
        let curve = try #require(
            KaplanMeier(times: [3, 5, 6], isEvent: [false, true, true], entries: [0, 2, 4]))
        #expect(curve.atRisk == [2, 2, 1])
        #expect(curve.survival == [1, 0.5, 0])
    }

    @Test func delayedEntryUndoesTheBiasTowardsLongCases() throws {
        // Cases are only in the data if still open when logging began.
        var stream = SplitMix64(seed: 12)
        var times: [Double] = []
        var entries: [Double] = []
        for _ in 0..<20_000 {
            let age = stream.unit() * 10
            let duration = stream.exponential(rate: 0.1)
            if duration > age {
                times.append(duration)
                entries.append(age)
            }
        }
        let events = times.map { _ in true }
        let naive = try #require(KaplanMeier(times: times, isEvent: events)?.survival(at: 7))
        let fair = try #require(KaplanMeier(times: times, isEvent: events, entries: entries)?.survival(at: 7))
        #expect(abs(fair - 0.4966) < 0.02)
        #expect(naive > 0.6)
    }

    @Test func timeLeftRestatesTheCurve() throws {
        let (times, events) = sample(500, seed: 8)
        let curve = try #require(KaplanMeier(times: times, isEvent: events))
        let s = 4.0
        let u = try #require(curve.timeLeft(0.5, afterOpenFor: s))
        #expect((curve.probabilityOfEnding(within: u, afterOpenFor: s) ?? 0) >= 0.5 - 1e-9)
        #expect((curve.probabilityOfEnding(within: u - 0.25, afterOpenFor: s) ?? 1) < 0.5)
        #expect(curve.probabilityOfEnding(within: 0, afterOpenFor: s) == 0)
    }

    @Test func saysNotReachedInsteadOfInventing() throws {
        let curve = try #require(KaplanMeier(times: [2, 3, 9], isEvent: [true, false, false]))
        #expect(curve.quantile(0.9) == nil)
        #expect(curve.quantileFigure(0.9).flag != .ok)
        #expect(curve.survival(at: 20) == nil)
        #expect(curve.restrictedMean(to: 20) == nil)
        let many = try #require(
            KaplanMeier(times: (1...60).map(Double.init), isEvent: (1...60).map { $0 <= 20 }))
        #expect(many.quantileFigure(0.9).flag == .notReached)
        #expect(many.quantileFigure(0.2).value == 12)
    }

    @Test func refusesBadData() {
        #expect(KaplanMeier(times: [], isEvent: []) == nil)
        #expect(KaplanMeier(times: [.nan], isEvent: [true]) == nil)
        #expect(KaplanMeier(times: [.infinity], isEvent: [true]) == nil)
        #expect(KaplanMeier(times: [-1], isEvent: [true]) == nil)
        #expect(KaplanMeier(times: [1, 2], isEvent: [true]) == nil)
        #expect(KaplanMeier(times: [1], isEvent: [true], weights: [0]) == nil)
        #expect(KaplanMeier(times: [1], isEvent: [true], entries: [1]) == nil)
        #expect(KaplanMeier(ascendingTimes: [2, 1], isEvent: [true, true]) == nil)
        #expect(KaplanMeier(ascendingTimes: [1, .nan, 3], isEvent: [true, true, true]) == nil)
    }
}
