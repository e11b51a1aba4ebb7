internal import Configuration
internal import Logging

/// How much is logged, and in which form.
struct LogSettings: Sendable {
    var level: Logger.Level
    var form: LogForm

    init(_ config: ConfigReader) throws {
        let level = config.string(forKey: "log.level", default: "notice")
        guard let known = Logger.Level(rawValue: level) else {
            let words = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("log level “\(level.prefix(40))” is not known; use one of: \(words).")
        }
        let form = config.string(forKey: "log.format", default: "text")
        guard let knownForm = LogForm(rawValue: form) else {
            throw CommandFailure.usage("log format “\(form.prefix(40))” is not known; use text or json.")
        }
        (self.level, self.form) = (known, knownForm)
    }
}
