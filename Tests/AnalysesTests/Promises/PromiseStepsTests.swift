import Analyses
import Experience
import Statistics
import Testing

@Suite struct PromiseStepsTests {
    private func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    /// Two working days from a Monday; the person held it on Tuesday from 10 to 14; done on the Monday after.
    private func clock() throws -> PromiseClock {
        var clock = PromiseClock()
        let terms = PromiseTerms(
            budget: .workingDays(2), calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.9,
            basis: "standard")
        let calendars = CalendarSet.standard
        try clock.apply(.armed(terms), at: at("2026-05-11T10:00:00-04:00"), calendars: calendars)
        try clock.apply(
            .paused(id: "p", waitingFor: .person, holder: nil), at: at("2026-05-12T10:00:00-04:00"),
            calendars: calendars)
        try clock.apply(.resumed(pauseID: "p"), at: at("2026-05-12T14:00:00-04:00"), calendars: calendars)
        try clock.apply(
            .repromised(.budget(.workingDays(3)), reason: "backlog", told: true), at: at("2026-05-14T10:00:00-04:00"),
            calendars: calendars)
        try clock.apply(.met, at: at("2026-05-18T10:00:00-04:00"), calendars: calendars)
        return clock
    }

    @Test func theStretchesOfAPromiseAddUpToItsWholeClock() throws {
        let clock = try clock()
        let now = try at("2026-06-01T00:00:00Z")
        let lines = PromiseRecordLine.steps(
            journey: "j", clock: clock,
            reached: [
                ("filed", try at("2026-05-11T10:00:00-04:00")), ("printed", try at("2026-05-18T10:00:00-04:00")),
                ("checked", try at("2026-05-12T12:00:00-04:00")),
            ], rating: 3, now: now, calendars: .standard)
        #expect(lines.map { $0.groups["step"] } == ["filed", "checked", "printed"])
        let whole = try #require(
            PromiseRecordLine(
                journey: "j", clock: clock, groups: [:], rating: 3, now: now, calendars: .standard))
        var added: [ClockHolder?: Int64] = [:]
        for line in lines { added.merge(line.held, uniquingKeysWith: +) }
        #expect(added == whole.held)
        #expect(lines[0].held[.person] == 2 * Instant.hour && lines[1].held[.person] == 2 * Instant.hour)
        // The date of Wednesday evening passed while it was being checked, where the new date was given too.
        #expect(lines.map(\.passedHere) == [false, true, false])
        #expect(lines.map(\.repromises) == [0, 1, 0])
        #expect(lines.allSatisfy { $0.first == .broken && $0.rating == 3 })
    }

    @Test func aCancellationBelongsToTheStepInWhichItCame() throws {
        var clock = PromiseClock()
        let terms = PromiseTerms(
            budget: .workingDays(9), calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.9,
            basis: "standard")
        try clock.apply(.armed(terms), at: at("2026-05-11T10:00:00-04:00"), calendars: .standard)
        try clock.apply(.withdrawn(reason: "cancelled"), at: at("2026-05-13T10:00:00-04:00"), calendars: .standard)
        let lines = PromiseRecordLine.steps(
            journey: "j", clock: clock,
            reached: [
                ("filed", try at("2026-05-11T10:00:00-04:00")), ("checked", try at("2026-05-12T12:00:00-04:00")),
                // After the end: no part of this promise.
                ("printed", try at("2026-05-20T12:00:00-04:00")),
            ], rating: nil, now: try at("2026-06-01T00:00:00Z"), calendars: .standard)
        #expect(lines.map { $0.groups["step"] } == ["filed", "checked"])
        #expect(lines.map(\.isCancelled) == [false, true])
    }

    @Test func everyDateSaidIsJudgedOnceItsDayHasCome() {
        var table = JourneyTable(cohortNames: [])
        let day = Int64(86_400_000_000)
        for number in 0..<200 {
            var line = JourneyTable.Line(journey: "j\(number)", opened: 0, lastOccurred: 0)
            line.promise = .met
            line.firstDue = 20 * day
            line.lastDue = 20 * day
            line.said = 0.95
            (line.likely, line.eightOfTen, line.nineOfTen) = (10 * day, 15 * day, 18 * day)
            // Half are done by the tenth day, 80 of 100 by the fifteenth, 90 by the eighteenth, 95 in time.
            let place = number % 100
            let done: Int64 = place < 50 ? 9 : place < 80 ? 14 : place < 90 ? 17 : place < 95 ? 20 : 30
            line.settled = done * day
            _ = table.append(line)
        }
        let rows = (0..<200).map { Int32($0) }
        let points = PromiseCalibration(table, rows, now: 40 * day).points
        #expect(points.map(\.said) == [0.5, 0.8, 0.9, 0.95])
        #expect(points.map { $0.was.value } == [0.5, 0.8, 0.9, 0.95])
        #expect(points.allSatisfy { $0.isHonest && $0.was.interval != nil })
        // On the twelfth day only the first date has come; those done early must not flatter the others.
        let early = PromiseCalibration(table, rows, now: 12 * day).points
        #expect(early.first { $0.said == 0.8 } == nil && early.first { $0.said == 0.9 } == nil)
    }
}
