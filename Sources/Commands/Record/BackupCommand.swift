internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the record while its server runs, with a checksum for each table.",
        discussion: """
            --to names a new folder, which gets the record, its checksums (backup.json) and the installation's own \
            definitions; or a new file ending in .db, which gets the record alone, with its checksums beside it. Keys and \
            settings hold secrets and are left out unless --with-keys is given: without vault.key, names and words in the \
            backup can't be read by anybody, ever. A record on PostgreSQL is copied with pg_dump; see Docs/Backups.md.
            """)

    @Option(help: "A new folder, or a new file ending in .db.")
    var to: String

    @Flag(help: "Copy keys and settings too; whoever has the backup can then read everything in it.")
    var withKeys = false

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            guard case .sqlite(let folder) = try await data.address() else {
                throw CommandFailure.usage(
                    "this record is on PostgreSQL; back it up there: pg_dump --format=custom --file=throughline.dump URI, as a role that may read every row (BYPASSRLS or superuser), and check a restored copy with throughline verify."
                )
            }
            let isFile = to.hasSuffix(".db")
            let file = isFile ? to : to + "/" + Record.fileName
            if !isFile { try makeFolder() }
            let progress = ProgressLine()
            let manifest: BackupManifest
            do {
                manifest = try await RecordBackup.make(of: folder, to: file, at: .now)
                try manifest.text().write(to: URL(fileURLWithPath: isFile ? to + ".json" : to + "/backup.json"))
            } catch let error as StorageError {
                throw CommandFailure.unavailable("\(error)")
            } catch {
                throw CommandFailure.unavailable("the checksums can't be written beside the backup; free some space.")
            }
            let copied = isFile ? [] : try copyFiles()
            print(
                "\(grouped(manifest.events)) events, \(grouped(manifest.tables.count)) tables, \(grouped(manifest.bytes / 1024)) KiB copied in \(oneDecimal(progress.seconds)) s to \(file)."
            )
            print("newest commit \(manifest.head)")
            if !copied.isEmpty { print("also copied: \(copied.joined(separator: ", "))") }
            tellOfKeys(copied)
        }
    }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: to, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure.unavailable("the folder \(to) can't be made; name another with --to.")
        }
    }

    private func tellOfKeys(_ copied: [String]) {
        let secret = DataPlace.secretFiles.filter { name in
            fileKind(data.folder + "/" + name) == .file && !copied.contains(name)
        }
        if !secret.isEmpty {
            print(
                "NOT in this backup: \(secret.joined(separator: ", ")). Keep copies of them apart from it: without vault.key nobody can read the names and words in it."
            )
        }
        if ProcessInfo.processInfo.environment["THROUGHLINE_VAULT_KEY"] != nil {
            print(
                "The vault's key comes from THROUGHLINE_VAULT_KEY and is not in this backup; keep a copy of it apart.")
        }
    }

    private func copyFiles() throws -> [String] {
        var copied: [String] = []
        for name in DataPlace.ownFolders + (withKeys ? DataPlace.secretFiles : []) {
            let (source, target) = (data.folder + "/" + name, to + "/" + name)
            guard fileKind(source) != .missing else { continue }
            do {
                try FileManager.default.copyItem(atPath: source, toPath: target)
            } catch {
                throw CommandFailure.unavailable("\(name) could not be copied to \(to); the backup is not whole.")
            }
            copied.append(name)
        }
        return copied
    }
}

extension DataPlace {
    /// Definitions an installation made itself.
    static let ownFolders = ["services", "calendars", "forms"]
    /// What opens the vault, signs forms, or may name a password.
    static let secretFiles = ["vault.key", "site.key", "throughline.json", "reviews.json"]
}
