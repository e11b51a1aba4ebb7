import Experience
import Testing

@Suite struct HolidayRuleTests {
    /// Federal holidays as published by the Office of Personnel Management for these years.
    @Test(arguments: [
        (
            2021,
            "2021-01-01 2021-01-18 2021-02-15 2021-05-31 2021-06-18 2021-07-05 2021-09-06 2021-10-11 2021-11-11 "
                + "2021-11-25 2021-12-24"
        ),
        (
            2022,
            "2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 "
                + "2022-11-24 2022-12-26"
        ),
        (
            2026,
            "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 "
                + "2026-11-26 2026-12-25"
        ),
    ])
    func federalHolidaysFallOnTheirObservedDays(year: Int, expected: String) {
        let days = HolidayRule.unitedStates.compactMap { $0.date(year: year)?.description }
        #expect(days.joined(separator: " ") == expected)
    }

    @Test func juneteenthBeginsIn2021AndColumbusDayIn1971() {
        let names = { (year: Int) in
            HolidayRule.unitedStates.filter { $0.date(year: year) != nil }.map(\.name)
        }
        #expect(!names(2020).contains { $0.hasPrefix("Juneteenth") })
        #expect(!names(1970).contains("Columbus Day"))
        #expect(HolidayRule.unitedStates.contains { $0.date(year: 1975)?.description == "1975-10-27" })
    }

    @Test(arguments: [(2013, "2013-01-21"), (2017, "2017-01-20"), (2021, "2021-01-20"), (2029, "2029-01-20")])
    func inaugurationDayMovesFromSundayOnly(year: Int, expected: String) {
        #expect(HolidayRule.inauguration[0].date(year: year)?.description == expected)
    }

    @Test func inaugurationDayIsEveryFourthYear() {
        #expect((2014...2016).allSatisfy { HolidayRule.inauguration[0].date(year: $0) == nil })
    }

    @Test(arguments: [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")])
    func easterFollowsTheGregorianComputus(year: Int, expected: String) {
        #expect(HolidayRule.easter(year: year)?.description == expected)
    }

    @Test func electionDayIsTheTuesdayAfterTheFirstMonday() {
        #expect(HolidayRule.stateExtras[0].date(year: 2022)?.description == "2022-11-08")
        #expect(HolidayRule.stateExtras[1].date(year: 2022)?.description == "2022-11-25")
        #expect(HolidayRule.stateExtras[0].date(year: 2023) == nil)
    }

    @Test func rejectsARuleThatHasNoDay() {
        #expect(throws: CalendarProblem.self) {
            try HolidayRule("x", .fixed(month: 2, day: 30, observed: .onTheDay)).check()
        }
        #expect(throws: CalendarProblem.self) {
            try HolidayRule("x", .nthWeekday(nth: 0, weekday: 1, month: 1, offset: 0)).check()
        }
        #expect(throws: CalendarProblem.self) { try HolidayRule("x", .easter(offset: 0), every: 0).check() }
    }
}
