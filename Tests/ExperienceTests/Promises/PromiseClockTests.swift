import Experience
import Testing

/// New York office hours 09:00–17:00; May 2026 starts on a Friday, Memorial Day is the 25th.
@Suite struct PromiseClockTests {
    func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
    func pause(_ id: String = "p1", _ why: ClockHolder = .person) -> PromiseEntry {
        .paused(id: id, waitingFor: why, holder: nil)
    }

    @Test func fridayAtOneMinuteToFiveIsEarlierByAWorkingDayThanOneMinutePast() throws {
        let before = try PromiseClock.armed(.workingDays(5), at: "2026-05-08T16:59:00-04:00")
        let after = try PromiseClock.armed(.workingDays(5), at: "2026-05-08T17:01:00-04:00")
        #expect(before.lastDue == (try at("2026-05-15T17:00:00-04:00")))
        #expect(after.lastDue == (try at("2026-05-18T17:00:00-04:00")))
        #expect(before.state == .open)
    }

    @Test(arguments: [
        ("2026-03-06T16:00:00-05:00", "2026-03-09T10:00:00-04:00"),
        ("2026-10-30T16:00:00-04:00", "2026-11-02T10:00:00-05:00"),
    ])
    func twoWorkingHoursOverAClockChangeAreStillTwo(start: String, due: String) throws {
        let clock = try PromiseClock.armed(.workingTime(microseconds: 2 * Instant.hour), at: start)
        #expect(clock.lastDue == (try at(due)))
    }

    @Test func aHolidayAddedAfterThePromiseMovesItAndSaysWhy() throws {
        var clock = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        var rules = CalendarDefinition.usFederal()
        rules.version = 2
        rules.closures = [.init(date: CivilDate("2026-05-13")!, name: "Flood")]
        let newer = try WorkingCalendar(rules)
        var calendars = CalendarSet.standard
        calendars.insert(newer)
        let move = try clock.reproject(
            to: newer, reason: "Flood on 13 May", at: try at("2026-05-12T08:00:00-04:00"), calendars: calendars)
        #expect(move?.before == (try at("2026-05-13T17:00:00-04:00")))
        #expect(move?.after == (try at("2026-05-14T17:00:00-04:00")))
        #expect(clock.firstDue == move?.after)
        #expect(clock.dateGiven == move?.before)
        #expect(clock.ledger.last?.entry == .reprojected(newer.reference, reason: "Flood on 13 May"))
        let again = try clock.reproject(
            to: newer, reason: "twice", at: try at("2026-05-12T09:00:00-04:00"), calendars: calendars)
        #expect(again == nil)
        #expect(clock.ledger.count == 2)
    }

    @Test func aPauseAcrossAWeekendCostsDaysNothingAndHoursNothing() throws {
        for budget in [Budget.workingDays(3), .workingTime(microseconds: 20 * Instant.hour)] {
            var clock = try PromiseClock.armed(budget, at: "2026-05-08T10:00:00-04:00")
            let due = clock.lastDue
            try clock.add(pause(), "2026-05-08T18:00:00-04:00")
            #expect(clock.state == .paused)
            try clock.add(.resumed(pauseID: "p1"), "2026-05-11T08:00:00-04:00")
            #expect(clock.state == .open)
            #expect(clock.lastDue == due)
        }
    }

    @Test func aPauseOverAClosingCostsADay() throws {
        var clock = try PromiseClock.armed(.workingDays(3), at: "2026-05-11T10:00:00-04:00")
        try clock.add(pause(), "2026-05-12T16:00:00-04:00")
        try clock.add(.resumed(pauseID: "p1"), "2026-05-13T09:30:00-04:00")
        #expect(clock.lastDue == (try at("2026-05-15T17:00:00-04:00")))
    }

