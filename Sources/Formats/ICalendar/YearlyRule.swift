import Experience

/// RRULE:FREQ=YEARLY with the parts holidays use. Nil for anything else, so that no rule is half understood.
struct YearlyRule: Sendable {
    private var interval = 1
    private var count: Int?
    private var until: CivilDate?
    private var months: [Int] = []
    private var monthDays: [Int] = []
    private var weekdays: [(nth: Int, weekday: Int)] = []
    private let start: CivilDate

    private static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    init?(_ text: String, start: CivilDate) {
        self.start = start
        var isYearly = false
        for part in text.uppercased().split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            let values = pair[1].split(separator: ",")
            switch pair[0] {
            case "FREQ": isYearly = pair[1] == "YEARLY"
            case "INTERVAL":
                guard let value = Int(pair[1]), (1...400).contains(value) else { return nil }
                interval = value
            case "COUNT":
                guard let value = Int(pair[1]), value > 0 else { return nil }
                count = value
            case "UNTIL":
                guard let value = FeedTime(pair[1], zone: nil)?.date else { return nil }
                until = value
            case "BYMONTH":
                months = values.compactMap { Int($0) }.filter { (1...12).contains($0) }
                guard months.count == values.count else { return nil }
            case "BYMONTHDAY":
                monthDays = values.compactMap { Int($0) }.filter { $0 != 0 && (-31...31).contains($0) }
                guard monthDays.count == values.count else { return nil }
            case "BYDAY":
                for value in values {
                    guard value.count > 2, let weekday = YearlyRule.names.firstIndex(of: String(value.suffix(2))),
                        let nth = Int(value.dropLast(2)), nth != 0, (-5...5).contains(nth)
                    else { return nil }
                    weekdays.append((nth, weekday + 1))
                }
            case "WKST": continue
            default: return nil
            }
        }
        guard isYearly, monthDays.isEmpty || weekdays.isEmpty, weekdays.isEmpty || !months.isEmpty else { return nil }
    }

    func dates(_ years: ClosedRange<Int>) -> [CivilDate] {
        var found: [CivilDate] = []
        var year = start.year
        var given = 0
        while year <= years.upperBound {
            for date in dates(in: year).sorted() where date >= start {
                if let until, date > until { return found }
                if let count, given >= count { return found }
                given += 1
                if year >= years.lowerBound { found.append(date) }
            }
            year += interval
        }
        return found
    }

    private func dates(in year: Int) -> [CivilDate] {
        let months = months.isEmpty ? [start.month] : months
        return months.flatMap { month -> [CivilDate] in
            if !weekdays.isEmpty {
                return weekdays.compactMap { HolidayRule.nthWeekday($0.nth, $0.weekday, month: month, year: year) }
            }
            let days = monthDays.isEmpty ? [start.day] : monthDays
            let length = CivilDate.days(inMonth: month, year: year)
            return days.compactMap { day in
                CivilDate(year: year, month: month, day: day > 0 ? day : length + 1 + day)
            }
        }
    }
}
