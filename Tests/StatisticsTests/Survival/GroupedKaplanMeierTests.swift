import Statistics
import Testing

@Suite struct GroupedKaplanMeierTests {
    @Test func groupedCountsGiveTheCurveOfTheCases() throws {
        var random = SplitMix64(seed: 4)
        var times: [Double] = []
        var isEvent: [Bool] = []
        var ended = [Int](repeating: 0, count: 40)
        var running = [Int](repeating: 0, count: 40)
        for _ in 0..<500 {
            let day = Int(random.below(40))
            let event = random.below(3) > 0
            times.append(Double(day))
            isEvent.append(event)
            if event { ended[day] += 1 } else { running[day] += 1 }
        }
        let one = try #require(KaplanMeier(times: times, isEvent: isEvent))
        let two = try #require(
            KaplanMeier(times: (0..<40).map(Double.init), ended: ended, stillRunning: running))
        #expect(one.times == two.times)
        #expect(one.eventCount == two.eventCount)
        for (a, b) in zip(one.survival, two.survival) { #expect(abs(a - b) < 1e-12) }
        #expect(one.quantile(0.5) == two.quantile(0.5))
    }

    @Test func refusesCountsThatCannotBe() {
        #expect(KaplanMeier(times: [], ended: [], stillRunning: []) == nil)
        #expect(KaplanMeier(times: [1, 1], ended: [1, 1], stillRunning: [0, 0]) == nil)
        #expect(KaplanMeier(times: [1], ended: [-1], stillRunning: [2]) == nil)
        #expect(KaplanMeier(times: [1], ended: [0], stillRunning: [0]) == nil)
    }
}
