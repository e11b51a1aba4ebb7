import Analyses
import Experience
import Statistics
import Testing

@Suite struct PromiseScorecardTests {
    func lines(_ supplier: String, kept: Int, broken: Int) -> [PromiseRecordLine] {
        (0..<kept + broken).map { number in
            PromiseRecordLine(
                journey: "\(supplier)-\(number)", groups: ["supplier": supplier],
                first: number < kept ? .kept : .broken, last: .kept, lateDays: number < kept ? 0 : 4,
                held: [nil: 30, .person: 10], rating: number < kept ? 5 : 2)
        }
    }

    @Test func rowsCarryIntervalsAndTheRanksTheyMayHold() throws {
        let card = PromiseScorecard(
            lines("a", kept: 95, broken: 5) + lines("b", kept: 60, broken: 40) + lines("c", kept: 93, broken: 7)
                + lines("tiny", kept: 3, broken: 1), by: "supplier")
        #expect(card.rows.map(\.value) == ["a", "b", "c", "tiny"])
        let first = card.rows[0]
        #expect(first.keptFirst.value == 0.95)
        #expect(first.keptLast.value == 1)
        #expect(first.meanLateDays == 4)
        #expect(first.held == [nil: 0.75, .person: 0.25])
        #expect(first.ratingKept == 5 && first.ratingBroken == 2)
        #expect(first.journeys.prefix(5).allSatisfy { ["a-95", "a-96", "a-97", "a-98", "a-99"].contains($0) })
        #expect(first.ranks == 1...2)
        #expect(card.rows[1].ranks == 3...3)
        #expect(card.rows[2].ranks == 1...2)
        #expect(card.rows[3].keptFirst.value == nil)
        #expect(card.rows[3].ranks == nil)
    }

    @Test func aClockBecomesALine() throws {
        func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
        var clock = PromiseClock()
        let terms = PromiseTerms(
            budget: .workingDays(2), calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.9,
            basis: "standard")
        let calendars = CalendarSet.standard
        try clock.apply(.armed(terms), at: at("2026-05-11T10:00:00-04:00"), calendars: calendars)
        let pause = PromiseEntry.paused(id: "p", waitingFor: .person, holder: nil)
        try clock.apply(pause, at: at("2026-05-11T12:00:00-04:00"), calendars: calendars)
        try clock.apply(.resumed(pauseID: "p"), at: at("2026-05-11T14:00:00-04:00"), calendars: calendars)
        try clock.apply(.met, at: at("2026-05-18T10:00:00-04:00"), calendars: calendars)
        let line = try #require(
            PromiseRecordLine(
                journey: "j", clock: clock, groups: [:], rating: 3, now: at("2026-06-01T00:00:00Z"),
                calendars: calendars))
        #expect(line.first == .broken)
        #expect(line.lateDays == 3)
        #expect(line.held[.person] == 2 * Instant.hour)
    }

    @Test func aShiftInTheKeptRateAlarmsAndNoiseDoesNot() throws {
        let judged = Array(repeating: 100, count: 26)
        let steady = (0..<25).map { 94 + ($0 % 3) } + [93]
        let alert = try #require(KeptRateAlert.judge(kept: steady, judged: judged, periodsPerYear: 52))
        #expect(!alert.hasShifted && !alert.isProvisional)
        let fallen = try #require(
            KeptRateAlert.judge(kept: steady.dropLast() + [82], judged: judged, periodsPerYear: 52))
        #expect(fallen.hasShifted)
        // The same fall among weeks that always swing wildly is no news.
        let wild = (0..<25).map { $0 % 2 == 0 ? 99 : 88 } + [82]
        let calm = try #require(KeptRateAlert.judge(kept: wild, judged: judged, periodsPerYear: 52))
        #expect(!calm.hasShifted && calm.dispersion > 2)
        #expect(KeptRateAlert.judge(kept: [1], judged: [1], periodsPerYear: 52) == nil)
    }

    @Test func saidNinetyFiveIsHeldAgainstWhatWas() throws {
        var lines = lines("a", kept: 188, broken: 12)
        for index in lines.indices { lines[index].probability = index % 100 < 98 ? 0.95 : 0.6 }
        let points = PromiseCalibration(lines).points
        #expect(points.map(\.said) == [0.6, 0.95])
        #expect(points[0].was.value == nil)
        #expect(points[1].isHonest)
        for index in lines.indices { lines[index].probability = 0.99 }
        #expect(PromiseCalibration(lines).points.first?.isHonest == false)
    }
}
