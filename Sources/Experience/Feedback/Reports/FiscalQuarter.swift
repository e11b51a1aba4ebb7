/// A quarter of the federal fiscal year, which begins on 1 October of the year before: FY2021Q2 is January to March 2021.
package struct FiscalQuarter: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The fiscal year, named after the calendar year in which it ends.
    package let year: Int
    /// 1 to 4.
    package let quarter: Int

    /// Nil outside the fiscal years 1900 to 2200 and the quarters 1 to 4.
    package init?(year: Int, quarter: Int) {
        guard (1900...2200).contains(year), (1...4).contains(quarter) else { return nil }
        self.year = year
        self.quarter = quarter
    }

    /// "FY2021Q2", in capitals or small letters, with or without the "FY"; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var rest = Substring(text.uppercased())
        if rest.hasPrefix("FY") { rest = rest.dropFirst(2) }
        let parts = rest.split(separator: "Q", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 1,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let quarter = Int(parts[1])
        else { return nil }
        self.init(year: year, quarter: quarter)
    }

    /// The quarter a day lies in; days outside the years kept are held at the ends.
    package init(containing day: CivilDate) {
        let parts = day.components
        year = min(2200, max(1900, parts.month >= 10 ? parts.year + 1 : parts.year))
        quarter = (parts.month + 2) % 12 / 3 + 1
    }

    /// The quarter a moment lies in, by the clocks of a zone; nil when there is no such zone.
    package init?(containing instant: Instant, zone: String) {
        guard let offsets = ZoneOffsets.named(zone) else { return nil }
        self.init(
            containing: CivilDate(utc: instant.advanced(by: offsets.offset(at: instant.microseconds))))
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let quarter = FiscalQuarter(text) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: "“\(text.prefix(20))” is no quarter like FY2021Q2"
                ))
        }
        self = quarter
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The calendar year in which the quarter begins, and ends.
    private var calendarYear: Int { quarter == 1 ? year - 1 : year }

    package var firstDay: CivilDate {
        CivilDate(year: calendarYear, month: [10, 1, 4, 7][quarter - 1], day: 1) ?? CivilDate(daysSince1970: 0)
    }

    package var lastDay: CivilDate { next.firstDay.adding(days: -1) }

    /// The last day on which its report is on time: 30 days after the quarter ended.
    package var due: CivilDate { lastDay.adding(days: 30) }

    /// From the first moment of the first day up to, not with, the first moment of the next quarter, by the clocks of a
    /// zone. Nil when there is no such zone.
    package func bounds(in zone: String) -> Range<Instant>? {
        guard let offsets = ZoneOffsets.named(zone) else { return nil }
        func start(_ day: CivilDate) -> Instant {
            Instant(microseconds: offsets.instant(local: day.startUTC.microseconds))
        }
        return start(firstDay)..<start(next.firstDay)
    }

    /// The quarter after; the last one kept is followed by one that only its first day is asked of.
    package var next: FiscalQuarter {
        quarter == 4 ? FiscalQuarter(uncheckedYear: year + 1, 1) : FiscalQuarter(uncheckedYear: year, quarter + 1)
    }

    package var previous: FiscalQuarter {
        quarter == 1 ? FiscalQuarter(uncheckedYear: year - 1, 4) : FiscalQuarter(uncheckedYear: year, quarter - 1)
    }

    private init(uncheckedYear year: Int, _ quarter: Int) {
        self.year = year
        self.quarter = quarter
    }

    package static func < (a: FiscalQuarter, b: FiscalQuarter) -> Bool { (a.year, a.quarter) < (b.year, b.quarter) }

    package var description: String { "FY\(year)Q\(quarter)" }
}

extension CivilDate {
    /// The first moment of the day by the clocks of a zone; of a zone nobody knows, by UTC.
    package func start(in zone: String) -> Instant {
        guard let offsets = ZoneOffsets.named(zone) else { return startUTC }
        return Instant(microseconds: offsets.instant(local: startUTC.microseconds))
    }
}
