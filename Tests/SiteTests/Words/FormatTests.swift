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
}
