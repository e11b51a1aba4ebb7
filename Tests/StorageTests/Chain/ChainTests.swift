import Experience
import Foundation
import GRDB
import Storage
import Testing

/// Changes a record behind its back, as someone with the rights of the database's owner can.
enum Tampering {
    static func run(_ statements: [String], on address: DatabaseAddress) async throws {
        switch address {
        case .sqlite(let folder):
            let other = try DatabaseQueue(path: folder + "/" + Record.fileName)
            try await other.write { database in
                for action in ["update", "delete"] {
                    try database.execute(sql: "DROP TRIGGER IF EXISTS event_no_\(action)")
                }
                for statement in statements { try database.execute(sql: statement) }
            }
            try other.close()
        case .postgres(let uri):
            let schema = uri.components(separatedBy: "search_path%3D").last ?? ""
            try PostgresServer.shared.get().sql(
                "SET search_path TO \(schema); SET session_replication_role = replica; "
                    + statements.joined(separator: "; "), database: "app")
        }
    }
}

@Suite(.everyDatabase) struct ChainTests {
    private static let columns = """
        agency, service, journey, source, source_id, kind, activity, channel, touchpoint, actor_role, \
        actor_id, actor_unit, occurred, recorded, attributes
        """

    /// Forty events in commits of one, of a few and of many.
    private static func filled() async throws -> Store {
        let store = try await Store()
        for number in 1...5 { _ = try await store.record.append(Sample.event("j\(number)", "\(number)")) }
        _ = try await store.record.append((6...10).map { Sample.event("j\($0)", "\($0)") })
        _ = try await store.record.append((11...40).map { Sample.event("j\($0 % 7)", "\($0)", "asked") })
        return store
    }

