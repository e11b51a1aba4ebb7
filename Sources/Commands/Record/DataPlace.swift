internal import ArgumentParser
internal import Configuration
internal import Experience
internal import Foundation
internal import Storage

/// Where the record is: `--data`, THROUGHLINE_DATA, or `.throughline` in the working folder.
struct DataPlace: ParsableArguments {
    @Option(name: .customLong("data"), help: "Folder of the embedded database (default: .throughline).")
    var path: String?

    @Option(
        help: ArgumentHelp(
            "Where the record is: postgres://… or sqlite:FOLDER (default: embedded, in the data folder).",
            discussion: "Also THROUGHLINE_DATABASE, or \"database\" in throughline.json. Keys stay in the data folder.")
    )
    var database: String?

    var folder: String {
        path ?? ProcessInfo.processInfo.environment["THROUGHLINE_DATA"] ?? ".throughline"
    }

    /// Definitions made by imports live with the data.
    var services: String { folder + "/services" }

    func open(
        rules: ViewRules, observe: (@Sendable (CommitSummary) -> Void)? = nil
    ) async throws -> Record {
        do {
            // For its owner only: it holds the keys and everybody's words.
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure.unavailable(
                "the folder \(folder) can't be made; name another with --data or check its permissions.")
        }
        let address = try await address()
        do {
            let keys = try VaultKeyFile(path: folder + "/vault.key").readOrCreate()
            return try await Record.open(
                address, options: RecordOptions(rules: rules, vaultKeys: keys, observe: observe))
        } catch let error as StorageError {
            throw CommandFailure.unavailable("\(error)")
        }
    }

    /// Opens the record for one piece of work, which folds no views unless rules are given, and closes it again.
    func onRecord<Answer>(
        rules: ViewRules = .none, _ work: (Record) async throws -> Answer
    ) async throws -> Answer {
        try await open(rules: rules).closing(after: work)
    }

    /// What the flag says, then the environment, then `throughline.json`.
    func address() async throws -> DatabaseAddress {
        let configured = try await ServeSettings.reader(dataFolder: folder).string(forKey: "database")
        guard let text = database ?? configured else { return .sqlite(folder: folder) }
        guard let address = DatabaseAddress(text) else {
            throw CommandFailure.usage(
                "this is no database; write postgres://user@host/name or sqlite: and a folder.")
        }
        return address
    }
}

extension Record {
    /// Gives the record to one piece of work and closes it whatever came of that.
    func closing<Answer>(after work: (Record) async throws -> Answer) async throws -> Answer {
        let answer: Answer
        do { answer = try await work(self) } catch {
            await close()
            throw error
        }
        await close()
        return answer
    }
}
