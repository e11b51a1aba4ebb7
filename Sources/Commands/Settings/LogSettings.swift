internal import Configuration
internal import Logging

/// How much is logged, in which form, and where else it goes.
struct LogSettings: Sendable {
    var level: Logger.Level
    var form: LogForm
    /// Nil: to standard error only.
    var server: SyslogAddress?
    /// Certificates to trust of it; nil for those of the system.
    var authorities: String?

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
        authorities = config.string(forKey: "log.ca")
        guard let text = config.string(forKey: "log.to") else { return }
        guard let address = SyslogAddress(text) else {
            throw CommandFailure.usage(
                "log.to is “\(text.prefix(80))”; write syslog:HOST:PORT or, by TLS, syslog+tls:HOST:PORT.")
        }
        server = address
    }
}
