import Formats
import Testing

@Suite struct TimeReadingTests {
    private func read(_ text: String, _ format: TimeFormat = .iso8601, _ zone: ZoneRule = .utc) -> Int64? {
        TimeFormat.microseconds(text, format: format, zone: zone)
    }

    /// 2011-04-13T12:02:31Z
    static let base: Int64 = 1_302_696_151_000_000

    @Test(
        arguments: [
            ("2011-04-13T12:02:31Z", 0), ("2011-04-13T14:02:31+02:00", 0), ("2011-04-13 12:02:31", 0),
            ("2011-04-13T12:02:31.199Z", 199_000), ("2011-04-13T12:02:31.199999999+00:00", 199_999),
            ("2011-04-13T07:02:31-0500", 0), ("2011-04-13T17:47:31+05:45", 0), ("20110413T120231Z", 0),
            ("2011-04-13T12:02:31,5Z", 500_000), ("  2011-04-13 12:02:31 UTC ", 0), ("2011/04/13 12:02:31", 0),
            ("13 Apr 2011 12:02:31", 0), ("Wed, 13 Apr 2011 12:02:31 GMT", 0), ("April 13, 2011 12:02:31 PM", 0),
            ("13-Apr-11 12:02:31", 0), ("2011-04-13T12:02:31+00:00[Europe/London]", 0), ("20110413120231", 0),
            ("2011-04-13T12:02:31+00", 0), ("2011-04-13T14:02:31 +0200", 0), ("2011-Apr-13 12:02:31", 0),
        ] as [(String, Int64)])
    func readsWhatCannotBeMisread(_ text: String, _ micros: Int64) {
        #expect(read(text) == Self.base + micros)
    }

    @Test(arguments: [
        "", " ", "NA", "2011-02-29T00:00:00Z", "2011-13-01T00:00:00Z", "2011-00-10", "2011-04-31",
        "2011-04-13T25:00:00Z",
        "2011-04-13T12:60:00Z", "2011-04-13T12:02:61Z", "2011-04-13T24:00:01Z", "2011-04-13T12:02:31+25:00",
        "2011-04-13T12:02:31.Z", "2011-04-13T12:02:31x", "2011-04-13T", "2011-04", "13/04/2011", "04/13/2011",
        "1302696151",
        "0000-01-01T00:00:00Z", "2011-04-13T12:02:3:Z", "2011-04-13T1::02:31", "20110413T", "Feb 30, 2011",
        "13 Foo 2011",
        "2011-04-13T12:02:31+02:00[", "2011-4-13T13:00 PM", "99999999999999999999999999", "--", "T12:00:00Z",
    ])
    func refusesWhatIsNoTime(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test func readsTheEndOfTheDayAndLeapSeconds() {
        #expect(read("2016-12-31T23:59:60Z") == read("2017-01-01T00:00:00Z"))
        #expect(read("2016-12-31T24:00:00Z") == read("2017-01-01T00:00:00Z"))
    }

    @Test func readsTheFirstAndTheLastYear() {
        #expect(read("0001-01-01T00:00:00Z") == -62_135_596_800_000_000)
        #expect(read("9999-12-31T23:59:59.999999Z") == 253_402_300_799_999_999)
        #expect(read("1969-12-31T23:59:59.5Z") == -500_000)
    }

    @Test func readsDayFirstAndMonthFirstAsTold() {
        #expect(read("3/4/2011 2:02 PM", .dayFirst) == read("2011-04-03T14:02:00Z"))
        #expect(read("3/4/2011 2:02 PM", .monthFirst) == read("2011-03-04T14:02:00Z"))
        #expect(read("9.3.10 8:05", .dayFirst) == read("2010-03-09T08:05:00Z"))
        #expect(read("31.12.99", .dayFirst) == read("1999-12-31"))
        #expect(read("12/31/2011", .dayFirst) == nil)
        #expect(read("31/12/2011", .monthFirst) == nil)
        #expect(read("31/12.2011", .dayFirst) == nil)
        #expect(read("12:30 AM", .dayFirst) == nil)
        #expect(read("1/1/2020 12:30 AM", .dayFirst) == read("2020-01-01T00:30:00Z"))
    }

    @Test func readsCountsSince1970() {
        #expect(read("1302696151", .epochSeconds) == Self.base)
        #expect(read("1302696151.25", .epochSeconds) == Self.base + 250_000)
        #expect(read("1302696151199", .epochMilliseconds) == Self.base + 199_000)
        #expect(read("1302696151199001", .epochMicroseconds) == Self.base + 199_001)
        #expect(read("-1", .epochSeconds) == -1_000_000)
        #expect(read("999999999999999999", .epochSeconds) == nil)
        #expect(read("12a", .epochSeconds) == nil)
    }

    @Test func givesTimesWithoutAZoneTheZoneTold() throws {
        let amsterdam = try ZoneRule("Europe/Amsterdam")
        #expect(read("2020-07-01 12:00", .iso8601, amsterdam) == read("2020-07-01T10:00:00Z"))
        #expect(read("2020-01-01 12:00", .iso8601, amsterdam) == read("2020-01-01T11:00:00Z"))
        // Written with a zone: the zone told does not matter.
        #expect(read("2020-01-01T12:00:00Z", .iso8601, amsterdam) == read("2020-01-01T12:00:00Z"))
        #expect(read("2020-01-01 12:00:00", .iso8601, try ZoneRule("-05:30")) == read("2020-01-01T17:30:00Z"))
    }

    @Test func readsTheHourThatHappenedTwiceAsTheFirst() throws {
        let amsterdam = try ZoneRule("Europe/Amsterdam")
        // 2020-10-25: 03:00 summer time is followed by 02:00 winter time.
        #expect(read("2020-10-25 02:30:00", .iso8601, amsterdam) == read("2020-10-25T00:30:00Z"))
        #expect(read("2020-10-25 03:00:00", .iso8601, amsterdam) == read("2020-10-25T02:00:00Z"))
        // 2020-03-29: 02:00 to 03:00 did not happen.
        #expect(read("2020-03-29 02:30:00", .iso8601, amsterdam) == read("2020-03-29T01:30:00Z"))
        #expect(read("2020-03-29 01:59:59", .iso8601, amsterdam) == read("2020-03-29T00:59:59Z"))
    }

    @Test(arguments: ["Europe/Atlantis", "", "+1", "+25:00"])
    func refusesAZoneThatIsNone(_ name: String) {
        #expect(throws: FormatError.unknownTimeZone(name)) { try ZoneRule(name) }
    }

    @Test func refusesAFormatThatIsNone() {
        #expect(throws: FormatError.unknownTimeFormat("dd/mm/yyyy")) { try TimeFormat(named: "dd/mm/yyyy") }
    }
}
