import Experience
import Foundation
import GRDB
import Storage
import Testing

@Suite struct OpeningTests {
    private func failure(opening directory: String) async -> StorageError? {
        do {
            _ = try await Record.open(path: directory)
            return nil
        } catch { return error }
    }

    @Test func aNewerSchemaIsRefused() async throws {
        let store = try await Store()
        await store.record.close()
        let newer = try DatabaseQueue(path: store.directory + "/" + Record.fileName)
        try await newer.write { try $0.execute(sql: "INSERT INTO schema_migration (number, title) VALUES (9999, 'x')") }
        try newer.close()
        guard case .newerSchema(found: 9999, known: _)? = await failure(opening: store.directory) else {
            Issue.record("a newer schema was opened")
            return
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefused() async throws {
        let directory = Store.freshDirectory()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = directory + "/" + Record.fileName
        try Data(repeating: 0x41, count: 20_000).write(to: URL(fileURLWithPath: path))
        #expect(await failure(opening: directory) == .notADatabase(path: path))
    }

    @Test func aFileInPlaceOfTheDirectoryIsRefused() async throws {
        let path = Store.freshDirectory()
        try Data([1]).write(to: URL(fileURLWithPath: path))
        #expect(await failure(opening: path) == .cannotOpen(path: path, why: "it is a file"))
    }

    @Test func damageIsToldAsDamage() async throws {
        let store = try await Store()
        _ = try await store.record.append((0..<3_000).map { Sample.event("j\($0)", "\($0)") })
        await store.record.close()
        let url = URL(fileURLWithPath: store.directory + "/" + Record.fileName)
        var data = try Data(contentsOf: url)
        for at in stride(from: 4096 * 8, to: data.count - 4096, by: 4096) {
            data.replaceSubrange(at..<at + 64, with: Data(repeating: 0xEE, count: 64))
        }
        try data.write(to: url)
        do {
            let record = try await Record.open(path: store.directory)
            _ = try await record.tail(after: 0, limit: 10_000)
            Issue.record("a damaged database was read")
        } catch {
            guard case .damaged = error else {
                Issue.record("told as \(error)")
                return
            }
        }
    }

    @Test(arguments: ["UPDATE event SET activity = 'x'", "DELETE FROM event", "DELETE FROM audit"])
    func theRecordRefusesToChange(statement: String) async throws {
        let store = try await Store()
        _ = try await store.record.append([Sample.event("j", "1")])
        try await store.record.audit(AuditEntry(account: "-", action: .read, subject: "x"))
        let other = try DatabaseQueue(path: store.directory + "/" + Record.fileName)
        await #expect(throws: DatabaseError.self) { try await other.write { try $0.execute(sql: statement) } }
    }
}
