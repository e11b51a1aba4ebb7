import Experience
import Storage
import Synchronization
import Testing

@Suite(.everyDatabase) struct BacklogTests {
    @Test func everyCommitIsCountedWithWhatItStored() async throws {
        let seen = Mutex<[CommitSummary]>([])
        let options = RecordOptions(
            rules: Sample.rules, vaultKeys: Sample.keys, observe: { one in seen.withLock { $0.append(one) } })
        let store = try await Store(options)
        _ = try await store.record.append([Sample.event("a", "1"), Sample.event("a", "2")])
        _ = try await store.record.append([Sample.event("a", "2"), Sample.event("a", "3")])
        await store.record.close()
        let commits = seen.withLock { $0 }
        #expect(commits.reduce(0) { $0 + $1.stored } == 3)
        #expect(commits.allSatisfy { $0.isMade && $0.callers >= 1 && $0.seconds >= 0 })
    }

    @Test func sessionsThatRanOutAreNotCounted() async throws {
        let time = Mutex(Sample.start)
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, now: { time.withLock { $0 } })
        let store = try await Store(options)
        let accounts = store.record.accounts
        _ = try await accounts.create(
            name: "ada.first", password: "correct horse battery", role: .viewer, by: "system")
        for source in ["one", "two"] {
            _ = try await accounts.signIn(name: "ada.first", password: "correct horse battery", source: source)
        }
        _ = try await store.record.append([Sample.event("a", "1")])
        let backlog = try await store.record.backlog()
        #expect(backlog.sessions == 2 && backlog.newest == 1)
        #expect(backlog.messages == 0 && backlog.deliveries == 0 && backlog.oldestMessage == nil)
        time.withLock { $0 = $0.advanced(by: Accounts.idle) }
        #expect(try await store.record.backlog().sessions == 0)
        await store.record.close()
    }

    @Test func aDatabaseTellsOfItselfWithoutBeingChanged() async throws {
        let address = try Store.freshAddress()
        let before = try await DatabaseFacts.read(address)
        #expect(before?.schema == nil)
        let record = try await Record.open(address, options: RecordOptions(rules: Sample.rules))
        _ = try await record.append([Sample.event("a", "1")])
        await record.close()
        let facts = try #require(try await DatabaseFacts.read(address))
        #expect(facts.schema == facts.knownSchema)
        #expect(facts.newestEvent != nil)
        #expect(facts.product.hasPrefix(DatabaseKind.current == .sqlite ? "SQLite 3" : "PostgreSQL "))
    }
}
