import Experience
import Foundation
import GRDB
import Storage
import Synchronization
import Testing

private final class Acknowledged: Sendable {
    private let ids = Mutex<Set<String>>([])
    var all: Set<String> { ids.withLock { $0 } }
    func add(_ id: String) { ids.withLock { _ = $0.insert(id) } }
}

/// Copies of an embedded record.
@Suite struct BackupTests {
    private static let now = Sample.start

    private static func file() throws -> String {
        let folder = Store.freshDirectory()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder + "/copy.db"
    }

    @Test func aCopyMadeUnderLoadHoldsAllThatWasAcknowledgedBeforeAndIsWhole() async throws {
        let store = try await Store()
        let acknowledged = Acknowledged()
        let path = try Self.file()
        let (before, manifest) = try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<6 {
                group.addTask {
                    var number = 0
                    while !Task.isCancelled {
                        let id = "\(caller)-\(number)"
                        let events = [
                            Sample.event("j\(caller)-\(number / 4)", id),
                            Sample.armed("j\(caller)-\(number / 4)", id + "p"),
                        ]
                        _ = try await store.record.append(events)
                        acknowledged.add(id)
                        number += 1
                    }
                }
            }
            while acknowledged.all.count < 200 { try await Task.sleep(for: .milliseconds(5)) }
            let before = acknowledged.all
            let manifest = try await RecordBackup.make(of: store.directory, to: path, at: Self.now)
            group.cancelAll()
            return (before, manifest)
        }
        let folder = Store.freshDirectory()
        #expect(try await RecordBackup.restore(path, manifest: manifest, to: folder) == [])
        let copy = try await Record.open(
            path: folder, options: RecordOptions(rules: Sample.rules, vaultKeys: Sample.keys))
        let stored = try await copy.tail(after: 0, limit: 1_000_000).map(\.event.sourceID)
        #expect(Set(stored).count == stored.count)
        #expect(before.subtracting(stored).isEmpty)
        #expect(stored.count == manifest.events)
        let report = try await copy.verify()
        #expect(report.fault == nil)
        #expect(report.head?.description == manifest.head)
        let live = try await copy.viewsDigest()
        try await copy.rebuild()
        #expect(try await copy.viewsDigest() == live)
        await copy.close()
        await store.record.close()
    }

    @Test func aBackupThatChangedIsNotRestored() async throws {
        let store = try await Store()
        _ = try await store.record.append([Sample.event("j", "1"), Sample.event("j", "2")])
        let path = try Self.file()
        let manifest = try await RecordBackup.make(of: store.directory, to: path, at: Self.now)
        let other = try DatabaseQueue(path: path)
        try await other.write { database in
            try database.execute(sql: "DROP TRIGGER event_no_update")
            try database.execute(sql: "UPDATE event SET activity = 'x' WHERE sequence = 2")
        }
        try other.close()
        let folder = Store.freshDirectory()
        #expect(try await RecordBackup.restore(path, manifest: manifest, to: folder) == ["event"])
        #expect(!FileManager.default.fileExists(atPath: folder + "/" + Record.fileName))
        #expect(!FileManager.default.fileExists(atPath: folder + "/" + Record.fileName + ".part"))
    }

    @Test func nothingIsWrittenOver() async throws {
        let store = try await Store()
        _ = try await store.record.append(Sample.event("j", "1"))
        let path = try Self.file()
        let manifest = try await RecordBackup.make(of: store.directory, to: path, at: Self.now)
        await #expect(throws: StorageError.self) {
            _ = try await RecordBackup.make(of: store.directory, to: path, at: Self.now)
        }
        await #expect(throws: StorageError.self) {
            _ = try await RecordBackup.restore(path, manifest: manifest, to: store.directory)
        }
        await #expect(throws: StorageError.self) {
            _ = try await RecordBackup.make(of: Store.freshDirectory(), to: try Self.file(), at: Self.now)
        }
        let text = try manifest.text()
        #expect(try JSONDecoder().decode(BackupManifest.self, from: text) == manifest)
    }
}
