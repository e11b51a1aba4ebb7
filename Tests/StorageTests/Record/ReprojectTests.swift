import Experience
import Storage
import Synchronization
import Testing

@Suite(.everyDatabase) struct ReprojectTests {
    fileprivate static func closed(_ days: [CivilDate]) throws -> WorkingCalendar {
        var definition = try #require(CalendarSet.standard[.usFederal]).definition
        definition.version += 1
        definition.closures += days.map { .init(date: $0, name: "snow") }
        return try WorkingCalendar(definition)
    }

    /// Records whose calendars a test changes.
    fileprivate final class Rules: Sendable {
        let calendars = Mutex(CalendarSet.standard)
        var rules: ViewRules {
            ViewRules(
                definition: { _, service in service == Sample.service ? Sample.definition : nil },
                calendars: { self.calendars.withLock { $0 } })
        }
    }

    @Test func everyOpenPromiseMovesWithOneLineThatSaysWhy() async throws {
        let rules = Rules()
        let store = try await Store(RecordOptions(rules: rules.rules))
        var events: [Event] = []
        for number in 0..<60 {
            events.append(Sample.event("j\(number)", "s\(number)"))
            events.append(Sample.armed("j\(number)", "a\(number)", hours: 0.1))
            if number % 3 == 0 { events.append(Sample.event("j\(number)", "i\(number)", "issued", hours: 30)) }
        }
        _ = try await store.record.append(events)
        let before = try #require(
            try await store.record.journey(JourneyID("j1")!, agency: Sample.agency)?.promise?.lastDue)
        let day = CivilDate(utc: Sample.start).adding(days: 2)
        let new = try Self.closed([day])
        let at = Sample.start.advanced(by: 40 * Instant.hour)
        await #expect(throws: StorageError.self) {
            _ = try await store.record.reproject(to: new, reason: "snow", at: at)
        }
        rules.calendars.withLock { $0.insert(new) }
        let done = try await store.record.reproject(to: new, reason: "snow", at: at, batch: 7)
        #expect(done.journaled == 40 && done.moved == 40)
        let clock = try #require(try await store.record.journey(JourneyID("j1")!, agency: Sample.agency)?.promise)
        #expect(try #require(clock.lastDue) > before)
        #expect(clock.ledger.last?.entry == .reprojected(new.reference, reason: "snow"))
        let ended = try #require(try await store.record.journey(JourneyID("j0")!, agency: Sample.agency)?.promise)
        #expect(ended.calendar?.version == 1)
        let again = try await store.record.reproject(to: new, reason: "snow", at: at)
        #expect(again.journaled == 0)
        let live = try await store.record.viewsDigest()
        try await store.record.rebuild()
        #expect(try await store.record.viewsDigest() == live)
    }
}

extension ReprojectTests {
    /// What the quick way writes is what folding all events again would: pauses, new dates, lines that lie ahead, and
    /// events that came while the promises were being read.
    @Test func theQuickWayWritesWhatAFoldWould() async throws {
        let rules = Rules()
        let store = try await Store(RecordOptions(rules: rules.rules))
        var events: [Event] = []
        for number in 0..<24 {
            let journey = "q\(number)"
            events.append(Sample.event(journey, "s\(number)"))
            events.append(Sample.armed(journey, "a\(number)", days: 8 + number, hours: 0.1))
            switch number % 4 {
            case 0: events.append(Sample.event(journey, "w\(number)", "asked", hours: 5))
            case 1:
                let moved = PromiseEntry.repromised(.budget(.workingDays(20)), reason: "backlog", told: false)
                events.append(Sample.entry(moved, journey, "r\(number)", hours: 6))
            case 2:
                // Reported ahead of its time.
                let ahead = PromiseEntry.paused(id: "later", waitingFor: .partner, holder: nil)
                events.append(Sample.entry(ahead, journey, "l\(number)", hours: 90))
            default:
                // The newest event of the journey lies after the change: it stays the newest.
                events.append(Sample.event(journey, "n\(number)", "note", kind: .contact, hours: 80))
            }
        }
        _ = try await store.record.append(events)
        let new = try Self.closed([CivilDate(utc: Sample.start).adding(days: 3)])
        rules.calendars.withLock { $0.insert(new) }
        let record = store.record
        let done = try await record.reproject(
            to: new, reason: "snow", at: Sample.start.advanced(by: 40 * Instant.hour), batch: 5,
            progress: { _ in })
        #expect(done.journaled == 24)
        // Folded on from what the quick way left, in the same writer.
        _ = try await record.append([Sample.event("q0", "z", "answered", hours: 50)])
        let last = try #require(try await record.journey(JourneyID("q3")!, agency: Sample.agency))
        #expect(last.lastActivity == "note" && last.events == 4)
        let live = try await record.viewsDigest()
        try await record.rebuild()
        #expect(try await record.viewsDigest() == live)
    }
}