    @Test func whatWasAppendedVerifies() async throws {
        var random = Histories(seed: 15)
        let store = try await Store()
        var batches = random.batches(random.events(journeys: 40))
        // Refused and repeated events, and a submission that is undone, take no part.
        batches[0].append(Sample.event("j1", "odd", attributes: ["x": .number(.nan)]))
        batches.append(batches[0])
        for batch in batches { _ = try await store.record.append(batch) }
        let bad = Submission(events: [
            Sample.event("k", "k1"), Sample.event("k", "k2", attributes: ["x": .number(.nan)]),
        ])
        await #expect(throws: StorageError.self) { _ = try await store.record.append(bad) }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<30 {
                group.addTask { _ = try? await store.record.append(Sample.event("g\(number)", "g\(number)")) }
            }
        }
        let last = try await store.record.lastSequence()
        let report = try await store.record.verify()
        #expect(report.fault == nil)
        #expect(report.checked == Int(last))
        #expect(report.uncovered == 0)
        #expect(report.head?.sequence == last)
        // Views are no part of the record.
        try await store.record.rebuild()
        #expect(try await store.record.verify() == report)
        // It goes on after the record was opened again.
        let again = try await Record.open(store.address, options: RecordOptions(rules: Sample.rules))
        _ = try await again.append(Sample.event("later", "later"))
        let after = try await again.verify(expecting: report.head)
        #expect(after.fault == nil)
        #expect(after.checked == Int(last) + 1)
        await again.close()
    }

    @Test(arguments: [
        ("UPDATE event SET activity = 'walked' WHERE sequence = 17", ChainFault.altered(17)),
        ("UPDATE event SET attributes = '{\"x\":1}' WHERE sequence = 3", .altered(3)),
        ("UPDATE event SET occurred = occurred + 1 WHERE sequence = 40", .altered(40)),
        ("UPDATE event SET recorded = recorded + 1 WHERE sequence = 8", .altered(8)),
        ("UPDATE event SET touchpoint = '' WHERE sequence = 21", .altered(21)),
        ("UPDATE event SET actor_id = actor_unit, actor_unit = 'x' WHERE sequence = 9", .altered(9)),
        ("UPDATE event SET journey = 'k' WHERE sequence IN (30, 12)", .altered(12)),
        ("DELETE FROM event WHERE sequence = 19", .missing(19)),
        ("DELETE FROM event WHERE sequence = 1", .missing(1)),
        ("DELETE FROM event WHERE sequence >= 38", .missing(38)),
        ("DELETE FROM commit_digest WHERE last_sequence = 4", .commitMissing(4...4)),
        ("DELETE FROM commit_digest WHERE last_sequence = 40", .added(11)),
        ("DELETE FROM commit_digest", .commitMissing(1...1)),
        (
            "UPDATE commit_digest SET digest = replace(digest, '1', '2') WHERE last_sequence = 10",
            .commitAltered(6...10)
        ),
        ("UPDATE commit_digest SET recorded = recorded + 1 WHERE last_sequence = 2", .altered(2)),
        ("UPDATE commit_digest SET kind = 'dropped' WHERE last_sequence = 5", .commitAltered(5...5)),
    ])
    func theFirstThingThatIsNotAsItWasIsNamed(statement: String, fault: ChainFault) async throws {
        let store = try await Self.filled()
        try await Tampering.run([statement], on: store.address)
        let report = try await store.record.verify()
        #expect(report.fault == fault)
    }

    @Test(arguments: [("41", ChainFault.added(41)), ("-5", .added(-5))])
    func anEventPutInByHandIsNamed(number: String, fault: ChainFault) async throws {
        let store = try await Self.filled()
        try await Tampering.run(
            [
                """
                INSERT INTO event (sequence, \(Self.columns)) SELECT \(number), \
                \(Self.columns.replacingOccurrences(of: "source_id", with: "'by hand'")) FROM event WHERE sequence = 7
                """
            ], on: store.address)
        #expect(try await store.record.verify().fault == fault)
    }

    @Test func theMarksOfAnotherCommitHideNothing() async throws {
        let store = try await Self.filled()
        try await Tampering.run(
            [
                "UPDATE event SET activity = 'walked' WHERE sequence = 2",
                "UPDATE commit_digest SET marks = (SELECT d.marks FROM commit_digest AS d WHERE d.last_sequence = 3) "
                    + "WHERE last_sequence = 2",
            ], on: store.address)
        #expect(try await store.record.verify().fault == .altered(2))
    }

    @Test func aRecordCutAtItsEndShowsAgainstANotedCommit() async throws {
        let store = try await Self.filled()
        let head = try #require(try await store.record.verify().head)
        try await Tampering.run(
            ["DELETE FROM event WHERE sequence > 10", "DELETE FROM commit_digest WHERE last_sequence > 10"],
            on: store.address)
        #expect(try await store.record.verify().fault == nil)
        #expect(try await store.record.verify(expecting: head).fault == .otherHead(head))
        let other = ChainHead(sequence: 10, digest: String(repeating: "a", count: 64))
        #expect(try await store.record.verify(expecting: other).fault == .otherHead(other))
    }

    @Test func anOlderRecordIsCoveredFromTheMigrationOn() async throws {
        let store = try await Self.filled()
        await store.record.close()
        try await Tampering.run(
            ["DROP TABLE commit_digest", "DELETE FROM schema_migration WHERE number = 15"], on: store.address)
        let record = try await Record.open(store.address, options: RecordOptions(rules: Sample.rules))
        _ = try await record.append([Sample.event("new", "n1"), Sample.event("new", "n2")])
        let report = try await record.verify()
        #expect(report.fault == nil)
        #expect(report.uncovered == 40)
        #expect(report.checked == 2)
        try await Tampering.run(["UPDATE event SET activity = 'x' WHERE sequence = 42"], on: store.address)
        #expect(try await record.verify().fault == .altered(42))
        await record.close()
    }

    @Test func aNotedCommitReadsBackAsItIsPrinted() throws {
        let head = ChainHead(sequence: 12, digest: String(repeating: "0f", count: 32))
        #expect(ChainHead(head.description) == head)
        for text in [
            "", "12", "12:", "x:\(head.digest)", "-1:\(head.digest)", "12:\(head.digest)0", "12:\(head.digest):",
        ] {
            #expect(ChainHead(text) == nil)
        }
    }
}
