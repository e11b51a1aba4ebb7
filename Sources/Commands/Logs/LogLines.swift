package import Experience
internal import Foundation
package import Logging
internal import Storage

/// How lines are written: one a happening, in a form no text inside it can break out of.
package enum LogForm: String, CaseIterable, Sendable {
    /// For people: time, level, message, then name=value.
    case text
    /// For programs: one JSON object a line.
    case json
}

/// Writes log lines. Whatever a message or a value holds, it stays on its own line and inside its own value: control
/// characters are escaped (no forged lines, no terminal escapes), and values longer than ``valueLimit`` bytes are cut.
/// Values under a name that says secret are masked, as a second line of defence: nothing should log them at all.
package struct LogLines: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level = .notice
    package var metadataProvider: Logger.MetadataProvider?

    static let valueLimit = 2_000
    static let mask = "(hidden)"

    private let label: String
    private let form: LogForm
    private let now: @Sendable () -> Instant
    private let write: @Sendable (String) -> Void
    private let ship: (@Sendable (Logger.Level, Instant, String) -> Void)?

    /// - Parameter ship: takes each line too, to send it elsewhere; must not wait.
    package init(
        label: String, form: LogForm, now: @escaping @Sendable () -> Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { StandardError.write($0) },
        ship: (@Sendable (Logger.Level, Instant, String) -> Void)? = nil
    ) {
        self.label = label
        self.form = form
        self.now = now
        self.write = write
        self.ship = ship
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let given = event.metadata { all.merge(given) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let fields = all.sorted { $0.key < $1.key }.map { name, value in
            (name: name, value: LogLines.isSecret(name) ? LogLines.mask : LogLines.cut("\(value)"))
        }
        let message = LogLines.cut("\(event.message)")
        let at = now()
        let line: String
        switch form {
        case .text:
            let pairs = fields.map { " \(LogLines.bare($0.name))=\(LogLines.quoted($0.value))" }.joined()
            line = "\(at.rfc3339) \(event.level) \(LogLines.escaped(message))\(pairs)\n"
        case .json:
            let head = [("at", at.rfc3339), ("level", "\(event.level)"), ("label", label), ("message", message)]
            let taken = Set(head.map(\.0))
            let rest = fields.map { (taken.contains($0.name) ? "field_\($0.name)" : $0.name, $0.value) }
            let pairs = (head + rest).map { "\(LogLines.json($0.0)):\(LogLines.json($0.1))" }
            line = "{\(pairs.joined(separator: ","))}\n"
        }
        write(line)
        ship?(event.level, at, line)
    }

    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "secret", "token", "authorization", "cookie", "api_key", "apikey"].contains {
            name.contains($0)
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= valueLimit ? text : String(decoding: text.utf8.prefix(valueLimit), as: UTF8.self) + "…"
    }

    /// Without what could begin a line or steer a terminal: control characters of both kinds, line and paragraph
    /// separators, and marks that turn the direction of text.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) {
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C }
        guard !isPlain else { return escaped(text) }
        let inner = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped(inner))\""
    }

    /// A name as a bare word.
    private static func bare(_ name: String) -> String {
        String(
            name.unicodeScalars.map {
                $0.properties.isAlphabetic || $0.properties.numericType != nil ? Character($0) : "_"
            })
    }

    private static func json(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            default:
                if isUnsafe(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }
}
