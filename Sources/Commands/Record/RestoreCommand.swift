internal import ArgumentParser
internal import Foundation
internal import Storage

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an empty data folder, after comparing its checksums.",
        discussion: """
            Every table is compared with the checksums made at the backup, then the chain of the record is checked. What was \
            waiting to be sent when the backup was made is sent (again) once the server starts.
            """)

    @Option(help: "The backup: the folder, or the file ending in .db.")
    var from: String

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            guard case .sqlite(let folder) = try await data.address() else {
                throw CommandFailure.usage("a backup goes into a folder; bring it to PostgreSQL afterwards with move.")
            }
            let isFile = fileKind(from) == .file
            let file = isFile ? from : from + "/" + Record.fileName
            let notes = isFile ? from + ".json" : from + "/backup.json"
            guard fileKind(file) == .file else {
                throw CommandFailure.noInput("there is no backup at \(from); name its folder or file with --from.")
            }
            guard let text = FileManager.default.contents(atPath: notes),
                let manifest = try? JSONDecoder().decode(BackupManifest.self, from: text)
            else {
                throw CommandFailure.badData("\(notes) does not hold a backup's checksums; copy it with the backup.")
            }
            let different = try await RecordBackup.restore(file, manifest: manifest, to: folder)
            guard different.isEmpty else {
                throw CommandFailure.badData(
                    "the backup is not what was written (\(different.joined(separator: ", "))); nothing was restored, use another."
                )
            }
            let copied = try copyFiles(to: folder, isFile: isFile)
            let report = try await Record.open(.sqlite(folder: folder)).closing { record in
                try await record.verify(expecting: ChainHead(manifest.head))
            }
            print("\(grouped(manifest.tables.count)) tables compared, all equal.")
            if !copied.isEmpty { print("also restored: \(copied.joined(separator: ", "))") }
            if let fault = report.fault {
                throw CommandFailure.badData("the record restored is what was backed up, but \(fault).")
            }
            print("\(grouped(report.checked)) events checked: all as they were appended.")
            if fileKind(folder + "/vault.key") != .file,
                ProcessInfo.processInfo.environment["THROUGHLINE_VAULT_KEY"] == nil
            {
                print("Put vault.key and site.key into \(folder) before you start the server, or names stay sealed.")
            }
        }
    }

    private func copyFiles(to folder: String, isFile: Bool) throws -> [String] {
        guard !isFile else { return [] }
        var copied: [String] = []
        for name in DataPlace.ownFolders + DataPlace.secretFiles {
            let (source, target) = (from + "/" + name, folder + "/" + name)
            guard fileKind(source) != .missing, fileKind(target) == .missing else { continue }
            do {
                try FileManager.default.copyItem(atPath: source, toPath: target)
            } catch {
                throw CommandFailure.unavailable("\(name) could not be restored into \(folder); copy it by hand.")
            }
            copied.append(name)
        }
        return copied
    }
}
