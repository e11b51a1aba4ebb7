internal import ArgumentParser
internal import Storage

struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Copy a record into another database, with a checksum for each table.",
        discussion: """
            The source may go on being used meanwhile; what it gets then is brought over by running this again. Interrupted, \
            it goes on where it ended. When every table is equal, stop the server and start it with --database.
            """)

    @Option(help: "Where the record is: sqlite:FOLDER or postgres://…")
    var from: String

    @Option(help: "Where it goes: postgres://… or sqlite:FOLDER, empty or begun by an earlier run.")
    var to: String

    func run() async throws {
        try await reportingFailures {
            let (source, target) = (try address(from, "--from"), try address(to, "--to"))
            guard source != target else { throw CommandFailure.usage("--from and --to are the same database.") }
            if case .sqlite(let folder) = source, fileKind(folder + "/" + Record.fileName) != .file {
                throw CommandFailure.noInput("there is no record in \(folder); name its folder with --from.")
            }
            let tables = try await Record.open(source).closing { old in
                try await Record.open(target).closing { new in try await RecordMove(from: old, to: new).run() }
            }
            for table in tables {
                let mark = table.isEqual ? "equal" : "differs"
                print("\(table.name): \(grouped(table.source.rows)) rows, \(mark), SHA-256 \(table.target.digest)")
            }
            let different = tables.filter { !$0.isEqual }.map(\.name)
            guard different.isEmpty else {
                throw CommandFailure.unavailable(
                    "the source was written to meanwhile (\(different.joined(separator: ", "))); stop its server and run this again."
                )
            }
        }
    }

    private func address(_ text: String, _ flag: String) throws -> DatabaseAddress {
        guard let address = DatabaseAddress(text) else {
            throw CommandFailure.usage("\(flag) is no database; write sqlite:FOLDER or postgres://user@host/name.")
        }
        return address
    }
}
