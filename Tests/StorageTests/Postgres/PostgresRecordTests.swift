import Experience
import Foundation
import Storage
import Synchronization
import Testing

/// What senders were told, kept by all of them.
private final class Load: Sendable {
    private let state = Mutex((acknowledged: [String: Int64](), isOver: false))
    var acknowledged: [String: Int64] { state.withLock { $0.acknowledged } }
    var isOver: Bool { state.withLock { $0.isOver } }
    func add(_ id: String, _ sequence: Int64) { state.withLock { $0.acknowledged[id] = sequence } }
    func end() { state.withLock { $0.isOver = true } }
}

/// What only a database server does: connections that end, other programs, rights.
@Suite(.needsPostgres) struct PostgresRecordTests {
    private static let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys)

    @Test func textItCanNotKeepIsRefusedForItsSenderAlone() async throws {
        let server = try PostgresServer.shared.get()
        let record = try await Record.open(.postgres(uri: try server.newSchema()), options: Self.options)
        let answers = try await withThrowingTaskGroup(of: [Appended].self) { group in
            for number in 0..<12 {
                group.addTask {
                    let source = number % 3 == 0 ? "a\u{0}b" : "test"
                    return try await record.append([
                        Sample.event("j", "\(number)", source: source), Sample.event("j", "\(number)-second"),
                    ])
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let refused = answers.filter { if case .refused = $0 { true } else { false } }
        #expect(refused.count == 4)
        #expect(try await record.eventCount() == 20)
        await record.close()
    }

    @Test func aSubmissionWithTextItCanNotKeepLeavesNothing() async throws {
        let server = try PostgresServer.shared.get()
        let record = try await Record.open(.postgres(uri: try server.newSchema()), options: Self.options)
        let bad = Submission(events: [Sample.event("j", "1"), Sample.event("j", "2", source: "\u{0}")])
        await #expect(throws: StorageError.self) { try await record.append(bad) }
        #expect(try await record.eventCount() == 0)
        let good: [Appended] = try await record.append(Submission(events: [Sample.event("j", "1")]))
        #expect(good == [.stored(1)])
        await record.close()
    }

    /// The server throws its serialisation failures and deadlocks at the first inserts.
    @Test(arguments: ["40001", "40P01"])
    func transactionsThatMeetOthersAreDoneAgain(state: String) async throws {
        let server = try PostgresServer.shared.get()
        let (uri, database) = try server.newDatabase()
        let record = try await Record.open(.postgres(uri: uri), options: Self.options)
        try server.sql(
            """
            CREATE SEQUENCE tries; GRANT ALL ON SEQUENCE tries TO app;
            CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF nextval('tries') <= 3 THEN RAISE EXCEPTION USING ERRCODE = '\(state)'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER meet BEFORE INSERT ON event_key FOR EACH ROW EXECUTE FUNCTION meet()
            """, database: database)
        let answer: Appended = try await record.append(Sample.event("j", "1"))
        #expect(answer == .stored(1))
        #expect(try server.sql("SELECT last_value >= 4 FROM tries", database: database) == "t")
        #expect(try await record.journey(#require(JourneyID("j")), agency: Sample.agency)?.events == 1)
        await record.close()
    }

    /// Every connection of the record is ended by the server again and again while many append.
    @Test func nothingAcknowledgedIsLostOrDoubledWhenBackendsAreKilled() async throws {
        let server = try PostgresServer.shared.get()
        let (uri, database) = try server.newDatabase()
        let record = try await Record.open(.postgres(uri: uri), options: Self.options)
        let load = Load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<6 {
                group.addTask {
                    var number = 0
                    while !load.isOver {
                        let id = "\(caller)-\(number)"
                        let events = [
                            Sample.event("j\(caller)-\(number / 8)", id),
                            Sample.armed("j\(caller)-\(number / 8)", id + "-p"),
                        ]
                        let answers: [Appended] = try await record.append(events)
                        for (event, answer) in zip(events, answers) {
                            guard case .stored(let sequence) = answer else {
                                Issue.record("\(event.sourceID): \(answer)")
                                continue
                            }
                            load.add(event.sourceID, sequence)
                        }
                        number += 1
                    }
                }
            }
            group.addTask {
                defer { load.end() }
                for _ in 0..<12 {
                    try server.sql(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = '\(database)' AND application_name LIKE 'throughline%'
                        """)
                    try await Task.sleep(for: .milliseconds(80))
                }
            }
            try await group.waitForAll()
        }
        let stored = try await record.storedTail(after: 0, limit: 1_000_000)
        let all = load.acknowledged
        #expect(all.count > 50)
        #expect(stored.map(\.sequence) == Array(1...Int64(stored.count)))
        #expect(Dictionary(stored.map { ($0.event.sourceID, $0.sequence) }, uniquingKeysWith: { $1 }) == all)
        #expect(stored.count == all.count)
        let live = try await record.viewsDigest()
        try await record.rebuild()
        #expect(try await record.viewsDigest() == live)
        await record.close()
    }

    @Test func anotherNodesAppendsAreTold() async throws {
        let server = try PostgresServer.shared.get()
        let address = DatabaseAddress.postgres(uri: try server.newSchema())
        let one = try await Record.open(address, options: Self.options)
        let two = try await Record.open(address, options: Self.options)
        var told = two.committed.makeAsyncIterator()
        let writing = Task {
            for number in 0..<200 where !Task.isCancelled {
                _ = try? await one.append([Sample.event("j", "\(number)")])
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(try #require(await told.next()) > 0)
        writing.cancel()
        await writing.value
        await one.close()
        await two.close()
    }

    @Test func rowsOfAnotherAgencyAreOutOfReach() async throws {
        let server = try PostgresServer.shared.get()
        let (uri, database) = try server.newDatabase()
        let record = try await Record.open(.postgres(uri: uri), options: Self.options)
        var foreign = Sample.event("k", "2")
        foreign.agency = Slug("elsewhere")!
        let subject = VaultSubject.response(source: "test", sourceID: "2", agency: foreign.agency)
        _ = try await record.append(
            Submission(events: [foreign], words: [VaultEntry(subject: subject, field: "words", text: "x")]))
        _ = try await record.append([Sample.event("j", "1")])
        func count(_ table: String, as agency: String?) throws -> String {
            let scope = agency.map { "SET throughline.agency = '\($0)';" } ?? ""
            return try server.sql("SET ROLE app; \(scope) SELECT count(*) FROM \(table)", database: database)
        }
        for table in ["event", "event_key", "journey"] {
            #expect(try count(table, as: "permits") == "1")
            #expect(try count(table, as: "*") == "2")
            // Who does not say sees nothing.
            #expect(try count(table, as: nil) == "0")
        }
        #expect(try count("vault", as: "permits") == "0")
        #expect(try count("vault", as: "elsewhere") == "1")
        for crossing in [
            "INSERT INTO event_key VALUES ('elsewhere', 's', 'i', 9)",
            "UPDATE journey SET agency = 'elsewhere'",
        ] {
            #expect(throws: PostgresServer.Failed.self) {
                try server.sql("SET ROLE app; SET throughline.agency = 'permits'; \(crossing)", database: database)
            }
        }
        // Every table that names an agency is under the policy, partitions too.
        let open = try server.sql(
            """
            SELECT string_agg(c.relname, ' ') FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'agency'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """, database: database)
        #expect(open == "")
        await record.close()
    }

    @Test(arguments: ["UPDATE event SET activity = 'x'", "DELETE FROM event", "TRUNCATE event", "DELETE FROM audit"])
    func theRecordRefusesToChange(statement: String) async throws {
        let server = try PostgresServer.shared.get()
        let (uri, database) = try server.newDatabase()
        let record = try await Record.open(.postgres(uri: uri), options: Self.options)
        _ = try await record.append([Sample.event("j", "1")])
        try await record.audit(AuditEntry(account: "-", action: .read, subject: "x"))
        #expect(throws: PostgresServer.Failed.self) { try server.sql(statement, database: database) }
        #expect(try server.sql("SELECT count(*) FROM event", database: database) == "1")
        await record.close()
    }

    @Test func aServerThatIsNotThereIsToldWithoutThePassword() async throws {
        do {
            _ = try await Record.open(.postgres(uri: "postgres://app:secret@127.0.0.1:1/none"))
            Issue.record("opened nothing")
        } catch {
            guard case .cannotOpen(let place, _) = error else {
                Issue.record("told as \(error)")
                return
            }
            #expect(place == "postgres://app@127.0.0.1:1/none")
            #expect(!"\(error)".contains("secret"))
        }
    }
}
