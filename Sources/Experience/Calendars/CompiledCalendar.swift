import Synchronization

/// The rules of a calendar made ready for arithmetic. Immutable and shared by every copy of the calendar.
final class CompiledCalendar: Sendable {
    let zone: ZoneOffsets
    let week: [[DailySpan]]
    /// True when no moment is closed: arithmetic is then plain subtraction.
    let alwaysOpen: Bool
    private let rules: [HolidayRule]
    /// Bit d set = day d since 1970-01-01 is a holiday.
    private let holidays: [UInt64]
    private let exceptions: [Int: [DailySpan]]
    private let laidOut = Mutex<OpeningTable?>(nil)

    private static let years = 1970...2120
    private static let bits = 55_152
    /// Days outside 1890–2210 are held at the ends: the record refuses events there, and no rule means anything.
    private static let days = -29_200...87_700

    init(_ definition: CalendarDefinition) throws(CalendarProblem) {
        guard let zone = ZoneOffsets.named(definition.zone) else {
            throw .unknownZone(String(definition.zone.prefix(64)))
        }
        guard definition.week.count == 7 else { throw .overlappingSpans(weekday: definition.week.count) }
        var rules = definition.rules
        for name in definition.holidays {
            guard let set = HolidayRule.sets[name] else { throw .unknownHolidaySet(String(name.prefix(64))) }
            rules += set
        }
        for rule in rules { try rule.check() }
        var week: [[DailySpan]] = []
        for (weekday, spans) in definition.week.enumerated() {
            week.append(try CompiledCalendar.ordered(spans, weekday: weekday + 1))
        }
        var bitmap = [UInt64](repeating: 0, count: CompiledCalendar.bits / 64 + 1)
        for rule in rules {
            for year in CompiledCalendar.years.lowerBound...CompiledCalendar.years.upperBound + 1 {
                guard let day = rule.date(year: year)?.daysSince1970, (0..<CompiledCalendar.bits).contains(day) else {
                    continue
                }
                bitmap[day >> 6] |= 1 << UInt64(day & 63)
            }
        }
        self.zone = zone
        self.week = week
        self.rules = rules
        holidays = bitmap
        var exceptions: [Int: [DailySpan]] = [:]
        for closure in definition.closures where closure.hours == nil {
            exceptions[closure.date.daysSince1970] = []
        }
        for opening in definition.openings {
            let merged = (exceptions[opening.date.daysSince1970] ?? []) + opening.hours
            exceptions[opening.date.daysSince1970] =
                try CompiledCalendar.ordered(Array(Set(merged)), weekday: opening.date.weekday)
        }
        for closure in definition.closures {
            guard let hours = closure.hours else { continue }
            let day = closure.date.daysSince1970
            let isHoliday = (0..<CompiledCalendar.bits).contains(day) && bitmap[day >> 6] & 1 << UInt64(day & 63) != 0
            let open = exceptions[day] ?? (isHoliday ? [] : week[closure.date.weekday - 1])
            exceptions[day] = DailySpan.subtract(hours, from: open)
        }
        self.exceptions = exceptions
        alwaysOpen = rules.isEmpty && exceptions.isEmpty && week.allSatisfy { $0 == [.wholeDay] }
    }

    private static func ordered(_ spans: [DailySpan], weekday: Int) throws(CalendarProblem) -> [DailySpan] {
        let sorted = spans.sorted()
        for (a, b) in zip(sorted, sorted.dropFirst()) where a.end > b.start {
            throw .overlappingSpans(weekday: weekday)
        }
        return sorted
    }

    /// Made when first asked for.
    var openings: OpeningTable {
        laidOut.withLock { table in
            if let table { return table }
            let made = OpeningTable(self)
            table = made
            return made
        }
    }

    func spans(day: Int) -> [DailySpan] {
        if !exceptions.isEmpty, let spans = exceptions[day] { return spans }
        if isHoliday(day) { return [] }
        let weekday = (day + 3) % 7
        return week[weekday < 0 ? weekday + 7 : weekday]
    }

    private func isHoliday(_ day: Int) -> Bool {
        if day >= 0, day < CompiledCalendar.bits { return holidays[day >> 6] & 1 << UInt64(day & 63) != 0 }
        let date = CivilDate(daysSince1970: day)
        return rules.contains { rule in
            (date.year - 1...date.year + 1).contains { rule.date(year: $0) == date }
        }
    }

    func day(of moment: Int64) -> Int { Int(floorDivide(moment + zone.offset(at: moment), Instant.day)) }

    func midnight(day: Int) -> Int64 { zone.instant(local: Int64(day) * Instant.day) }

    func bounds(_ span: DailySpan, day: Int) -> (start: Int64, end: Int64) {
        let midnight = Int64(day) * Instant.day
        return (
            zone.instant(local: midnight + Int64(span.start) * Instant.minute),
            zone.instant(local: midnight + Int64(span.end) * Instant.minute)
        )
    }

    /// The last moment of opening on a day; nil when it does not open.
    func closing(day: Int) -> Int64? { spans(day: day).last.map { bounds($0, day: day).end } }

    static func clamp(day: Int) -> Int { min(max(day, days.lowerBound), days.upperBound) }

    static func clamp(_ moment: Int64) -> Int64 {
        min(max(moment, Int64(days.lowerBound) * Instant.day), Int64(days.upperBound) * Instant.day)
    }
}
