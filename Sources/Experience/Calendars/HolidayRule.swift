/// A day closed every year, as a rule rather than a list of dates.
package struct HolidayRule: Sendable, Hashable {
    package enum Day: Sendable, Hashable {
        /// The same month and day each year. 29 February is skipped in common years.
        case fixed(month: Int, day: Int, observed: Observance)
        /// The nth (1…5, or −1 last … −5) ISO weekday (1 Monday … 7 Sunday) of a month, then `offset` days on: the
        /// day after Thanksgiving is the 4th Thursday of November with offset 1.
        case nthWeekday(nth: Int, weekday: Int, month: Int, offset: Int)
        /// Days after (negative: before) Western Easter Sunday: Good Friday is −2.
        case easter(offset: Int)
    }

    /// What happens when a fixed day falls on a weekend.
    package enum Observance: String, Sendable, Hashable, Codable {
        /// Nothing: it is kept on the day itself.
        case onTheDay = "on_the_day"
        /// Saturday is kept on the Friday before, Sunday on the Monday after (5 U.S.C. 6103(b), E.O. 11582).
        case nearestWeekday = "nearest_weekday"
        /// Sunday is kept on Monday; Saturday gives no other day (Inauguration Day, 5 U.S.C. 6103(c)).
        case mondayIfSunday = "monday_if_sunday"
    }

    package var name: String
    package var day: Day
    /// First and last calendar year of the rule, both included; nil = without bound.
    package var firstYear: Int?
    package var lastYear: Int?
    /// Only years whose remainder by `every` equals `phase`: every 4, phase 1 is the year after a US election.
    package var every: Int
    package var phase: Int

    package init(
        _ name: String, _ day: Day, from firstYear: Int? = nil, until lastYear: Int? = nil, every: Int = 1,
        phase: Int = 0
    ) {
        self.name = name
        self.day = day
        self.firstYear = firstYear
        self.lastYear = lastYear
        self.every = every
        self.phase = phase
    }

    /// The day off that belongs to `year`; it can lie in the year before (a Saturday 1 January is observed on
    /// 31 December). Nil when the rule has none that year.
    package func date(year: Int) -> CivilDate? {
        if let firstYear, year < firstYear { return nil }
        if let lastYear, year > lastYear { return nil }
        if every > 1, ((year % every) + every) % every != phase { return nil }
        switch day {
        case .fixed(let month, let dayOfMonth, let observed):
            guard let date = CivilDate(year: year, month: month, day: dayOfMonth) else { return nil }
            switch (observed, date.weekday) {
            case (.nearestWeekday, 6): return date.adding(days: -1)
            case (.nearestWeekday, 7), (.mondayIfSunday, 7): return date.adding(days: 1)
            default: return date
            }
        case .nthWeekday(let nth, let weekday, let month, let offset):
            return HolidayRule.nthWeekday(nth, weekday, month: month, year: year)?.adding(days: offset)
        case .easter(let offset):
            return HolidayRule.easter(year: year)?.adding(days: offset)
        }
    }

    package static func nthWeekday(_ nth: Int, _ weekday: Int, month: Int, year: Int) -> CivilDate? {
        guard (1...12).contains(month), (1...7).contains(weekday), nth != 0, (-5...5).contains(nth) else { return nil }
        let length = CivilDate.days(inMonth: month, year: year)
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        let day: Int
        if nth > 0 {
            day = 1 + (weekday - first.weekday + 7) % 7 + 7 * (nth - 1)
        } else {
            let last = first.adding(days: length - 1)
            day = length - (last.weekday - weekday + 7) % 7 + 7 * (nth + 1)
        }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8).
    package static func easter(year: Int) -> CivilDate? {
        guard year > 1582 else { return nil }
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let g = (8 * b + 13) / 25
        let h = (19 * a + b - b / 4 - g + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return CivilDate(year: year, month: n / 31, day: n % 31 + 1)
    }

    package func check() throws(CalendarProblem) {
        if every < 1 || phase < 0 || phase >= every {
            throw .badRule(name: name, why: "“every” must be at least 1 and “phase” below it")
        }
        switch day {
        case .fixed(let month, let day, _):
            guard CivilDate(year: 2000, month: month, day: day) != nil else {
                throw .badRule(name: name, why: "there is no day \(day) in month \(month)")
            }
        case .nthWeekday(let nth, let weekday, let month, let offset):
            guard (1...12).contains(month), (1...7).contains(weekday), nth != 0, (-5...5).contains(nth),
                (-31...31).contains(offset)
            else {
                throw .badRule(
                    name: name, why: "nth is 1–5 or −1–−5, weekday 1–7, month 1–12, offset within 31 days")
            }
        case .easter(let offset):
            guard (-200...200).contains(offset) else {
                throw .badRule(name: name, why: "the offset from Easter must lie within 200 days")
            }
        }
    }
}
