extension HolidayRule {
    /// The legal public holidays of the United States (5 U.S.C. 6103(a)), with the years since which each is kept on
    /// its present day and the observed day of E.O. 11582 for weekends.
    package static let unitedStates: [HolidayRule] = [
        HolidayRule("New Year’s Day", .fixed(month: 1, day: 1, observed: .nearestWeekday)),
        HolidayRule("Birthday of Martin Luther King, Jr.", nth(3, 1, 1), from: 1986),
        HolidayRule("Washington’s Birthday", nth(3, 1, 2), from: 1971),
        HolidayRule("Memorial Day", nth(-1, 1, 5), from: 1971),
        HolidayRule(
            "Juneteenth National Independence Day", .fixed(month: 6, day: 19, observed: .nearestWeekday), from: 2021),
        HolidayRule("Independence Day", .fixed(month: 7, day: 4, observed: .nearestWeekday)),
        HolidayRule("Labor Day", nth(1, 1, 9)),
        HolidayRule("Columbus Day", nth(2, 1, 10), from: 1971),
        HolidayRule("Veterans Day", nth(4, 1, 10), from: 1971, until: 1977),
        HolidayRule("Veterans Day", .fixed(month: 11, day: 11, observed: .nearestWeekday), from: 1978),
        HolidayRule("Thanksgiving Day", nth(4, 4, 11)),
        HolidayRule("Christmas Day", .fixed(month: 12, day: 25, observed: .nearestWeekday)),
    ]

    /// Inauguration Day, kept in and around Washington, D.C. only (5 U.S.C. 6103(c)).
    package static let inauguration: [HolidayRule] = [
        HolidayRule(
            "Inauguration Day", .fixed(month: 1, day: 20, observed: .mondayIfSunday), from: 1965, every: 4, phase: 1)
    ]

    /// Days many states add: a calendar names them one by one where its own state keeps others.
    package static let stateExtras: [HolidayRule] = [
        HolidayRule("Election Day", .nthWeekday(nth: 1, weekday: 1, month: 11, offset: 1), every: 2),
        HolidayRule("Day after Thanksgiving", .nthWeekday(nth: 4, weekday: 4, month: 11, offset: 1)),
    ]

    /// Names a calendar definition can put under `holidays`.
    package static let sets: [String: [HolidayRule]] = [
        "us-federal": unitedStates, "us-inauguration": inauguration, "us-state-extras": stateExtras,
    ]

    private static func nth(_ nth: Int, _ weekday: Int, _ month: Int) -> Day {
        .nthWeekday(nth: nth, weekday: weekday, month: month, offset: 0)
    }
}
