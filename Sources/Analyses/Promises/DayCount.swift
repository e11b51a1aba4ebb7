package import Experience

/// Working days counted by table, for a model that measures durations in them.
///
/// Days are counted after a start: the working days in (from, to]. Outside the table's span the nearest end holds.
package struct DayCount: Sendable {
    /// The day number (since 1970-01-01) of the table's first entry.
    package let first: Int
    /// Working days up to and including each day.
    private let through: [Int32]
    private let workdays: [Int32]

    /// Counts the calendar's working days from ten days before `from` until four years after `through`.
    package init(_ calendar: WorkingCalendar, from: Int, through last: Int) {
        self.init(from: from, through: last) { calendar.isWorkingDay(CivilDate(daysSince1970: $0)) }
    }

    /// Monday to Friday, no holidays.
    package static func weekdays(from: Int, through last: Int) -> DayCount {
        DayCount(from: from, through: last) { CivilDate(daysSince1970: $0).weekday <= 5 }
    }

    /// Every day counts.
    package static func everyDay(from: Int, through last: Int) -> DayCount {
        DayCount(from: from, through: last) { _ in true }
    }

    private init(from: Int, through last: Int, _ isWorking: (Int) -> Bool) {
        let start = min(max(from, -40_000), 100_000) - 10
        let end = min(max(last, start), start + 60_000) + 1_461
        first = start
        var through: [Int32] = []
        var workdays: [Int32] = []
        through.reserveCapacity(end - start + 1)
        for day in start...end {
            if isWorking(day) { workdays.append(Int32(day)) }
            through.append(Int32(workdays.count))
        }
        self.through = through
        self.workdays = workdays
    }

    private func count(_ day: Int) -> Int {
        Int(through[min(max(day - first, 0), through.count - 1)])
    }

    /// Working days in (from, to]; 0 when `to` is not after `from`.
    package func steps(from: Int, to: Int) -> Int { max(0, count(to) - count(from)) }

    /// The smallest n whose nth working day after `from` is `to` or later: what a promise must allow to keep an end on
    /// `to`. An end on a closed day needs the next working day; an end on the day of the start needs 0.
    package func needed(from: Int, to: Int) -> Int { to > from ? max(0, count(to - 1) - count(from)) + 1 : 0 }

    /// The nth working day after `from`; `from` itself for n ≤ 0, the last one known when the table ends before.
    package func day(_ n: Int, after from: Int) -> Int {
        guard n > 0, !workdays.isEmpty else { return from }
        return max(from, Int(workdays[min(count(from) + n - 1, workdays.count - 1)]))
    }
}
