/// Which days count, as data: a week, holiday rules, and days closed once.
///
/// Adding and counting follow numpy's `busday_offset` and `busday_count`. Every answer is a table look-up. Outside
/// `years` the calendar has no answer (nil): a date it knows nothing about is not a workday by guess.
package struct BusinessCalendar: Sendable {
    package let years: ClosedRange<Int>
    /// Days that are off for a holiday or a closure, ascending; also those on a weekend.
    package let daysOff: [CalendarDay]
    private let first: Int
    /// Business days before each day, one entry a day and one past the end.
    private let before: [Int32]
    private let workdays: [Int32]

    /// The United States federal government, Monday to Friday.
    package static let usFederal = BusinessCalendar(rules: HolidayRule.usFederal)

    /// `workweek`: seven flags from Monday. Years outside 1-9998 are cut off; more than 400 years are cut to 400.
    package init(
        rules: [HolidayRule], closures: [CalendarDay] = [],
        workweek: [Bool] = [true, true, true, true, true, false, false], years: ClosedRange<Int> = 1978...2120
    ) {
        let lower = min(max(1, years.lowerBound), 9998)
        let upper = min(max(lower, min(years.upperBound, 9998)), lower + 399)
        self.years = lower...upper
        let start = CalendarDay(year: lower, month: 1, day: 1)?.number ?? 0
        let end = CalendarDay(year: upper, month: 12, day: 31)?.number ?? start
        first = start
        var off = Set(closures.map(\.number))
        for year in lower...(upper + 1) {
            for rule in rules { if let day = rule.observed(in: year) { off.insert(day.number) } }
        }
        daysOff = off.filter { (start...end).contains($0) }.sorted().map { CalendarDay(number: $0) }
        var before: [Int32] = []
        var workdays: [Int32] = []
        before.reserveCapacity(end - start + 2)
        for number in start...end {
            before.append(Int32(workdays.count))
            let weekday = CalendarDay(number: number).weekday
            if weekday < workweek.count, workweek[weekday], !off.contains(number) {
                workdays.append(Int32(number - start))
            }
        }
        before.append(Int32(workdays.count))
        self.before = before
        self.workdays = workdays
    }

    private func offset(of day: CalendarDay) -> Int? {
        let (offset, overflow) = day.number.subtractingReportingOverflow(first)
        return !overflow && offset >= 0 && offset < before.count - 1 ? offset : nil
    }

    /// Nil outside the years covered.
    package func isBusinessDay(_ day: CalendarDay) -> Bool? {
        offset(of: day).map { before[$0 + 1] > before[$0] }
    }

    /// The day `count` business days after `day`. A start that is no business day first rolls forward (back for a
    /// negative count). Nil when it leaves the years covered.
    package func adding(_ count: Int, to day: CalendarDay) -> CalendarDay? {
        guard let offset = offset(of: day) else { return nil }
        // Forward: the first workday at or after the start; backward: the last one at or before it.
        let start = count >= 0 ? Int(before[offset]) : Int(before[offset + 1]) - 1
        let (index, overflow) = start.addingReportingOverflow(count)
        guard !overflow, workdays.indices.contains(index) else { return nil }
        return CalendarDay(number: first + Int(workdays[index]))
    }

    /// Business days in [from, to); negative, over (to, from], when `to` comes first. Nil outside the years covered.
    package func count(from: CalendarDay, to: CalendarDay) -> Int? {
        guard let start = offset(of: from), let end = offset(of: to) else { return nil }
        if start <= end { return Int(before[end]) - Int(before[start]) }
        return Int(before[end + 1]) - Int(before[start + 1])
    }

    /// Days off observed in one calendar year, ascending.
    package func daysOff(in year: Int) -> [CalendarDay] { daysOff.filter { $0.components.year == year } }
}
