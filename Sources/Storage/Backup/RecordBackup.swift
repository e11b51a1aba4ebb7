package import Experience
import Foundation
import GRDB
import GRDBSQLite

/// Copies an embedded record while its server runs, and puts a copy back.
///
/// SQLite's online backup reads one snapshot: everything acknowledged when it begins is in the copy, and writers go on.
/// Until it ends, the write-ahead log of the source can't be folded back and grows with what is written meanwhile.
package enum RecordBackup {
    /// - Parameters:
    ///   - folder: the data folder of the record.
    ///   - path: the file to write; there must be none. It appears whole or not at all.
    package static func make(
        of folder: String, to path: String, at now: Instant
    ) async throws(StorageError) -> BackupManifest {
        try await BlockingWork(label: "throughline.backup", width: 1).run { () throws(StorageError) in
            try guarded { try copy(folder + "/" + Record.fileName, to: path, at: now) }
        }
    }

    /// Puts a backup into an empty data folder and compares every table with the manifest first.
    ///
    /// - Returns: the names of the tables that differ; then nothing was put there.
    package static func restore(
        _ path: String, manifest: BackupManifest, to folder: String
    ) async throws(StorageError) -> [String] {
        try await BlockingWork(label: "throughline.restore", width: 1).run { () throws(StorageError) in
            try guarded { try restored(path, manifest, folder) }
        }
    }

    private static func guarded<T>(_ body: () throws -> T) throws(StorageError) -> T {
        do { return try body() } catch let error as CocoaError {
            throw .cannotOpen(
                path: error.filePath ?? "the backup",
                why: error.code == .fileWriteOutOfSpace ? "the disk is full" : "it can't be read or written")
        } catch { throw StorageError(error) }
    }

    private static func copy(_ source: String, to path: String, at now: Instant) throws -> BackupManifest {
        let files = FileManager.default
        guard files.fileExists(atPath: source) else {
            throw StorageError.cannotOpen(path: source, why: "there is no record")
        }
        guard !files.fileExists(atPath: path) else {
            throw StorageError.cannotOpen(path: path, why: "there is a file of that name already")
        }
        let part = path + ".part"
        try remove(part)
        guard files.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw StorageError.cannotOpen(path: part, why: "it can't be written")
        }
        do {
            var settings = Configuration()
            settings.busyMode = .timeout(30)
            let live = try DatabaseQueue(path: source, configuration: settings)
            let target = try DatabaseQueue(path: part)
            try live.backup(to: target)
            try live.close()
            // One file, without a log beside it.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            var manifest = try target.read { try summary(Session(database: $0), at: now) }
            try target.close()
            manifest.bytes = (try files.attributesOfItem(atPath: part)[.size] as? Int) ?? 0
            try makeDurable(part)
            try files.moveItem(atPath: part, toPath: path)
            try makeDurable((path as NSString).deletingLastPathComponent)
            return manifest
        } catch {
            try? remove(part)
            throw error
        }
    }

    private static func restored(_ path: String, _ manifest: BackupManifest, _ folder: String) throws -> [String] {
        let files = FileManager.default
        let place = folder + "/" + Record.fileName
        for end in ["", "-wal"] where files.fileExists(atPath: place + end) {
            throw StorageError.cannotOpen(path: folder, why: "it holds a record already")
        }
        if !files.fileExists(atPath: folder) {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        let part = place + ".part"
        try remove(part)
        do {
            try files.copyItem(atPath: path, toPath: part)
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
            let copied = try DatabaseQueue(path: part)
            let found = try copied.read { try summary(Session(database: $0), at: Instant(microseconds: 0)) }
            try copied.close()
            let different = manifest.differences(found.tables)
            guard different.isEmpty else {
                try remove(part)
                return different
            }
            try makeDurable(part)
            try files.moveItem(atPath: part, toPath: place)
            try makeDurable(folder)
            return []
        } catch {
            try? remove(part)
            throw error
        }
    }

    private static func summary(_ session: Session, at now: Instant) throws -> BackupManifest {
        let found = try session.row("PRAGMA quick_check(1)") { (row) throws(StorageError) in row.text(0) }
        guard found == "ok" else { throw StorageError.damaged(found ?? "its pages can't be read") }
        var tables: [BackupManifest.Table] = []
        for shape in try session.shapes() {
            let sum = try shape.sum(session)
            tables.append(.init(name: shape.name, rows: sum.rows, sha256: sum.digest))
        }
        // A record of a version that kept no chain has no such table.
        let hasChain = tables.contains { $0.name == "commit_digest" }
        let head =
            !hasChain
            ? nil
            : try session.row(
                "SELECT last_sequence, digest FROM commit_digest ORDER BY last_sequence DESC LIMIT 1"
            ) { (row) throws(StorageError) in ChainHead(sequence: row.integer(0), digest: row.text(1)) }
        return BackupManifest(
            made: now.rfc3339, schema: Int(try session.integer("SELECT max(number) FROM schema_migration")), bytes: 0,
            events: tables.first { $0.name == "event" }?.rows ?? 0, head: head?.description ?? "", tables: tables)
    }

    private static func remove(_ path: String) throws {
        for end in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + end) {
            try FileManager.default.removeItem(atPath: path + end)
        }
    }

    private static func makeDurable(_ path: String) throws {
        let file = open(path.isEmpty ? "." : path, O_RDONLY)
        guard file >= 0 else { throw StorageError.cannotOpen(path: path, why: "it can't be read") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw StorageError.cannotOpen(path: path, why: "the disk does not take it") }
    }
}
