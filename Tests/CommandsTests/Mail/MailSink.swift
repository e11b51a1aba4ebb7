import Foundation
import Synchronization

/// A real mail server in a process of its own (aiosmtpd), and the mails it took.
final class MailSink: Sendable {
    struct Mail: Decodable, Sendable {
        var from: String
        var to: [String]
        var subject: String
        var sender: String
        var id: String
        var language: String
        var auto: String
        var body: String
        var tls: Bool
        var user: Bool
        var longest: Int
    }

    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    let port: Int
    private let process: Process
    private let lines: Lines
    private let keepsOpen: Pipe

    init(_ arguments: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/mail/smtp_sink.py")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path] + arguments
        let output = Pipe()
        keepsOpen = Pipe()
        process.standardOutput = output
        process.standardInput = keepsOpen
        try process.run()
        lines = Lines(output.fileHandleForReading)
        guard let first = lines.next(within: 20), let port = Int(first) else {
            throw Missing(description: "no mail server to test with; install python3-aiosmtpd (Scripts/setup.sh test)")
        }
        self.port = port
    }

    /// The server also ends when its standard input does, so that none outlives a test that was killed.
    deinit { process.terminate() }

    /// The next mail taken; nil when none came in time.
    func mail(within seconds: Double = 20) throws -> Mail? {
        try lines.next(within: seconds).map { try JSONDecoder().decode(Mail.self, from: Data($0.utf8)) }
    }
}

/// Runs a program to its end. Foundation's own wait needs the run loop of the thread that began it.
func run(_ program: String, _ arguments: [String]) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    return try await withCheckedThrowingContinuation { waiting in
        process.terminationHandler = { waiting.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch { waiting.resume(throwing: error) }
    }
}

/// Lines of a pipe as they come.
final class Lines: Sendable {
    private let waiting = Mutex<(text: String, lines: [String])>(("", []))
    private let signal = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
        handle.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.take(String(decoding: data, as: UTF8.self))
        }
    }

    private func take(_ text: String) {
        let count = waiting.withLock { kept in
            kept.text += text
            var found = kept.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            kept.text = found.popLast() ?? ""
            kept.lines += found
            return found.count
        }
        for _ in 0..<count { signal.signal() }
    }

    func next(within seconds: Double) -> String? {
        guard signal.wait(timeout: .now() + seconds) == .success else { return nil }
        return waiting.withLock { $0.lines.isEmpty ? nil : $0.lines.removeFirst() }
    }
}
