import Experience
import Storage
import Synchronization
import Testing

private final class Counts: Sendable {
    private let numbers = Mutex<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}

@Suite(.needsPostgres) struct RecordMoveTests {
    private static let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)

    private static func filled(_ seed: UInt64) async throws -> Record {
        var random = Histories(seed: seed)
        let store = try await Store(options)
        for batch in random.batches(random.events(journeys: 60)) { _ = try await store.record.append(batch) }
        let subject = VaultSubject.person(JourneyID("j1")!, agency: Sample.agency)
        try await store.record.keep([VaultEntry(subject: subject, field: "name", text: "Zoë O'Neil \\ \"x\"")])
        _ = try await store.record.accounts.create(
            name: "ada", password: "correct horse battery", role: .owner, by: "system")
        _ = try await store.record.accounts.signIn(name: "ada", password: "correct horse battery", source: "10.0.0.1")
        return store.record
    }

    @Test(arguments: [DatabaseKind.postgres, .sqlite])
    func theCopyIsEqualTableByTableAndGoesOn(to kind: DatabaseKind) async throws {
        let from: DatabaseKind = kind == .postgres ? .sqlite : .postgres
        let source = try await DatabaseKind.$current.withValue(from) { try await Self.filled(3) }
        let address = try DatabaseKind.$current.withValue(kind) { try Store.freshAddress() }
        let target = try await Record.open(address, options: Self.options)
        let tables = try await RecordMove(from: source, to: target).run()
        #expect(tables.filter { !$0.isEqual } == [])
        #expect(tables.contains { $0.name == "event" && $0.source.rows > 60 })
        #expect(tables.contains { $0.name == "vault" && $0.source.rows == 1 })
        let subject = VaultSubject.person(JourneyID("j1")!, agency: Sample.agency)
        #expect(try await target.words(of: subject, reader: "tester")["name"] == "Zoë O'Neil \\ \"x\"")
        // The copy is a record like any other: it takes events, knows those it has, and its views are right.
        let known = try #require(try await source.tail(after: 0, limit: 1).first?.event)
        let last = try await source.lastSequence()
        let answers: [Appended] = try await target.append([known, Sample.event("new", "fresh")])
        #expect(answers == [.duplicate(1), .stored(last + 1)])
        let report = try await target.verify(expecting: try await source.verify().head)
        #expect(report.fault == nil)
        #expect(report.checked == Int(last) + 1)
        let live = try await target.viewsDigest()
        try await target.rebuild()
        #expect(try await target.viewsDigest() == live)
        await source.close()
        await target.close()
    }

    @Test func anInterruptedCopyGoesOnWhereItEnded() async throws {
        let source = try await DatabaseKind.$current.withValue(.sqlite) { try await Self.filled(4) }
        let target = try await Record.open(
            .postgres(uri: try PostgresServer.shared.get().newSchema()), options: Self.options)
        let move = RecordMove(from: source, to: target)
        await #expect(throws: StorageError.cancelled) {
            _ = try await move.run { (_, _) throws(StorageError) in throw .cancelled }
        }
        let copied = try await target.lastSequence()
        #expect(copied > 0)
        // Meanwhile the source goes on.
        _ = try await source.append([Sample.event("later", "1")])
        let begun = Counts()
        let tables = try await move.run { (name, count) throws(StorageError) in
            if name == "event" { begun.add(count) }
        }
        #expect(begun.all == [Int(copied) + 1])
        #expect(tables.filter { !$0.isEqual } == [])
        #expect(try await target.verify() == source.verify())
        await source.close()
        await target.close()
    }

    @Test func anotherRecordIsNotWrittenOver() async throws {
        let source = try await DatabaseKind.$current.withValue(.sqlite) { try await Self.filled(5) }
        let target = try await Record.open(
            .postgres(uri: try PostgresServer.shared.get().newSchema()), options: Self.options)
        _ = try await target.append([Sample.event("mine", "1")])
        await #expect(throws: StorageError.self) { _ = try await RecordMove(from: source, to: target).run() }
        #expect(try await target.eventCount() == 1)
        await source.close()
        await target.close()
    }
}