    @Test func overlappingPausesStopTheClockUntilTheLastEnds() throws {
        var clock = try PromiseClock.armed(
            .workingTime(microseconds: 8 * Instant.hour), at: "2026-05-11T09:00:00-04:00")
        try clock.add(pause("a"), "2026-05-11T10:00:00-04:00")
        try clock.add(.paused(id: "b", waitingFor: .partner, holder: "carrier"), "2026-05-11T11:00:00-04:00")
        try clock.add(.resumed(pauseID: "a"), "2026-05-11T12:00:00-04:00")
        #expect(clock.state == .paused)
        try clock.add(.resumed(pauseID: "b"), "2026-05-11T14:00:00-04:00")
        #expect(clock.state == .open)
        #expect(clock.lastDue == (try at("2026-05-12T13:00:00-04:00")))
        let held = clock.holdings(until: try at("2026-05-11T15:00:00-04:00"))
        #expect(held.map(\.waitingFor) == [nil, .person, .partner, nil])
        #expect(held.map { ($0.end.microseconds - $0.start.microseconds) / Instant.hour } == [1, 2, 2, 1])
        #expect(held[2].holder == "carrier")
    }

    @Test func aBudgetExactlyUsedIsKept() throws {
        var clock = try PromiseClock.armed(
            .workingTime(microseconds: 8 * Instant.hour), at: "2026-05-11T09:00:00-04:00")
        try clock.add(.met, "2026-05-11T17:00:00-04:00")
        #expect(clock.state == .met)
        #expect(clock.verdict(.first, now: try at("2026-06-01T00:00:00Z")) == .kept)
        var late = try PromiseClock.armed(
            .workingTime(microseconds: 8 * Instant.hour), at: "2026-05-11T09:00:00-04:00")
        try late.add(.met, "2026-05-11T17:00:00.000001-04:00")
        #expect(late.state == .broken)
        #expect(late.verdict(.last, now: try at("2026-06-01T00:00:00Z")) == .broken)
    }

    @Test func rePromisedAfterPickUpIsJudgedAgainstBothDates() throws {
        var clock = try PromiseClock.armed(.workingDays(10), at: "2026-05-04T10:00:00-04:00")
        let first = clock.firstDue
        try clock.add(
            .repromised(.budget(.workingDays(2)), reason: "picked up by the carrier", told: true),
            "2026-05-08T12:00:00-04:00")
        #expect(clock.firstDue == first)
        #expect(clock.lastDue == (try at("2026-05-12T17:00:00-04:00")))
        try clock.add(.met, "2026-05-14T10:00:00-04:00")
        let now = try at("2026-06-01T00:00:00Z")
        #expect(clock.verdict(.first, now: now) == .kept)
        #expect(clock.verdict(.last, now: now) == .broken)
        #expect(clock.repromises == 1)
    }

    @Test func aCancelledJourneyIsNeitherKeptNorBrokenUnlessItsDateHadPassed() throws {
        var clock = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        try clock.add(.withdrawn(reason: "cancelled"), "2026-05-12T10:00:00-04:00")
        #expect(clock.state == .withdrawn)
        #expect(clock.verdict(.first, now: try at("2026-06-01T00:00:00Z")) == .withdrawn)
        var late = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        try late.add(.withdrawn(reason: "cancelled"), "2026-05-20T10:00:00-04:00")
        #expect(late.verdict(.first, now: try at("2026-06-01T00:00:00Z")) == .broken)
    }

    @Test func aFixedDateMovesByTheOpeningHoursAPauseCosts() throws {
        var clock = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        try clock.add(
            .repromised(.due(try at("2026-05-20T17:00:00-04:00")), reason: "backlog", told: false),
            "2026-05-12T09:00:00-04:00")
        #expect(clock.isUntold)
        try clock.add(pause(), "2026-05-13T09:00:00-04:00")
        try clock.add(.resumed(pauseID: "p1"), "2026-05-14T09:00:00-04:00")
        #expect(clock.lastDue == (try at("2026-05-21T17:00:00-04:00")))
    }

    @Test func projectsTheDateOfAnOpenPause() throws {
        var clock = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        try clock.add(pause(), "2026-05-12T10:00:00-04:00")
        let now = try at("2026-05-18T10:00:00-04:00")
        #expect(
            clock.projectedDue(now: now, calendars: .standard) == (try at("2026-05-19T17:00:00-04:00")))
        #expect(clock.verdict(.last, now: now) == .pending)
    }
}
