import Experience
import Storage
import Synchronization
import Testing

@Suite(.everyDatabase) struct ScheduleTests {
    private final class Clock: Sendable {
        private let time = Mutex(Sample.start)
        var now: Instant { time.withLock { $0 } }
        func pass(_ days: Int64) { time.withLock { $0 = $0.advanced(by: days * Instant.day) } }
    }

    private func store() async throws -> (Store, Clock) {
        let clock = Clock()
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { clock.now })
        return (try await Store(options), clock)
    }

    private func words(_ id: String, _ text: String) -> VaultEntry {
        VaultEntry(
            subject: .response(source: "web", sourceID: id, agency: Sample.agency), field: "words", text: text)
    }

    private func contact(_ journey: String) -> VaultEntry {
        VaultEntry(subject: .person(JourneyID(journey)!, agency: Sample.agency), field: "email", text: "a@example.org")
    }

    @Test func wordsGoWhenTheirTimeIsOverAndLeaveACertificate() async throws {
        let (store, clock) = try await store()
        let record = store.record
        try await record.keep([words("1", "old words"), words("2", "old too")])
        clock.pass(10)
        try await record.keep([words("3", "fresh words")])
        let cutoff = clock.now.advanced(by: -5 * Instant.day)
        #expect(try await record.due(.words, before: cutoff) == 2)

        let made = try await record.erase(.words, before: cutoff, by: "schedule")
        #expect(made.count == 1)
        let certificate = try #require(made.first)
        #expect(certificate.items == 2 && certificate.subjects == 2 && certificate.rule == .words)
        #expect(certificate.agency == Sample.agency && certificate.account == "schedule")
        #expect(certificate.oldest == Sample.start && certificate.newest == Sample.start)
        #expect(try await record.due(.words, before: cutoff) == 0)
        let gone = VaultSubject.response(source: "web", sourceID: "1", agency: Sample.agency)
        let kept = VaultSubject.response(source: "web", sourceID: "3", agency: Sample.agency)
        #expect(try await record.words(of: gone, reader: "tester").isEmpty)
        #expect(try await record.words(of: kept, reader: "tester")["words"] == "fresh words")
        #expect(try await record.certificates() == made)
        let noted = try await record.audit().first { $0.entry.action == .erase }
        #expect(noted?.entry.subject == certificate.id && noted?.entry.account == "schedule")
        // Nothing left to erase: no certificate of nothing.
        #expect(try await record.erase(.words, before: cutoff, by: "schedule").isEmpty)
        await record.close()
    }

    @Test func contactsStayWhileTheJourneyIsOpen() async throws {
        let (store, clock) = try await store()
        let record = store.record
        _ = try await record.append([
            Sample.event("open", "1"), Sample.event("done", "2"), Sample.event("done", "3", "posted", hours: 1),
        ])
        try await record.keep([contact("open"), contact("done"), contact("unknown")])
        clock.pass(30)
        let made = try await record.erase(.contacts, before: clock.now.advanced(by: -7 * Instant.day), by: "schedule")
        #expect(made.map(\.items) == [2])
        let open = VaultSubject.person(try #require(JourneyID("open")), agency: Sample.agency)
        let done = VaultSubject.person(try #require(JourneyID("done")), agency: Sample.agency)
        #expect(try await record.words(of: open, reader: "tester")["email"] == "a@example.org")
        #expect(try await record.words(of: done, reader: "tester").isEmpty)
        await record.close()
    }

    @Test func certificatesFollowFromOneAnother() async throws {
        let (store, clock) = try await store()
        let record = store.record
        for day in 0..<4 {
            try await record.keep([words("\(day)", "day \(day)")])
            clock.pass(1)
            _ = try await record.erase(.words, before: clock.now, by: "schedule")
        }
        let all = try await record.certificates()
        #expect(all.count == 4 && Set(all.map(\.seal)).count == 4)
        #expect(all.map(\.id) == all.map(\.id).sorted(by: >))
        #expect(try await record.firstBrokenCertificate() == nil)
        await record.close()
    }

    @Test func aDayIsClaimedOnce() async throws {
        let (store, _) = try await store()
        let record = store.record
        #expect(try await record.claimRetention(day: 20_000))
        #expect(try await !record.claimRetention(day: 20_000))
        try await record.finishRetention(day: 20_000, items: nil, problem: "the disk is full")
        #expect(try await record.lastRetention()?.problem == "the disk is full")
        // What failed may be tried again.
        #expect(try await record.claimRetention(day: 20_000))
        try await record.finishRetention(day: 20_000, items: 3, problem: nil)
        #expect(try await record.lastRetention() == RetentionRun(at: Sample.start, items: 3, problem: nil))
        await record.close()
    }
}
