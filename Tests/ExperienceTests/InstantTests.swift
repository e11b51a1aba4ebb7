import Experience
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("2026-03-08T01:59:59-05:00", 1_772_953_199_000_000),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2010-10-02T09:21:06.266+02:00", 1_286_004_066_266_000),
    ])
    func readsAnInstantWithItsOffset(text: String, microseconds: Int) {
        #expect(Instant(rfc3339: text)?.microseconds == Int64(microseconds))
    }

    @Test(arguments: [
        "", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00.Z",
    ])
    func refusesWhatNamesNoInstant(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func writesWhatItReads() throws {
        for microseconds: Int64 in [0, 1, 999_000, -1, 1_767_225_600_000_000, -62_135_596_800_000_000] {
            let instant = Instant(microseconds: microseconds)
            #expect(Instant(rfc3339: instant.rfc3339) == instant)
        }
    }

    @Test func daysAndDatesAreInverse() throws {
        for day in stride(from: -800_000, through: 800_000, by: 97) {
            let date = CivilDate(daysSince1970: day)
            let c = date.components
            #expect(CivilDate(year: c.year, month: c.month, day: c.day) == date)
        }
        #expect(CivilDate(year: 2026, month: 11, day: 21)?.weekday == 6)
    }
}
