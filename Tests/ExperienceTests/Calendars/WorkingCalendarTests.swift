import Experience
import Testing

@Suite struct WorkingCalendarTests {
    let federal = CalendarSet.standard[.usFederal]!

    func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    @Test(arguments: [
        // received, working days, due (New York; 17:00 is 21:00Z in summer, 22:00Z in winter)
        ("2026-05-08T16:59:00-04:00", 5, "2026-05-15T17:00:00-04:00"),
        ("2026-05-08T17:01:00-04:00", 5, "2026-05-18T17:00:00-04:00"),
        ("2026-05-08T17:00:00-04:00", 5, "2026-05-18T17:00:00-04:00"),
        ("2026-05-09T12:00:00-04:00", 0, "2026-05-11T17:00:00-04:00"),
        ("2026-05-22T10:00:00-04:00", 1, "2026-05-26T17:00:00-04:00"),  // over Memorial Day
        ("2026-03-06T10:00:00-05:00", 1, "2026-03-09T17:00:00-04:00"),  // clocks forward on the 8th
        ("2026-10-30T10:00:00-04:00", 1, "2026-11-02T17:00:00-05:00"),  // clocks back on the 1st
        ("2026-07-02T09:00:00-04:00", 1, "2026-07-06T17:00:00-04:00"),  // Saturday the 4th is observed on Friday
    ])
    func countsWorkingDaysByTheirClosings(start: String, days: Int, due: String) throws {
        #expect(federal.instant(after: .workingDays(days), from: try at(start)) == (try at(due)))
    }

