import Experience
import Formats
import Testing

@Suite struct CalendarFeedTests {
    private func feed(_ events: [String], years: ClosedRange<Int> = 2026...2027) throws -> CalendarFeed {
        let body = events.map { "BEGIN:VEVENT\r\n\($0)\r\nEND:VEVENT\r\n" }.joined()
        return try CalendarFeed(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(body)END:VCALENDAR\r\n", years: years, zone: "America/New_York")
    }

    private func plain(_ feed: CalendarFeed) -> [String] {
        feed.closures.map { "\($0.date) \($0.hours?.description ?? "all day") \($0.name)" }
    }

    @Test func readsAllDayEventsOfOneAndSeveralDays() throws {
        let read = try feed([
            "DTSTART;VALUE=DATE:20260525\r\nSUMMARY:Memorial\r\n  Day\\, observed",
            "DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\nSUMMARY:Stock-taking",
        ])
        #expect(
            plain(read) == [
                "2026-05-25 all day Memorial Day, observed", "2026-06-01 all day Stock-taking",
                "2026-06-02 all day Stock-taking",
            ])
        #expect(read.findings.isEmpty)
    }

    @Test func turnsTimesOfOtherZonesIntoLocalHours() throws {
        let read = try feed([
            "DTSTART:20260714T170000Z\r\nDTEND:20260714T190000Z\r\nSUMMARY:Fire drill",
            "DTSTART;TZID=Europe/Berlin:20260715T150000\r\nDURATION:PT90M\r\nSUMMARY:Call",
            "DTSTART:20260716T120000\r\nDTEND:20260717T100000\r\nSUMMARY:Move",
            "DTSTART:20260308T170000Z\r\nDTEND:20260308T190000Z\r\nSUMMARY:Clocks",
        ])
        #expect(
            plain(read) == [
                "2026-03-08 13:00-15:00 Clocks", "2026-07-14 13:00-15:00 Fire drill", "2026-07-15 09:00-10:30 Call",
                "2026-07-16 12:00-24:00 Move", "2026-07-17 00:00-10:00 Move",
            ])
    }

    @Test func writesYearlyRulesOut() throws {
        let read = try feed([
            "DTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanksgiving",
            "DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:New year",
            "DTSTART;VALUE=DATE:20200229\r\nRRULE:FREQ=YEARLY;INTERVAL=1;UNTIL=20300101\r\nSUMMARY:Leap",
            "DTSTART;VALUE=DATE:20250704\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20260704\r\nSUMMARY:Fourth",
        ])
        #expect(
            plain(read) == [
                "2026-01-01 all day New year", "2026-11-26 all day Thanksgiving", "2027-07-04 all day Fourth",
                "2027-11-25 all day Thanksgiving",
            ])
    }

    @Test func leavesOutWhatClosesNothingAndSaysWhatItCannotRead() throws {
        let read = try feed([
            "DTSTART;VALUE=DATE:20260525\r\nSTATUS:CANCELLED\r\nSUMMARY:Off",
            "DTSTART:20260525T090000\r\nTRANSP:TRANSPARENT\r\nSUMMARY:Free",
            "DTSTART;VALUE=DATE:20260525\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Weekly",
            "DTSTART:2026-05-25\r\nSUMMARY:Odd",
            "SUMMARY:No start",
            "DTSTART;TZID=Mars/Olympus:20260525T090000\r\nDTEND:20260525T100000\r\nSUMMARY:Mars",
        ])
        #expect(read.closures.isEmpty)
        #expect(read.findings.count == 4)
        #expect(read.findings.first?.description.hasPrefix("line 13: the rule “FREQ=WEEKLY”") == true)
    }

    @Test func refusesWhatIsNoFeed() {
        #expect(throws: CalendarFeed.Problem.notACalendar) { try CalendarFeed("", years: 2026...2026, zone: "UTC") }
        #expect(throws: CalendarFeed.Problem.neverEnds(line: 2)) {
            try CalendarFeed("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", years: 2026...2026, zone: "UTC")
        }
    }

    @Test func closesTheWorkingCalendar() throws {
        var rules = CalendarDefinition.usFederal()
        rules.closures = try feed(["DTSTART;VALUE=DATE:20260512\r\nSUMMARY:Flood"]).closures
        let calendar = try WorkingCalendar(rules)
        let day = try #require(CivilDate("2026-05-12"))
        #expect(!calendar.isWorkingDay(day))
        #expect(calendar.closure(on: day) == "Flood")
    }
}
