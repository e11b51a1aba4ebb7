import Statistics
import Testing

@Suite("Business days")
struct BusinessCalendarTests {
    private func day(_ iso: String) throws -> CalendarDay { try #require(CalendarDay(iso)) }

    @Test func daysSurviveTheirTextForFourCenturies() throws {
        for number in stride(from: -40_000, through: 110_000, by: 37) {
            let day = CalendarDay(number: number)
            #expect(try self.day(day.description) == day)
        }
        #expect(try day("1970-01-01").number == 0 && day("1970-01-01").weekday == 3)
    }

    @Test(arguments: ["2025-02-29", "2025-13-01", "25-01-01", "2025-1-1", "", "2025-01-01T00"])
    func refusesWhatIsNoDay(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test func addingAndCountingUndoEachOther() throws {
        let calendar = BusinessCalendar.usFederal
        let start = try day("2026-03-02")
        for count in [0, 1, 5, 60, 250, -1, -60] {
            let end = try #require(calendar.adding(count, to: start))
            #expect(calendar.isBusinessDay(end) == true)
            #expect(calendar.count(from: start, to: end) == count)
        }
    }

    @Test func aClosureIsDataAndMovesTheDate() throws {
        let storm = try day("2026-01-27")
        let closed = BusinessCalendar(rules: HolidayRule.usFederal, closures: [storm])
        let start = try day("2026-01-26")
        #expect(BusinessCalendar.usFederal.adding(1, to: start) == storm)
        #expect(try closed.adding(1, to: start) == day("2026-01-28"))
    }

    @Test func inaugurationDayIsObservedEveryFourthYear() throws {
        #expect(try HolidayRule.inaugurationDay.observed(in: 2029) == day("2029-01-20"))
        #expect(HolidayRule.inaugurationDay.observed(in: 2028) == nil)
        #expect(try HolidayRule.inaugurationDay.observed(in: 2013) == day("2013-01-21"))
    }

    @Test func hasNoAnswerOutsideItsYears() throws {
        let calendar = BusinessCalendar(rules: [], years: 2026...2026)
        #expect(calendar.isBusinessDay(try day("2027-01-01")) == nil)
        #expect(calendar.adding(300, to: try day("2026-06-01")) == nil)
        #expect(calendar.adding(.max, to: try day("2026-06-01")) == nil)
        #expect(calendar.count(from: try day("2025-06-01"), to: try day("2026-06-01")) == nil)
        let never = BusinessCalendar(rules: [], workweek: [], years: 2026...2026)
        #expect(never.adding(0, to: try day("2026-06-01")) == nil)
    }

    @Test func absurdDaysAndRulesDoNotCrash() {
        #expect(CalendarDay(number: .max).description == "9999-12-31")
        #expect(CalendarDay(number: .min).description == "0001-01-01")
        #expect(CalendarDay(number: 5).adding(days: .max).description == "9999-12-31")
        let ninth = HolidayRule("x", .weekday(0, ordinal: .max, month: 1))
        #expect(ninth.observed(in: 2026) == nil)
        #expect(HolidayRule("x", .fixed(month: 1, day: 1), firstYear: .min).observed(in: .max) == nil)
    }
}
