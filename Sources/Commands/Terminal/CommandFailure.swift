internal import ArgumentParser
internal import Foundation
internal import Storage

/// One sentence that says what to do, and the exit code of `sysexits`: 64 for usage, 65 for bad data.
enum CommandFailure: Error {
    case usage(String)
    case badData(String)
    case noInput(String)
    case unavailable(String)

    var code: Int32 {
        switch self {
        case .usage: 64
        case .badData: 65
        case .noInput: 66
        case .unavailable: 69
        }
    }

    var message: String {
        switch self {
        case .usage(let text), .badData(let text), .noInput(let text), .unavailable(let text): text
        }
    }
}

/// Runs a command's work and turns its failure into one line on standard error and an exit code.
func reportingFailures(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as CommandFailure {
        printError("throughline: \(failure.message)")
        throw ExitCode(failure.code)
    } catch let error as StorageError {
        printError("throughline: \(error)")
        throw ExitCode(CommandFailure.unavailable("").code)
    }
}

func printError(_ line: String) {
    StandardError.write(line + "\n")
}
