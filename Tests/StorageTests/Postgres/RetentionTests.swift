import Experience
import Storage
import Synchronization
import Testing

private final class SetClock: Sendable {
    private let time = Mutex(Sample.start)
    var now: Instant { time.withLock { $0 } }
    func set(_ now: Instant) { time.withLock { $0 = now } }
}

@Suite(.needsPostgres) struct RetentionTests {
    @Test func monthsGoWhenTheirTimeIsOverWithTheJourneysThatEndedInThem() async throws {
        let clock = SetClock()
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { clock.now })
        let record = try await Record.open(
            .postgres(uri: try PostgresServer.shared.get().newSchema()), options: options)
        let month = 31 * Instant.day
        _ = try await record.append([Sample.event("a", "1"), Sample.event("b", "1b")])
        clock.set(Sample.start.advanced(by: month))
        _ = try await record.append([Sample.event("c", "2")])
        clock.set(Sample.start.advanced(by: 2 * month))
        _ = try await record.append([Sample.event("c", "3")])

        #expect(try await record.dropMonths(recordedBefore: Sample.start, by: "tester") == [])
        let dropped = try await record.dropMonths(recordedBefore: clock.now.advanced(by: month), by: "tester")
        // The second month holds the beginning of a journey that goes on in the third.
        #expect(dropped.map(\.name) == ["event_2026_03"])
        #expect(dropped.map(\.events) == [2])
        #expect(dropped.map(\.journeys) == [2])
        #expect(dropped.first?.sequences == 1...2)
        #expect(try await record.tail(after: 0).map(\.sequence) == [3, 4])
        #expect(try await record.journey(#require(JourneyID("a")), agency: Sample.agency) == nil)
        let noted = try await record.audit(limit: 2).map(\.entry.detail)
        #expect(noted.contains { $0.hasPrefix("2 events, 2 journeys") })
        let certificate = try #require(try await record.certificates().first)
        #expect(certificate.rule == .months && certificate.items == 2 && certificate.subjects == 2)
        #expect(certificate.digest == dropped.first?.digest)
        let live = try await record.viewsDigest()
        try await record.rebuild()
        #expect(try await record.viewsDigest() == live)
        // Numbers go on where they were.
        let answer: Appended = try await record.append(Sample.event("d", "5"))
        #expect(answer == .stored(5))
        // The chain hangs on what was dropped last.
        let report = try await record.verify()
        #expect(report.fault == nil)
        #expect(report.dropped == 2)
        #expect(report.checked == 3)
        await record.close()
    }

    @Test func anEmbeddedRecordSaysThatItCanNot() async throws {
        let store = try await Store()
        await #expect(throws: StorageError.self) {
            _ = try await store.record.dropMonths(recordedBefore: .now, by: "tester")
        }
    }
}
