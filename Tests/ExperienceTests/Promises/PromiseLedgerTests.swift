import Experience
import Testing

@Suite struct PromiseLedgerTests {
    func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    @Test func linesThatDoNotFitHaveNoEffectAndSayWhy() throws {
        var clock = PromiseClock()
        #expect(throws: PromiseProblem.notArmed) { try clock.add(.met, "2026-05-11T10:00:00Z") }
        clock = try PromiseClock.armed(.workingDays(2), at: "2026-05-11T10:00:00-04:00")
        let before = clock
        #expect(throws: PromiseProblem.unknownPause("x")) {
            try clock.add(.resumed(pauseID: "x"), "2026-05-11T11:00:00-04:00")
        }
        #expect(clock.state == before.state)
        #expect(clock.lastDue == before.lastDue)
        #expect(clock.withoutEffect == [1])
        try clock.add(.met, "2026-05-12T10:00:00-04:00")
        #expect(throws: PromiseProblem.alreadyEnded) { try clock.add(.met, "2026-05-13T10:00:00-04:00") }
        #expect(clock.endedAt == (try at("2026-05-12T10:00:00-04:00")))
        #expect(clock.ledger.count == 4)
    }

    @Test func unknownCalendarsAndImpossibleBudgetsAreRefused() throws {
        var clock = PromiseClock()
        let missing = CalendarReference(id: Slug("moon")!, version: 1)
        #expect(throws: PromiseProblem.unknownCalendar(missing)) {
            try clock.add(
                .armed(PromiseTerms(budget: .workingDays(1), calendar: missing, probability: 0.9, basis: "x")),
                "2026-05-11T10:00:00Z")
        }
        #expect(clock.state == .unarmed)
        #expect(throws: PromiseProblem.neverDue(CalendarReference(id: .usFederal, version: 1))) {
            _ = try PromiseClock.armed(.workingDays(.max), at: "2026-05-11T10:00:00Z")
        }
    }

    @Test func theOrderOfArrivalDoesNotMatter() throws {
        let start = try at("2026-05-04T10:00:00-04:00")
        let terms = PromiseTerms(
            budget: .workingDays(6), calendar: CalendarReference(id: .usFederal, version: 1), probability: 0.95,
            basis: "history")
        var lines: [PromiseClock.Line] = []
        for (hours, entry) in [
            (0, PromiseEntry.armed(terms)), (20, .paused(id: "a", waitingFor: .person, holder: nil)),
            (50, .paused(id: "b", waitingFor: .law, holder: "court")), (60, .resumed(pauseID: "a")),
            (130, .resumed(pauseID: "b")),
            (140, .repromised(.budget(.workingDays(4)), reason: "staff", told: true)),
            (200, .met), (300, .withdrawn(reason: "late line")),
        ] as [(Int64, PromiseEntry)] {
            lines.append(.init(at: start.advanced(by: hours * Instant.hour), entry: entry))
        }
        var ordered = PromiseClock()
        for line in lines { try? ordered.apply(line.entry, at: line.at, calendars: .standard) }
        #expect(ordered.state == .met)
        #expect(ordered.withoutEffect == [7])
        var random = SplitMix(seed: 3)
        for _ in 0..<200 {
            var clock = PromiseClock()
            for line in lines.shuffled(using: &random) {
                try? clock.apply(line.entry, at: line.at, calendars: .standard)
            }
            #expect(clock == ordered)
        }
    }

    @Test func everyEntrySurvivesTheRecordAndJSON() throws {
        let calendar = CalendarReference(id: .usFederal, version: 3)
        let entries: [PromiseEntry] = [
            .armed(
                PromiseTerms(
                    budget: .workingTime(microseconds: 5), calendar: calendar, probability: 0.9,
                    likely: Instant(microseconds: 1_700_000_000_123_456), basis: "943 of 1,000")),
            .paused(id: "p", waitingFor: .law, holder: "court"), .paused(id: "q", waitingFor: .person, holder: nil),
            .resumed(pauseID: "p"), .repromised(.budget(.calendarDays(3)), reason: "r", told: true),
            .repromised(.due(Instant(seconds: 1_800_000_000)), reason: "r", told: false), .met, .broken,
            .withdrawn(reason: "cancelled"), .reprojected(calendar, reason: "holiday"),
        ]
        for entry in entries {
            let event = Event(
                agency: Slug("a")!, service: Slug("s")!, journey: JourneyID("j")!, source: "test", sourceID: "1",
                kind: .promise, activity: entry.activity, occurred: Instant(seconds: 0), attributes: entry.attributes)
            try event.check()
            #expect(try PromiseEntry(event: event) == entry)
            #expect(try JSON.decode(PromiseEntry.self, try JSON.encode(entry)) == entry)
        }
    }

    @Test(arguments: [
        ("promise.armed", "probability"), ("promise.paused", "waiting_for"), ("promise.resumed", "pause"),
        ("promise.repromised", "amount"), ("promise.reprojected", "calendar"), ("promise.withdrawn", "reason"),
    ])
    func anEventThatLacksAPartNamesIt(activity: String, missing: String) {
        #expect(throws: PromiseProblem.missing(attribute: missing)) {
            try PromiseEntry(activity: activity, attributes: [:])
        }
    }

    /// The property of the clock: widening a pause, or adding one, never gives an earlier date.
    @Test(arguments: [
        Budget.workingDays(4), .workingTime(microseconds: 30 * Instant.hour), .calendarDays(6),
        .calendarTime(microseconds: 100 * Instant.hour),
    ])
    func theDateIsMonotoneInPauses(budget: Budget) throws {
        var random = SplitMix(seed: 42)
        let start = try at("2026-10-23T13:00:00Z")
        let fixed = start.advanced(by: 200 * Instant.hour)
        for round in 0..<300 {
            var pauses: [(Int64, Int64)] = []
            for _ in 0..<Int(random.next() % 4) {
                let from = Int64(random.next() % 400)
                pauses.append((from, from + Int64(random.next() % 90)))
            }
            var wider = pauses
            if !wider.isEmpty, round % 2 == 0 {
                let index = Int(random.next() % UInt64(wider.count))
                wider[index].0 = max(0, wider[index].0 - Int64(random.next() % 40))
                wider[index].1 += Int64(random.next() % 40)
            } else {
                let from = Int64(random.next() % 400)
                wider.append((from, from + Int64(random.next() % 90)))
            }
            let a = try due(budget, fixed, start, pauses)
            let b = try due(budget, fixed, start, wider)
            #expect(a.first <= b.first)
            #expect(a.last <= b.last)
        }
    }

    private func due(
        _ budget: Budget, _ fixed: Instant, _ start: Instant, _ pauses: [(Int64, Int64)]
    ) throws -> (first: Instant, last: Instant) {
        var clock = try PromiseClock.armed(budget, at: start.rfc3339)
        try clock.apply(
            .repromised(.due(fixed), reason: "test", told: true), at: start.advanced(by: 1), calendars: .standard)
        for (index, pause) in pauses.enumerated() {
            let id = "p\(index)"
            try clock.apply(
                .paused(id: id, waitingFor: .person, holder: nil), at: start.advanced(by: pause.0 * Instant.hour + 2),
                calendars: .standard)
            try clock.apply(
                .resumed(pauseID: id), at: start.advanced(by: pause.1 * Instant.hour + 3), calendars: .standard)
        }
        return (try #require(clock.firstDue), try #require(clock.lastDue))
    }
}

