import Experience
import Foundation
import Storage
import Synchronization
import Testing

private final class Acknowledged: Sendable {
    private let ids = Mutex<[String: Int64]>([:])
    var all: [String: Int64] { ids.withLock { $0 } }
    func add(_ id: String, _ sequence: Int64) { ids.withLock { $0[id] = sequence } }
}

/// A primary with a synchronous replica; the primary dies in the middle of a load and the replica takes over.
@Suite(.needsPostgres, .serialized) struct FailoverTests {
    @Test func everyAcknowledgedAppendIsOnTheReplicaThatTakesOver() async throws {
        let primary = try PostgresServer()
        let replica = try PostgresServer(copyOf: primary)
        // Only now: before, nothing could be committed without a replica.
        try primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'")
        try primary.sql("SELECT pg_reload_conf()")
        for _ in 0..<300
        where try primary.sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'") != "1" {
            try await Task.sleep(for: .milliseconds(50))
        }
        let uri = "postgres://app@127.0.0.1:\(primary.port),127.0.0.1:\(replica.port)/app"
        let options = RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys, patience: 60_000_000)
        let record = try await Record.open(.postgres(uri: uri), options: options)
        let acknowledged = Acknowledged()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<4 {
                group.addTask {
                    for number in 0..<100 {
                        let id = "\(caller)-\(number)"
                        let answer: Appended = try await record.append(Sample.event("j\(number % 9)", id))
                        guard case .stored(let sequence) = answer else {
                            Issue.record("\(id): \(answer)")
                            continue
                        }
                        acknowledged.add(id, sequence)
                    }
                }
            }
            group.addTask {
                while acknowledged.all.count < 120 { try await Task.sleep(for: .milliseconds(5)) }
                try primary.kill()
                try replica.promote()
            }
            try await group.waitForAll()
        }
        let stored = try await record.storedTail(after: 0, limit: 10_000)
        #expect(stored.map(\.sequence) == Array(1...400))
        #expect(
            Dictionary(stored.map { ($0.event.sourceID, $0.sequence) }, uniquingKeysWith: { $1 }) == acknowledged.all)
        #expect(try replica.sql("SELECT pg_is_in_recovery()") == "f")
        let live = try await record.viewsDigest()
        try await record.rebuild()
        #expect(try await record.viewsDigest() == live)
        await record.close()
    }
}
