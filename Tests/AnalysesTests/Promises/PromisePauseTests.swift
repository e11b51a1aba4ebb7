import Analyses
import Experience
import Testing

/// A service in which every fifth person is asked for something and takes weeks to answer: its clock stands still
/// meanwhile, and the promised date moves with it.
@Suite struct PromisePauseTests {
    static let today = CivilDate("2026-10-26")!
    static let calendar = CalendarSet.standard[.weekdays]!
    static let rule = ServiceDefinition.PromiseRule(
        from: Slug("filed")!, to: Slug("issued")!, calendar: .weekdays, standard: .workingDays(30), probability: 0.95)

    /// Working days after a day of the calendar, at ten in the morning of New York.
    private static func at(_ steps: Int, after day: CivilDate) -> Instant {
        var (at, left) = (day, steps)
        while left > 0 {
            at = at.adding(days: 1)
            if calendar.isWorkingDay(at) { left -= 1 }
        }
        return calendar.startOfDay(at).advanced(by: 10 * Instant.hour)
    }

    /// Five to twenty working days of the office's own time; of every fifth request a wait of 15 to 34 more.
    ///
    /// - Parameter tells: whether the table holds what the waits cost.
    static func table(tells: Bool) throws -> (table: JourneyTable, own: [Int]) {
        var table = JourneyTable(cohortNames: [])
        var own: [Int] = []
        var random = PromiseRandom(state: 3)
        for number in 0..<800 {
            var day = today.adding(days: -420 + number * 410 / 800)
            while !calendar.isWorkingDay(day) { day = day.adding(days: 1) }
            let steps = 5 + Int(random.next() % 16)
            let wait = number % 5 == 0 ? 15 + Int(random.next() % 20) : 0
            var clock = PromiseClock()
            func add(_ entry: PromiseEntry, _ steps: Int) throws {
                let time = at(steps, after: day)
                guard calendar.date(of: time) < today else { return }
                try clock.apply(entry, at: time, calendars: .standard)
            }
            try add(
                .armed(
                    PromiseTerms(
                        budget: .workingDays(30), calendar: calendar.reference, probability: 0.95, basis: "standard")),
                0)
            if wait > 0 {
                try add(.paused(id: "w", waitingFor: .person, holder: nil), 3)
                try add(.resumed(pauseID: "w"), 3 + wait)
            }
            try add(.met, steps + wait)
            let opened = at(0, after: day).microseconds
            var line = JourneyTable.Line(journey: "j\(number)", opened: opened, lastOccurred: opened)
            line.promise = .init(clock.state)
            line.firstDue = clock.firstDue?.microseconds ?? JourneyTable.none
            line.lastDue = line.firstDue
            line.settled = clock.endedAt?.microseconds ?? JourneyTable.notYet
            if tells {
                line.movedFrom = clock.movedFrom?.microseconds ?? JourneyTable.none
                line.waitingSince = clock.waitingSince?.microseconds ?? JourneyTable.none
            }
            _ = table.append(line)
            own.append(steps)
        }
        return (table, own)
    }

    private static func model(_ table: JourneyTable) -> PromiseModel {
        PromiseModel.build(
            history: table.promiseHistory(rule, calendar: calendar, today: today), today: today, calendar: calendar)
    }

    private static func days(_ quote: PromiseQuote) throws -> Int {
        guard case .workingDays(let days)? = quote.budget else { throw PromiseProblem.notArmed }
        return days
    }

    @Test func theQuoteIsOfTheTimeThePromiseIsJudgedBy() throws {
        let (table, own) = try Self.table(tells: true)
        let quote = Self.model(table).quote([:], at: Self.at(0, after: Self.today))
        let days = try Self.days(quote)
        #expect((18...21).contains(days))
        #expect(Double(own.count { $0 <= days }) > 0.93 * Double(own.count))
        let whole = try Self.days(
            Self.model(try Self.table(tells: false).table).quote([:], at: Self.at(0, after: Self.today)))
        #expect(whole > 30)
    }

    @Test func theDatesBesideItAreOfTheWholeTimeAndNeverAfterIt() throws {
        let quote = Self.model(try Self.table(tells: true).table).quote([:], at: Self.at(0, after: Self.today))
        let due = try #require(quote.due)
        // Most requests wait for nobody, and take twenty days at the most.
        #expect(try #require(quote.likely) <= due)
        // Nine of ten take weeks, by the calendar on the wall: more than the promise, whose date moves.
        #expect(quote.nearlyAll == nil)
    }

    @Test func aWaitBehindARequestMakesItNoLikelierToBreak() throws {
        let model = Self.model(try Self.table(tells: true).table)
        let monday = try #require(CivilDate("2026-09-14"))
        let start = Self.at(0, after: monday)
        func date(_ steps: Int) -> CivilDate { Self.calendar.date(of: Self.at(steps, after: monday)) }
        let plain = try #require(
            model.risk([:], since: start, due: date(15), now: Self.at(9, after: monday)))
        let given = Self.calendar.endOfDay(date(15))
        let moved = Self.calendar.endOfDay(date(25))
        let waited = try #require(
            model.risk(
                [:], since: start, still: StillTime(given: given, due: moved, waitingSince: nil), due: date(25),
                now: Self.at(19, after: monday)))
        #expect(plain > 0.1 && plain < 0.9)
        #expect(waited == plain)
        let again = model.requote(
            [:], since: start, still: StillTime(given: given, due: moved, waitingSince: nil),
            now: Self.at(19, after: monday))
        #expect(try #require(again.due) <= date(32))
    }
}
