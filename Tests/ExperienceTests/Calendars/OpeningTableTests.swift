import Experience
import Testing

/// Budgets used up by searching end where walking every stretch of opening would end them.
@Suite struct OpeningTableTests {
    static let calendars: [WorkingCalendar] = {
        let federal = CalendarSet.standard[.usFederal]!
        var split = CalendarDefinition(
            id: Slug("split")!, zone: "America/New_York",
            week: Array(repeating: [DailySpan("01:30-02:30")!, DailySpan("13:00-24:00")!], count: 6) + [[]])
        split.closures = [
            .init(date: CivilDate("2026-03-10")!, name: "storm"),
            .init(date: CivilDate("2026-11-03")!, hours: DailySpan("14:00-16:00")!, name: "count"),
        ]
        split.openings = [.init(date: CivilDate("2026-03-15")!, hours: [DailySpan("09:00-10:00")!], name: "rush")]
        // A whole local day was skipped here at the end of 2011.
        let apia = CalendarDefinition(
            id: Slug("apia")!, zone: "Pacific/Apia",
            week: Array(repeating: [DailySpan("00:00-24:00")!], count: 5) + [[], []])
        return [federal] + [split, apia].compactMap { try? WorkingCalendar($0) }
    }()

    /// Starts spread over the table, its edges, clock changes and the skipped day.
    static let starts: [Instant] = [
        "1999-12-20T10:00:00Z", "2000-01-03T15:00:00Z", "2011-12-28T12:00:00Z", "2026-03-05T22:30:00Z",
        "2026-10-29T06:15:00Z", "2026-11-02T19:00:00Z", "2049-11-20T15:00:00Z", "2051-02-03T15:00:00Z",
    ].compactMap { Instant(rfc3339: $0) }

    /// The last moments of opening, day by day, from the day of a moment on.
    static func closings(_ calendar: WorkingCalendar, from start: Instant, days: Int) -> [Int64] {
        let first = calendar.date(of: start)
        return (0..<days).map { first.adding(days: $0) }.filter(calendar.isWorkingDay)
            .map { calendar.endOfDay($0).microseconds }
    }

    static func stands(_ moment: Int64, _ pauses: [(start: Int64, end: Int64)]) -> Bool {
        pauses.contains { $0.start <= moment && moment < $0.end }
    }

    @Test(arguments: calendars.indices, starts)
    func budgetsEndWhereWalkingEndsThem(calendar index: Int, start: Instant) throws {
        let calendar = Self.calendars[index]
        var random = SplitMix(seed: UInt64(index) &* 31 &+ UInt64(bitPattern: start.microseconds))
        for _ in 0..<60 {
            let start = start.advanced(by: Int64(random.next() % UInt64(9 * Instant.day)))
            let days = Int(random.next() % 25)
            var cursor = start.microseconds
            var pauses: [(start: Int64, end: Int64)] = []
            for _ in 0..<random.next() % 3 {
                let from = cursor + Int64(random.next() % UInt64(6 * Instant.day))
                let to = from + 1 + Int64(random.next() % UInt64(5 * Instant.day))
                pauses.append((from, to))
                cursor = to + 1
            }
            var clock = PromiseClock()
            let calendars = CalendarSet([calendar])
            let terms = PromiseTerms(
                budget: .workingDays(days), calendar: calendar.reference, probability: 0.9, basis: "declared standard")
            try clock.apply(.armed(terms), at: start, calendars: calendars)
            for (number, pause) in pauses.enumerated() {
                let id = "p\(number)"
                try clock.apply(
                    .paused(id: id, waitingFor: .person, holder: nil), at: Instant(microseconds: pause.start),
                    calendars: calendars)
                try clock.apply(
                    .resumed(pauseID: id), at: Instant(microseconds: pause.end), calendars: calendars)
            }
            let counted = Self.closings(calendar, from: start, days: 120)
                .filter { $0 > start.microseconds && !Self.stands($0, pauses) }
            #expect(clock.lastDue?.microseconds == counted[days])

            let end = Instant(microseconds: start.microseconds + 40 * Instant.day)
            let open = calendar.openIntervals(from: start, to: end)
            let total = open.reduce(into: Int64(0)) { $0 += $1.end - $1.start }
            #expect(calendar.elapsed(from: start, to: end) == total)
            let part = 1 + Int64(random.next() % UInt64(total))
            var left = part
            let reached = open.first { stretch in
                if stretch.end - stretch.start >= left { return true }
                left -= stretch.end - stretch.start
                return false
            }
            let due = calendar.instant(after: .workingTime(microseconds: part), from: start)
            #expect(due?.microseconds == (try #require(reached)).start + left)
        }
    }
}
