import Experience
import Testing

@Suite struct SupplierMonthTests {
    @Test(arguments: [
        ("2026-11-06", "2026-09-01", "2026-10-01"), ("2026-11-07", "2026-10-01", "2026-10-01"),
        ("2026-11-30", "2026-10-01", "2026-10-01"), ("2026-12-01", "2026-10-01", "2026-11-01"),
        ("2027-01-03", "2026-11-01", "2026-12-01"), ("2027-01-07", "2026-12-01", "2026-12-01"),
    ])
    func aMonthIsJudgedOnceItsLastLineHasHadItsDays(day: String, supply: String, advantage: String) throws {
        let day = try #require(CivilDate(day))
        #expect(SupplierRule.Programme.globalSupply.lastJudgedMonth(on: day) == CivilDate(supply))
        #expect(SupplierRule.Programme.advantage.lastJudgedMonth(on: day) == CivilDate(advantage))
    }

    @Test func theLedgerTellsTheDateAfterEachLine() throws {
        var clock = try PromiseClock.armed(.workingDays(3), at: "2026-05-11T10:00:00-04:00")
        let given = try #require(clock.lastDue)
        try clock.add(.repromised(.budget(.workingDays(9)), reason: "backlog", told: true), "2026-05-12T10:00:00-04:00")
        #expect(clock.lastDue(after: 0, calendars: .standard) == given)
        #expect(clock.lastDue(after: 1, calendars: .standard) == clock.lastDue)
        #expect(clock.lastDue(after: 2, calendars: .standard) == nil)
    }

    @Test func theDatesSaidBesideAPromiseSurviveTheRecord() throws {
        let at = try #require(Instant(rfc3339: "2026-05-20T21:00:00Z"))
        let entry = PromiseEntry.armed(
            PromiseTerms(
                budget: .workingDays(9), calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.95,
                likely: at, eightOfTen: at.advanced(by: Instant.day), nineOfTen: at.advanced(by: 2 * Instant.day),
                basis: "history:900"))
        #expect(try PromiseEntry(activity: entry.activity, attributes: entry.attributes) == entry)
    }
}
