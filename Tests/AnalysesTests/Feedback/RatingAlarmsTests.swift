import Analyses
import Experience
import Statistics
import Testing

@Suite struct RatingAlarmsTests {
    static let today = CivilDate("2021-06-30")!
    static let until = today.adding(days: 1).startUTC.microseconds

    /// Twelve answers a day at one place, for 200 days; from `since` days before the end drawn from another scale.
    static func columns(_ usual: [Int], then later: [Int], since: Int, seed: UInt64 = 9) -> ResponseColumns {
        var random = SplitMix64(seed: seed)
        var events: [RecordedEvent] = []
        for day in stride(from: 199, through: 0, by: -1) {
            for number in 0..<12 {
                let scale = day < since ? later : usual
                let at = today.adding(days: -day).startUTC.advanced(by: Int64(number) * Instant.hour)
                var one = Asked.event(
                    .response, Int64(events.count + 1), at: at,
                    ["q1": .integer(Int64(scale[random.below(scale.count)]))])
                one.event.touchpoint = "hall"
                events.append(one)
            }
        }
        return Asked.columns(events)
    }

    static let fine = [3, 4, 4, 5, 5]

    @Test func aDropIsToldWithItsDayAndItsPlace() throws {
        let alarms = RatingAlarms(Self.columns(Self.fine, then: [1, 2, 2, 3, 4], since: 12), until: Self.until)
        let alarm = try #require(alarms.alarms.first)
        #expect(alarms.alarms.count == 1 && alarm.place == "hall" && alarm.isWorse)
        #expect(alarm.value < 3 && alarm.usual > 4 && !alarm.isProvisional)
        // Told within a few days of the change, and not before it.
        let began = Self.today.adding(days: -11)
        #expect(alarm.since >= began && alarm.since <= began.adding(days: 4))
    }

    @Test func aRiseIsToldAsOne() {
        let alarms = RatingAlarms(Self.columns([1, 2, 2, 3], then: [4, 5, 5], since: 10), until: Self.until)
        #expect(alarms.alarms.map(\.isWorse) == [false])
    }

    @Test func steadyRatingsRaiseNoMoreAlarmsThanStated() throws {
        // Each draw is a year of one place's ends: the alarms standing at the end stay near the stated rate.
        var standing = 0
        var rate = 0.0
        for seed in 1...30 {
            let alarms = RatingAlarms(
                Self.columns(Self.fine, then: Self.fine, since: 0, seed: UInt64(seed)), until: Self.until)
            standing += alarms.alarms.count
            rate = try #require(alarms.perYear)
        }
        #expect(rate > 0.2 && rate < 1)
        // 30 places, each with a stated alarm in two years that stands for some days: one at most is expected.
        #expect(standing <= 4)
    }

    @Test func heldAnswersAndYoungPlacesAreLeftOut() {
        var columns = Self.columns(Self.fine, then: [1], since: 10)
        columns.hold(Set((0..<columns.count).filter { $0 >= 190 * 12 }.map { columns.key[$0] }))
        #expect(RatingAlarms(columns, until: Self.until).alarms.isEmpty)
        let early = Self.today.adding(days: -190).startUTC.microseconds
        #expect(RatingAlarms(Self.columns(Self.fine, then: [1], since: 0), until: early).places == 0)
    }
}
