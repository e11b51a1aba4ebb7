/// A holiday that comes every year, as data: which day, from which year on, and what happens on a weekend.
package struct HolidayRule: Sendable, Hashable, Codable {
    package enum Occurrence: Sendable, Hashable, Codable {
        case fixed(month: Int, day: Int)
        /// The n-th (1-5) weekday (0 Monday) of a month; n = -1 is the last.
        case weekday(Int, ordinal: Int, month: Int)
    }

    package enum Observance: String, Sendable, Codable {
        case onTheDay
        /// Saturday moves to Friday, Sunday to Monday (5 U.S.C. 6103, Executive Order 11582).
        case nearestWorkday
        /// Sunday moves to Monday; a Saturday stays.
        case sundayToMonday
        /// Nothing is given back for a holiday on a weekend.
        case none
    }

    package let name: String
    package let occurrence: Occurrence
    package let observance: Observance
    /// First and last year it exists, nil open.
    package let firstYear: Int?
    package let lastYear: Int?
    /// Every so many years, counted from `firstYear`.
    package let interval: Int

    package init(
        _ name: String, _ occurrence: Occurrence, observance: Observance = .nearestWorkday, firstYear: Int? = nil,
        lastYear: Int? = nil, interval: Int = 1
    ) {
        self.name = name
        self.occurrence = occurrence
        self.observance = observance
        self.firstYear = firstYear
        self.lastYear = lastYear
        self.interval = max(1, interval)
    }

    /// The day it is observed for `year`; it can fall into the year before (1 January on a Saturday). Nil when it
    /// does not exist then.
    package func observed(in year: Int) -> CalendarDay? {
        guard (1...9999).contains(year) else { return nil }
        if let firstYear {
            guard firstYear >= 1, year >= firstYear, (year - firstYear).isMultiple(of: max(1, interval)) else {
                return nil
            }
        }
        if let lastYear, year > lastYear { return nil }
        guard let day = day(in: year) else { return nil }
        switch (observance, day.weekday) {
        case (.nearestWorkday, 5): return day.adding(days: -1)
        case (.nearestWorkday, 6), (.sundayToMonday, 6): return day.adding(days: 1)
        case (.none, 5), (.none, 6): return nil
        default: return day
        }
    }

    private func day(in year: Int) -> CalendarDay? {
        switch occurrence {
        case .fixed(let month, let day): return CalendarDay(year: year, month: month, day: day)
        case .weekday(let weekday, let ordinal, let month):
            guard (0...6).contains(weekday), (1...12).contains(month), ordinal == -1 || (1...5).contains(ordinal) else {
                return nil
            }
            let length = CalendarDay.daysIn(month: month, year: year)
            guard let first = CalendarDay(year: year, month: month, day: 1) else { return nil }
            let offset = (weekday - first.weekday + 7) % 7
            let day = ordinal == -1 ? 1 + offset + (length - 1 - offset) / 7 * 7 : 1 + offset + 7 * (ordinal - 1)
            guard (1...length).contains(day) else { return nil }
            return CalendarDay(year: year, month: month, day: day)
        }
    }
}

extension HolidayRule {
    /// The eleven federal holidays of the United States, right from 1978 on. Inauguration Day and days closed by
    /// executive order are not rules: add them as closures, or `inaugurationDay` where it applies.
    package static let usFederal: [HolidayRule] = [
        HolidayRule("New Year’s Day", .fixed(month: 1, day: 1)),
        HolidayRule("Birthday of Martin Luther King, Jr.", .weekday(0, ordinal: 3, month: 1), firstYear: 1986),
        HolidayRule("Washington’s Birthday", .weekday(0, ordinal: 3, month: 2)),
        HolidayRule("Memorial Day", .weekday(0, ordinal: -1, month: 5)),
        HolidayRule("Juneteenth National Independence Day", .fixed(month: 6, day: 19), firstYear: 2021),
        HolidayRule("Independence Day", .fixed(month: 7, day: 4)),
        HolidayRule("Labor Day", .weekday(0, ordinal: 1, month: 9)),
        HolidayRule("Columbus Day", .weekday(0, ordinal: 2, month: 10)),
        HolidayRule("Veterans Day", .fixed(month: 11, day: 11)),
        HolidayRule("Thanksgiving Day", .weekday(3, ordinal: 4, month: 11)),
        HolidayRule("Christmas Day", .fixed(month: 12, day: 25)),
    ]

    /// 20 January every fourth year (Monday when it is a Sunday), for the Washington, D.C. area only (5 U.S.C.
    /// 6103(c)).
    package static let inaugurationDay = HolidayRule(
        "Inauguration Day", .fixed(month: 1, day: 20), observance: .sundayToMonday, firstYear: 1965, interval: 4)
}
