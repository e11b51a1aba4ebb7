package import Experience
internal import Foundation
package import Logging

/// Log lines as messages of RFC 5424, each after its length in octets (RFC 6587, 3.4.1), so that no text inside can end
/// a message.
package struct SyslogFrame: Sendable {
    private let sender: String

    /// - Parameters:
    ///   - host: this machine's name.
    ///   - process: this process's number.
    package init(
        host: String = ProcessInfo.processInfo.hostName, process: Int32 = ProcessInfo.processInfo.processIdentifier
    ) {
        let name = host.utf8.filter { (0x21...0x7E).contains($0) }.prefix(255)
        sender = "\(name.isEmpty ? "-" : String(decoding: Array(name), as: UTF8.self)) throughline \(process) - -"
    }

    /// "57 <30>1 2026-03-02T15:00:00Z host throughline 4711 - - text"
    package func bytes(_ level: Logger.Level, at: Instant, _ line: String) -> [UInt8] {
        let text = line.hasSuffix("\n") ? line.dropLast() : line[...]
        // Facility 3: system daemons.
        let message = Array("<\(3 * 8 + Self.severity(level))>1 \(at.rfc3339) \(sender) \(text)".utf8)
        return Array("\(message.count) ".utf8) + message
    }

    private static func severity(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