    @Test func endsABudgetExactlyUsedAtClosing() throws {
        let start = try at("2026-05-11T09:00:00-04:00")
        let day = Budget.workingTime(microseconds: 8 * Instant.hour)
        #expect(federal.instant(after: day, from: start) == (try at("2026-05-11T17:00:00-04:00")))
        let more = Budget.workingTime(microseconds: 8 * Instant.hour + 1)
        #expect(
            federal.instant(after: more, from: start)
                == (try at("2026-05-12T09:00:00-04:00")).advanced(by: 1))
    }

    @Test func aRoundTheClockDayHasTwentyThreeOrTwentyFiveHoursWhenTheClocksChange() throws {
        let calendar = try WorkingCalendar(.alwaysOpen(id: Slug("ny"), zone: "America/New_York"))
        let weekdays = try WorkingCalendar(
            CalendarDefinition(
                id: Slug("ny2")!, zone: "America/New_York",
                week: Array(repeating: [DailySpan("00:00-12:00")!], count: 7)))
        let spring = CivilDate("2026-03-08")!
        let autumn = CivilDate("2026-11-01")!
        func length(_ calendar: WorkingCalendar, _ day: CivilDate) -> Int64 {
            calendar.elapsed(from: calendar.startOfDay(day), to: calendar.startOfDay(day.adding(days: 1)))
        }
        #expect(length(calendar, spring) == 23 * Instant.hour)
        #expect(length(calendar, autumn) == 25 * Instant.hour)
        #expect(length(weekdays, spring) == 11 * Instant.hour)
        #expect(length(weekdays, autumn) == 13 * Instant.hour)
    }

    @Test func hoursThatTheClocksSkipOpenAtTheChange() throws {
        let night = try WorkingCalendar(
            CalendarDefinition(
                id: Slug("night")!, zone: "America/New_York",
                week: Array(repeating: [DailySpan("02:15-02:45")!, DailySpan("02:45-04:00")!], count: 7)))
        let open = night.openIntervals(
            from: try at("2026-03-08T00:00:00-05:00"), to: try at("2026-03-09T00:00:00-04:00"))
        #expect(open.count == 1)
        #expect(open.first?.start == (try at("2026-03-08T03:00:00-04:00")).microseconds)
        #expect(open.first?.end == (try at("2026-03-08T04:00:00-04:00")).microseconds)
    }

    @Test func leavesTheLunchBreakOut() throws {
        let shop = try WorkingCalendar(
            CalendarDefinition(
                id: Slug("shop")!, zone: "Europe/Berlin",
                week: Array(repeating: [DailySpan("13:00-17:00")!, DailySpan("09:00-12:00")!], count: 5) + [[], []]))
        let start = try at("2026-05-11T11:00:00+02:00")
        #expect(
            shop.instant(after: .workingTime(microseconds: 2 * Instant.hour), from: start)
                == (try at("2026-05-11T14:00:00+02:00")))
        #expect(!shop.isOpen(try at("2026-05-11T12:00:00+02:00")))
        #expect(shop.isOpen(try at("2026-05-11T13:00:00+02:00")))
        #expect(shop.elapsed(from: start, to: try at("2026-05-12T10:00:00+02:00")) == 6 * Instant.hour)
    }

    @Test func oneOffOpeningsBeatClosuresAndTimedClosuresCutHours() throws {
        var rules = CalendarDefinition.usFederal()
        let holiday = CivilDate("2026-12-25")!
        let storm = CivilDate("2026-01-26")!
        let early = CivilDate("2026-12-24")!
        rules.openings = [.init(date: holiday, hours: [DailySpan("10:00-12:00")!], name: "Relief desk")]
        rules.closures = [
            .init(date: storm, name: "Snow"),
            .init(date: early, hours: DailySpan("12:00-24:00")!, name: "Early dismissal"),
        ]
        let calendar = try WorkingCalendar(rules)
        #expect(calendar.spans(on: holiday) == [DailySpan("10:00-12:00")!])
        #expect(!calendar.isWorkingDay(storm))
        #expect(calendar.closure(on: storm) == "Snow")
        #expect(calendar.spans(on: early) == [DailySpan("09:00-12:00")!])
        #expect(calendar.endOfDay(early) == (try at("2026-12-24T12:00:00-05:00")))
    }

    @Test func aCalendarThatNeverOpensGivesNoDate() throws {
        let shut = try WorkingCalendar(
            CalendarDefinition(id: Slug("shut")!, zone: "UTC", week: Array(repeating: [], count: 7)))
        let now = Instant(seconds: 1_700_000_000)
        #expect(shut.instant(after: .workingDays(0), from: now) == nil)
        #expect(shut.instant(after: .workingTime(microseconds: 1), from: now) == nil)
        #expect(shut.elapsed(from: now, to: now.advanced(by: Instant.day * 400)) == 0)
        #expect(shut.instant(after: .calendarTime(microseconds: .max), from: now) == nil)
        #expect(federal.instant(after: .workingDays(.max), from: now) == nil)
        #expect(federal.instant(after: .workingDays(-1), from: now) == nil)
        #expect(federal.elapsed(from: Instant(microseconds: .min), to: Instant(microseconds: .max)) > 0)
    }

    @Test func readsBackWhatItWrites() throws {
        let data = try JSON.encode(federal)
        let again = try JSON.decode(WorkingCalendar.self, data)
        #expect(again == federal)
        #expect(throws: (any Error).self) {
            try JSON.decode(
                WorkingCalendar.self,
                #"{"id":"x","zone":"Mars/Olympus","week":{"mon":["09:00-17:00"]}}"#)
        }
        #expect(throws: (any Error).self) {
            try JSON.decode(WorkingCalendar.self, #"{"id":"x","zone":"UTC","week":{"mon":["17:00-09:00"]}}"#)
        }
        #expect(throws: CalendarProblem.overlappingSpans(weekday: 1)) {
            try WorkingCalendar(
                CalendarDefinition(
                    id: Slug("x")!, zone: "UTC",
                    week: [[DailySpan("09:00-12:00")!, DailySpan("11:00-13:00")!], [], [], [], [], [], []]))
        }
    }

    @Test func elapsedTimeAndDueDatesAgree() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<500 {
            let start = Instant(
                microseconds: Int64(random.next() % 1_500_000_000) * 1_000_000 + 500_000_000_000_000)
            let time = Int64(random.next() % 400_000) * 1_000_000 + 1
            let due = try #require(federal.instant(after: .workingTime(microseconds: time), from: start))
            #expect(federal.elapsed(from: start, to: due) == time)
        }
    }
}