extension PromiseLedgerTests {
    /// One line in the ledger of every open promise of the calendar, none in any other.
    @Test func aNewCalendarVersionIsJournaledOncePerOpenPromise() throws {
        var rules = CalendarDefinition.usFederal()
        rules.version = 2
        let closed = try #require(CivilDate("2026-05-13"))
        rules.closures = [.init(date: closed, name: "Flood")]
        let newer = try WorkingCalendar(rules)
        var calendars = CalendarSet.standard
        calendars.insert(newer)
        let now = try at("2026-05-12T08:00:00-04:00")
        for index in 0..<200 {
            var clock = try PromiseClock.armed(.workingDays(1 + index % 7), at: "2026-05-11T10:00:00-04:00")
            if index % 4 == 0 { try clock.add(.met, "2026-05-11T16:00:00-04:00") }
            let before = clock
            let move = try clock.reproject(to: newer, reason: "Flood", at: now, calendars: calendars)
            #expect((move == nil) == before.isEnded)
            #expect(clock.ledger.count == before.ledger.count + (before.isEnded ? 0 : 1))
            if let move { #expect(move.after > move.before || index % 7 == 0) }
            var replayed = PromiseClock()
            for line in clock.ledger.reversed() {
                try? replayed.apply(line.entry, at: line.at, calendars: calendars)
            }
            #expect(replayed == clock)
        }
    }
}
