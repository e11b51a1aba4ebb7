internal import ArgumentParser
internal import Experience
internal import Storage

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that every event of the record is what was appended, and that none is missing or added.",
        discussion: """
            Each commit's digest covers its events and the digest before it. The last line printed names the newest commit: \
            keep it where the database's owner can't write, and give it to a later run with --expect, which then also shows \
            a record that was cut at its end or written anew. Leaves with 65 when something was altered.
            """)

    @OptionGroup var data: DataPlace

    @Option(help: "A commit noted earlier, as NUMBER:DIGEST; it must be in the record as it was.")
    var expect: String?

    func run() async throws {
        try await reportingFailures {
            var expected: ChainHead?
            if let expect {
                guard let head = ChainHead(expect) else {
                    throw CommandFailure.usage("--expect is not NUMBER:DIGEST as verify prints it.")
                }
                expected = head
            }
            let report: ChainReport
            do {
                report = try await data.openExisting().closing { try await $0.verify(expecting: expected) }
            } catch let error as StorageError {
                if case .damaged = error { throw CommandFailure.badData("\(error)") }
                throw error
            }
            try tell(report)
        }
    }

    private func tell(_ report: ChainReport) throws {
        if report.uncovered > 0 {
            print("Events 1 to \(grouped(Int(report.uncovered))) are older than the chain and are not covered by it.")
        }
        if report.dropped > 0 {
            print("Events 1 to \(grouped(Int(report.dropped))) were dropped when their time was over.")
        }
        if let fault = report.fault {
            throw CommandFailure.badData(
                "\(fault). \(grouped(report.checked)) events before it are as they were appended. "
                    + "Stop the server, keep this database as evidence and restore the latest backup that verifies.")
        }
        print(
            "\(grouped(report.checked)) events in \(grouped(report.commits)) commits checked: all as they were appended."
        )
        if let head = report.head { print("newest commit \(head)") }
    }
}

extension DataPlace {
    /// The record as it is, without making a folder, a key or an empty database.
    func openExisting() async throws -> Record {
        let address = try await address()
        if case .sqlite(let folder) = address, fileKind(folder + "/" + Record.fileName) != .file {
            throw CommandFailure.noInput("there is no record in \(folder); name its folder with --data.")
        }
        return try await Record.open(address)
    }
}
