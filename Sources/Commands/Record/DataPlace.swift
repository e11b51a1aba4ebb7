internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

/// Where the record is: `--data`, THROUGHLINE_DATA, or `.throughline` in the working folder.
struct DataPlace: ParsableArguments {
    @Option(name: .customLong("data"), help: "Folder of the embedded database (default: .throughline).")
    var path: String?

    var folder: String {
        path ?? ProcessInfo.processInfo.environment["THROUGHLINE_DATA"] ?? ".throughline"
    }

    /// Definitions made by imports live with the data.
    var services: String { folder + "/services" }

    func open(rules: ViewRules) async throws -> Record {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.unavailable(
                "the folder \(folder) can't be made; name another with --data or check its permissions.")
        }
        do {
            let keys = try VaultKeyFile(path: folder + "/vault.key").readOrCreate()
            return try await Record.open(path: folder, options: RecordOptions(rules: rules, vaultKeys: keys))
        } catch let error as StorageError {
            throw CommandFailure.unavailable("\(error)")
        }
    }
}
