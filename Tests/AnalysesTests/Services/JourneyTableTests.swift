import Analyses
import Experience
import Statistics
import Testing

@Suite struct JourneyTableTests {
    static let day = Instant.day
    static let start = CivilDate(year: 2026, month: 1, day: 5)!.startUTC

    /// One journey a line: days to close (nil: open), outcome, rating, contacts, chasing ones, office.
    struct Line {
        var days: Int?
        var outcome: JourneyState.Solved?
        var rating: Int?
        var contacts = 1
        var chasing = 0
        var office = "east"
        var openedAfter = 0
    }

    func table(_ lines: [Line]) throws -> JourneyTable {
        var table = JourneyTable(cohortNames: ["office"])
        for (number, line) in lines.enumerated() {
            let opened = Self.start.advanced(by: Int64(line.openedAfter) * Self.day)
            var events = [
                event(number, .step, "filed", opened, ["office": .text(line.office)])
            ]
            for contact in 0..<line.contacts {
                events.append(
                    event(
                        number, .contact, "call", opened.advanced(by: Int64(contact + 1)),
                        [JourneyState.Key.failureDemand: .boolean(contact < line.chasing)]))
            }
            if let days = line.days {
                let end = opened.advanced(by: Int64(days) * Self.day)
                events.append(event(number, .closed, "closed", end, ["result": .text("granted")]))
                if let rating = line.rating {
                    events.append(event(number, .response, "response", end, ["rating": .integer(Int64(rating))]))
                }
                if let outcome = line.outcome {
                    events.append(event(number, .outcome, "outcome", end, ["solved": .text(outcome.rawValue)]))
                }
            }
            let recorded = events.enumerated().map {
                RecordedEvent(sequence: Int64($0.offset + 1), recorded: $0.element.occurred, event: $0.element)
            }
            let state = try #require(
                JourneyState.fold(recorded, definition: Self.definition, calendars: .standard))
            _ = table.append(state)
        }
        return table
    }

    static let definition = ServiceDefinition(
        id: Slug("permit")!, agency: Slug("town")!, agencyName: LocalText(en: "Town", es: "Pueblo"),
        title: LocalText(en: "Permit", es: "Permiso"), summary: LocalText(en: "A permit", es: "Un permiso"),
        steps: [.init(id: Slug("filed")!, title: LocalText(en: "Filed", es: "Presentada"), by: .person)],
        channels: [.web], outcome: LocalText(en: "Got it?", es: "¿Lo obtuvo?"),
        cohorts: [.init(name: "office", title: LocalText(en: "Office", es: "Oficina"))])

    func event(
        _ journey: Int, _ kind: EventKind, _ activity: String, _ at: Instant, _ attributes: [String: AttributeValue]
    ) -> Event {
        Event(
            agency: Slug("town")!, service: Slug("permit")!, journey: JourneyID("j\(journey)")!, source: "test",
            sourceID: "\(journey)/\(activity)/\(at.microseconds)", kind: kind, activity: activity, channel: .web,
            occurred: at, attributes: attributes)
    }

    var now: Int64 { Self.start.advanced(by: 400 * Self.day).microseconds }

    @Test func closedNotSolvedCountsOnlyThoseWhoAnsweredNo() throws {
        var lines = [Line](repeating: Line(days: 10, outcome: .yes), count: 30)
        lines += [Line](repeating: Line(days: 10, outcome: .no), count: 10)
        lines += [Line](repeating: Line(days: 10), count: 50)
        lines += [Line](repeating: Line(), count: 7)
        let table = try table(lines)
        let measures = table.measures(table.rows(TableFilter(), now: now), now: now, rule: .staff)
        #expect(measures.journeys == 97)
        #expect(measures.open == 7)
        #expect(measures.closedNotSolvedCount == 10)
        #expect(measures.closedNotSolved.n == 40)
        #expect(measures.closedNotSolved.value == 0.25)
        #expect(measures.solved.value == 0.75)
    }

    @Test func openJourneysCountAsOpenNotAsMissing() throws {
        // Ten done after ten days; thirty still open after 400: the median must not be ten days.
        var lines = [Line](repeating: Line(days: 10), count: 15)
        lines += [Line](repeating: Line(), count: 30)
        let table = try table(lines)
        let measures = table.measures(table.rows(TableFilter(), now: now), now: now, rule: .staff)
        #expect(measures.halfDone.value == nil)
        #expect(measures.halfDone.flag == .notReached)
    }

    @Test func failureDemandIsAShareOfContactsNotOfJourneys() throws {
        let table = try table([Line](repeating: Line(days: 3, contacts: 4, chasing: 3), count: 20))
        let measures = table.measures(table.rows(TableFilter(), now: now), now: now, rule: .staff)
        // Four calls, and the request itself.
        #expect(measures.failureDemand.value == 0.6)
        #expect(measures.failureDemand.n == 100)
        #expect(measures.contactsPerJourney.value == 5)
    }

    @Test func thePublicSeesNothingOfTenPeopleAndStaffSeeThemMarked() throws {
        let table = try table([Line](repeating: Line(days: 1, outcome: .yes, rating: 5), count: 10))
        let rows = table.rows(TableFilter(), now: now)
        #expect(table.measures(rows, now: now, rule: .publicFigures).solved.value == nil)
        #expect(table.measures(rows, now: now, rule: .publicFigures).solved.n == nil)
        #expect(table.measures(rows, now: now, rule: .staff).solved.flag == .lowReliability)
    }

    @Test func aFilterByCohortAndPeriodKeepsWhatItSays() throws {
        var lines = [Line](repeating: Line(days: 1, office: "east"), count: 4)
        lines += [Line](repeating: Line(days: 1, office: "west", openedAfter: 40), count: 3)
        let table = try table(lines)
        let west = TableFilter(cohort: .init(name: "office", value: "west"))
        #expect(table.rows(west, now: now) == [4, 5, 6])
        let early = TableFilter(until: Self.start.advanced(by: 20 * Self.day).microseconds)
        #expect(table.rows(early, now: now) == [0, 1, 2, 3])
        #expect(table.rows(TableFilter(cohort: .init(name: "office", value: "north")), now: now).isEmpty)
        #expect(table.rows(TableFilter(channel: .phone), now: now).isEmpty)
    }

    @Test func aTrendPutsEachJourneyInOneSpan() throws {
        var lines: [Line] = []
        for month in 0..<6 {
            lines += [Line](
                repeating: Line(days: 2, outcome: .no, rating: 3, openedAfter: month * 31), count: 5 + month)
        }
        let table = try table(lines)
        let trend = table.trend(
            table.rows(TableFilter(), now: now), by: .month, from: CivilDate(year: 2026, month: 1, day: 1)!,
            through: CivilDate(year: 2026, month: 7, day: 31)!, now: now, rule: .staff)
        #expect(trend.points.count == 7)
        #expect(trend.points.map(\.opened).reduce(0, +) == lines.count)
        #expect(trend.points.map(\.closedNotSolved).reduce(0, +) == lines.count)
    }

    @Test(arguments: TimeBucket.allCases) func spansCoverEveryDayOnce(bucket: TimeBucket) throws {
        let from = try #require(CivilDate(year: 2023, month: 12, day: 29))
        let through = try #require(CivilDate(year: 2024, month: 3, day: 2))
        let bounds = bucket.boundaries(from: from, through: through)
        #expect(bounds.first.map { $0 <= from } == true)
        #expect(bounds.last.map { $0 > through } == true)
        for (a, b) in zip(bounds, bounds.dropFirst()) {
            #expect(a < b)
            #expect(bucket.start(of: b.adding(days: -1)) == a)
        }
    }
}
