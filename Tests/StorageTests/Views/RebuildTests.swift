import Experience
import Foundation
import Storage
import Testing

@Suite(.everyDatabase) struct RebuildTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func liveViewsEqualRebuiltViews(seed: UInt64) async throws {
        var random = Histories(seed: seed)
        let store = try await Store()
        let events = random.events(journeys: 40)
        for batch in random.batches(events) { _ = try await store.record.append(batch) }
        let live = try await store.record.viewsDigest()
        #expect(try await store.record.rebuild() == 40)
        #expect(try await store.record.viewsDigest() == live)
        for journey in 0..<40 {
            let id = try #require(JourneyID("j\(journey)"))
            let history = try await store.record.events(of: id, agency: Sample.agency)
            let folded = JourneyState.fold(history, definition: Sample.definition, calendars: .standard)
            #expect(try await store.record.journey(id, agency: Sample.agency)?.promise == folded?.promise)
            #expect(try await store.record.journey(id, agency: Sample.agency)?.closed == folded?.closed)
        }
    }

    @Test func viewsDoNotDependOnHowAppendsWereGroupedOrOnRestarts() async throws {
        var random = Histories(seed: 99)
        let events = random.events(journeys: 30)
        let whole = try await Store()
        _ = try await whole.record.append(events)
        let expected = try await whole.record.viewsDigest()

        let address = try Store.freshAddress()
        for batch in random.batches(events) {
            let record = try await Record.open(address, options: RecordOptions(rules: Sample.rules))
            _ = try await record.append(batch)
            await record.close()
        }
        let record = try await Record.open(address, options: RecordOptions(rules: Sample.rules))
        #expect(try await record.viewsDigest() == expected)
    }

    @Test func aPromiseArmedAfterItsStepsKnowsThem() async throws {
        let store = try await Store()
        // The steps came first and the journey was dropped from memory by a restart in between.
        let address = try Store.freshAddress()
        let first = try await Record.open(address, options: RecordOptions(rules: Sample.rules))
        _ = try await first.append([Sample.event("j", "1"), Sample.event("j", "2", "issued", hours: 48)])
        await first.close()
        let second = try await Record.open(address, options: RecordOptions(rules: Sample.rules))
        _ = try await second.append([Sample.armed("j", "3")])
        let id = try #require(JourneyID("j"))
        let promise = try await second.journey(id, agency: Sample.agency)?.promise
        #expect(promise?.state == .met)
        #expect(promise?.endedAt == Sample.start.advanced(by: 48 * Instant.hour))
        _ = store
    }

    @Test func theClockStandsStillWhileThePersonIsAsked() async throws {
        let store = try await Store()
        _ = try await store.record.append([
            Sample.event("j", "1"), Sample.armed("j", "2"), Sample.event("j", "3", "asked", hours: 24),
        ])
        let id = try #require(JourneyID("j"))
        let paused = try #require(try await store.record.journey(id, agency: Sample.agency)?.promise)
        #expect(paused.state == .paused)
        _ = try await store.record.append([Sample.event("j", "4", "answered", hours: 24 + 7 * 24)])
        let resumed = try #require(try await store.record.journey(id, agency: Sample.agency)?.promise)
        #expect(resumed.state == .open)
        let dates = try #require(resumed.dateGiven.flatMap { given in resumed.lastDue.map { (given, $0) } })
        #expect(dates.1 > dates.0)
        _ = try await store.record.append([Sample.event("j", "5", "closed", kind: .closed, hours: 300)])
        #expect(try await store.record.journey(id, agency: Sample.agency)?.promise?.state == .withdrawn)
        _ = try await store.record.append([Sample.event("j", "6", "reopened", kind: .reopened, hours: 310)])
        #expect(try await store.record.journey(id, agency: Sample.agency)?.promise?.isEnded == false)
    }
}
