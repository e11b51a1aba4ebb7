internal import ArgumentParser
internal import Configuration
internal import Experience
internal import Formats
internal import Foundation
internal import Logging

/// How the server runs: flags first, then THROUGHLINE_… in the environment, then `throughline.json` in the data
/// folder, then what is said here. Every key stands in ``Setting/all``.
struct ServeSettings: Sendable {
    var host: String
    var port: Int
    var isSecure: Bool
    var addressHeader: String?
    var templates: String?
    var zone: String
    var nameEN: String
    var nameES: String
    var publicURL: String?
    /// Nil = no mail is sent; messages wait in the outbox.
    var mail: MailSettings?
    /// Nil = no text messages are sent; they wait in the outbox.
    var sms: SMSSettings?
    /// Whether webhooks may lead into a private network.
    var webhooksPrivate: Bool
    /// Answers a minute to one form that are never taken for a flood.
    var floodFloor: Int
    /// Sites that may show the widget.
    var widgetOrigins: [String]
    /// The carrier's secret for SMS and calls.
    var telephoneToken: String?
    /// Places on other sites whose reviews are read; `reviews.json` in the data folder.
    var reviews: [ReviewSource]
    /// Nil = plain http, for loopback or behind a proxy that ends TLS.
    var tls: TLSFiles?
    var metricsToken: String?
    var log: LogSettings
    /// How long a stop waits for requests under way.
    var stopSeconds: Int
    var retention: RetentionSettings
    var feedLag: FeedLagSettings
    /// Who must have a second factor.
    var secondFactor: SecondFactorRule
    /// Nil: files people send are not scanned.
    var scanner: ScannerAddress?
    /// Nil: passwords are held against no list of leaked ones.
    var leaked: LeakedPasswords?

    /// The environment, then `throughline.json`; flags, where there are any, before both.
    static func reader(dataFolder: String, flags: ServeFlags? = nil) async throws -> ConfigReader {
        try await SettingsFile(dataFolder: dataFolder).reader(flags: flags?.values ?? [:])
    }

    static func read(flags: ServeFlags, dataFolder: String) async throws -> ServeSettings {
        let config = try await reader(dataFolder: dataFolder, flags: flags)
        let port = config.int(forKey: "port", default: 8080)
        guard (0...65_535).contains(port) else {
            throw CommandFailure.usage("port \(port) does not exist; choose one from 1 to 65535.")
        }
        let tls = try TLSFiles(config)
        let zone = config.string(forKey: "zone", default: "America/New_York")
        guard TimeZone(identifier: zone) != nil else {
            throw CommandFailure.usage("there is no time zone “\(zone)”; write one such as America/New_York.")
        }
        let origins = (config.string(forKey: "widget.origins") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        for origin in origins where !ServeSettings.isOrigin(origin) {
            throw CommandFailure.usage(
                "widget.origins holds “\(origin)”, which is no origin; write it as https://www.example.gov.")
        }
        return ServeSettings(
            host: config.string(forKey: "host", default: "127.0.0.1"), port: port,
            isSecure: config.bool(forKey: "secure", default: false) || tls != nil,
            addressHeader: config.string(forKey: "address.header"),
            templates: config.string(forKey: "templates"), zone: zone,
            nameEN: config.string(forKey: "name.en", default: "Throughline"),
            nameES: config.string(forKey: "name.es", default: "Throughline"),
            publicURL: config.string(forKey: "url"), mail: try mail(config),
            sms: try sms(config, dataFolder),
            webhooksPrivate: config.bool(forKey: "webhooks.private", default: false),
            floodFloor: config.int(forKey: "flood.floor", default: 300),
            widgetOrigins: origins,
            telephoneToken: config.string(forKey: "telephone.token", isSecret: true),
            reviews: try reviews(dataFolder + "/reviews.json"), tls: tls,
            metricsToken: config.string(forKey: "metrics.token", isSecret: true),
            log: try LogSettings(config), stopSeconds: max(1, config.int(forKey: "stop.seconds", default: 20)),
            retention: try RetentionSettings(config), feedLag: try FeedLagSettings(config),
            secondFactor: try SecondFactorRule(config), scanner: try scanner(config), leaked: try leaked(config))
    }

    private static func leaked(_ config: ConfigReader) throws -> LeakedPasswords? {
        guard let path = config.string(forKey: "passwords.leaked") else { return nil }
        let list = LeakedPasswords(path: path)
        do { try list.check() } catch {
            throw CommandFailure.usage("passwords.leaked names \(path), which can't be used: \(error).")
        }
        return list
    }

    private static func scanner(_ config: ConfigReader) throws -> ScannerAddress? {
        guard let text = config.string(forKey: "malware.scan") else { return nil }
        guard let address = ScannerAddress(text) else {
            throw CommandFailure.usage(
                "malware.scan is “\(text.prefix(80))”; write clamd:unix:/run/clamav/clamd.ctl or clamd:HOST:3310.")
        }
        return address
    }

    private static func reviews(_ file: String) throws -> [ReviewSource] {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        guard let sources = try? JSONDecoder().decode([ReviewSource].self, from: data) else {
            throw CommandFailure.badData(
                "\(file) is no list of places; write [{\"host\": \"yelp\", \"place\": …, \"url\": …, \"key\": …, "
                    + "\"service\": …}].")
        }
        return sources
    }

    /// THROUGHLINE_SMS_PROVIDER: "twilio" or "sandbox".
    private static func sms(_ config: ConfigReader, _ dataFolder: String) throws -> SMSSettings? {
        let account = config.string(forKey: "sms.account")
        switch config.string(forKey: "sms.provider") ?? (account == nil ? "" : "twilio") {
        case "": return nil
        case "sandbox": return .sandbox(file: dataFolder + "/sms-sandbox.jsonl")
        case "twilio":
            let secret =
                config.string(forKey: "sms.token", isSecret: true)
                ?? config.string(forKey: "telephone.token", isSecret: true)
            return .twilio(
                try SMSSettings.Twilio(
                    url: config.string(forKey: "sms.url", default: "https://api.twilio.com"), account: account ?? "",
                    token: secret ?? "", from: config.string(forKey: "sms.from") ?? ""))
        case let word:
            throw CommandFailure.usage("THROUGHLINE_SMS_PROVIDER is “\(word.prefix(40))”; use twilio or sandbox.")
        }
    }

    private static func mail(_ config: ConfigReader) throws -> MailSettings? {
        let url = config.string(forKey: "smtp.url")
        let from = config.string(forKey: "smtp.from")
        guard let url else {
            guard from == nil else {
                throw CommandFailure.usage("a sender address without a mail server sends nothing; add --smtp-url.")
            }
            return nil
        }
        guard let from, let address = MailAddress(from) else {
            throw CommandFailure.usage(
                "mail needs a sender: --smtp-from \"Passport Office <no-reply@example.gov>\" or THROUGHLINE_SMTP_FROM.")
        }
        var security: MailSettings.Security?
        if let word = config.string(forKey: "smtp.tls") {
            guard let known = MailSettings.Security(rawValue: word) else {
                let words = MailSettings.Security.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("THROUGHLINE_SMTP_TLS is “\(word.prefix(40))”; use one of: \(words).")
            }
            security = known
        }
        return try MailSettings(
            url: url, from: address, user: config.string(forKey: "smtp.user"),
            password: config.string(forKey: "smtp.password", isSecret: true), security: security,
            authorities: config.string(forKey: "smtp.ca"))
    }

    /// The day of an instant in the site's zone, counted from 1970.
    var dayNumber: @Sendable (Instant) -> Int64 {
        let zone = TimeZone(identifier: zone)
        return { at in
            let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at.microseconds) / 1e6)) ?? 0
            return Int64(CivilDate(utc: at.advanced(by: Int64(offset) * 1_000_000)).daysSince1970)
        }
    }

    /// The day, counted from 1970, and the hour of an instant in the site's zone.
    var localHour: @Sendable (Instant) -> (day: Int64, hour: Int) {
        let zone = TimeZone(identifier: zone)
        return { at in
            let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at.microseconds) / 1e6)) ?? 0
            let local = at.microseconds / 1_000_000 + Int64(offset)
            return (local / 86_400, Int(local % 86_400 / 3_600))
        }
    }

    /// Scheme and host, with a port or without; nothing that could end a header or a policy.
    static func isOrigin(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count)
        return (1...253).contains(host.utf8.count)
            && host.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x3A: true
                default: false
                }
            }
    }
}

