import Experience
import Site
import Testing

@Suite struct FormatTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (1_234, "1,234"), (-1_234_567, "−1,234,567"), (Int.min, "−9,223,372,036,854,775,808"),
    ])
    func groupsThousands(number: Int, text: String) { #expect(NumberText.whole(number) == text) }

    @Test(
        arguments: [
            (1.0, 1, "1"), (1.25, 1, "1.3"), (0.05, 1, "0.1"), (0.04, 1, "0"), (1234.5, 1, "1,234.5"), (-0.04, 1, "0"),
            (2.999, 2, "3"), (.nan, 1, "–"), (.infinity, 1, "–"), (1e300, 1, "–"),
        ] as [(Double, Int, String)])
    func cutsDecimals(number: Double, places: Int, text: String) {
        #expect(NumberText.decimal(number, places: places) == text)
    }

    @Test(arguments: [(0.0, "0%"), (1.0, "100%"), (0.914, "91%"), (0.042, "4.2%"), (0.9961, "99.6%")])
    func keepsSmallAndNearlyWholeSharesApartFromZeroAndAll(share: Double, text: String) {
        #expect(NumberText.share(share, spaced: false) == text)
    }

    @Test func saysDatesAndSpansInBothLanguages() throws {
        let english = Format(words: Words(language: .en, table: try WordsTests.table("en")), zone: "America/New_York")
        let spanish = Format(words: Words(language: .es, table: try WordsTests.table("es")), zone: "America/New_York")
        let date = try #require(CivilDate(year: 2026, month: 4, day: 14))
        #expect(english.longDate(date) == "Tuesday, April 14, 2026")
        #expect(spanish.longDate(date) == "martes, 14 de abril de 2026")
        let late = try #require(Instant(rfc3339: "2026-04-15T03:05:00Z"))
        #expect(english.moment(late) == "Apr 14, 2026, 11:05\u{A0}pm")
        #expect(spanish.moment(late) == "14 abr 2026, 23:05")
        #expect(english.span(seconds: 86_400 * 3) == "3 days")
        #expect(english.span(seconds: 3_600) == "60 minutes")
        #expect(spanish.span(seconds: 7_200) == "2 horas")
        #expect(english.span(seconds: .nan) == "–")
    }

    @Test(arguments: [(92.7, 1, "92.7"), (95.0, 1, "95.0"), (0.0, 2, "0.00"), (1_234.5, 0, "1,235"), (.nan, 1, "–")])
    func keepsAsManyDecimalsAsAsked(number: Double, places: Int, text: String) {
        #expect(NumberText.fixed(number, places: places) == text)
    }

    @Test(
        arguments: [
            (0.927, 0.95, .share, "between 92.7% and 95.0%"), (0.4, 0.6, .share, "between 40% and 60%"),
            (0.95, 0.995, .share, "between 95.0% and 99.5%"), (3.9, 4.0, .score, "between 3.90 and 4.00"),
            (9.5, 11.2, .days, "between 10 and 11 days"), (13.6, 14.2, .days, "between 13.6 and 14.2 days"),
            (1_800, 9_000, .seconds, "between 0.5 and 2.5 hours"),
        ] as [(Double, Double, ShownFigure.Unit, String)])
    func bothEndsOfAnIntervalHaveOneUnitAndOnePrecision(
        low: Double, high: Double, unit: ShownFigure.Unit, text: String
    ) throws {
        let english = Format(words: Words(language: .en, table: try WordsTests.table("en")), zone: "America/New_York")
        #expect(english.interval(low, high, unit) == text)
    }
}
