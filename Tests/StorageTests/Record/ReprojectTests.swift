import Experience
import Storage
import Synchronization
import Testing

@Suite(.everyDatabase) struct ReprojectTests {
    private static func closed(_ days: [CivilDate]) throws -> WorkingCalendar {
        var definition = try #require(CalendarSet.standard[.usFederal]).definition
        definition.version += 1
        definition.closures += days.map { .init(date: $0, name: "snow") }
        return try WorkingCalendar(definition)
    }

    /// Records whose calendars a test changes.
    private final class Rules: Sendable {
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