struct ServeFlags: ParsableArguments {
    @Option(help: "Address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "Port to listen on (default: 8080; 0 takes a free one).")
    var port: Int?

    @Flag(help: "Behind TLS: cookies carry Secure and the __Host- prefix.")
    var secure = false

    @Option(help: "Header in which a proxy in front passes the person's address, such as x-forwarded-for.")
    var addressHeader: String?

    @Option(help: "Folder of templates, words and assets.")
    var templates: String?

    @Option(
        name: .customLong("smtp-url"),
        help:
            "Mail server, smtp://host:587 (STARTTLS) or smtps://host:465; user and password: THROUGHLINE_SMTP_USER, _PASSWORD."
    )
    var smtpURL: String?

    @Flag(help: "Let webhooks lead into a private network: for tests and receivers of your own.")
    var webhooksPrivate = false

    @Option(name: .customLong("smtp-from"), help: "Sender of mails: \"Name <address>\".")
    var smtpFrom: String?

    @Option(name: .customLong("tls-certificate"), help: "PEM file of the certificate chain: serves https.")
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: "PEM file of the certificate's private key.")
    var tlsKey: String?

    @Option(
        name: .customLong("require-second-factor"),
        help: "Who must have a second factor: none, administrators, owners (and administrators) or all (default: none)."
    )
    var secondFactor: String?

    @Option(help: "How much to log: debug, info, notice, warning, error (default: notice).")
    var log: String?

    @Option(name: .customLong("log-format"), help: "How to log: text or json (default: text).")
    var logFormat: String?

    @Option(name: .customLong("log-to"), help: "Log server too: syslog+tls:HOST:PORT, or syslog:HOST:PORT without TLS.")
    var logTo: String?

    @Option(
        name: .customLong("malware-scan"),
        help: "Scanner that looks into files people send: clamd:unix:/PATH or clamd:HOST:PORT.")
    var malwareScan: String?

    /// What was said on the command line, by the key of its setting. A flag that is not there says nothing, so that
    /// the environment and the file are asked.
    var values: [String: ConfigValue] {
        var values: [String: ConfigValue] = [:]
        let texts: [(String, String?)] = [
            ("host", host), ("address.header", addressHeader), ("templates", templates), ("smtp.url", smtpURL),
            ("smtp.from", smtpFrom), ("tls.certificate", tlsCertificate), ("tls.key", tlsKey), ("log.level", log),
            ("log.format", logFormat), ("second.factor", secondFactor), ("log.to", logTo),
            ("malware.scan", malwareScan),
        ]
        for (key, text) in texts { values[key] = text.map { ConfigValue(.string($0), isSecret: false) } }
        values["port"] = port.map { ConfigValue(.int($0), isSecret: false) }
        if secure { values["secure"] = ConfigValue(.bool(true), isSecret: false) }
        if webhooksPrivate { values["webhooks.private"] = ConfigValue(.bool(true), isSecret: false) }
        return values
    }
}
