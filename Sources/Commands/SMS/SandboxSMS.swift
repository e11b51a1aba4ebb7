internal import Experience
internal import Foundation

/// Carries nothing: each message is a line of JSON in a file only its owner may read. For tests, and to see what would
/// be sent before a carrier is paid.
struct SandboxSMS: SMSProvider {
    let file: String

    private struct Line: Encodable {
        var id: String
        var to: String
        var language: String
        var body: String
    }

    func send(_ text: SMSText) async -> SMSResult {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Line(id: text.id, to: text.to, language: text.language.rawValue, body: text.body)
        guard var data = try? encoder.encode(line) else { return .refused("the message can't be written out") }
        data.append(0x0A)
        if !FileManager.default.fileExists(atPath: file) {
            _ = FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = FileHandle(forWritingAtPath: file) else {
            return .later("the sandbox's file can't be written")
        }
        defer { try? handle.close() }
        do {
            try handle.seekToEnd()
            try handle.write(contentsOf: data)
            return .accepted
        } catch { return .later("the sandbox's file can't be written") }
    }
}
