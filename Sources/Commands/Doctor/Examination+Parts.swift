internal import Experience
internal import Formats
internal import Foundation
internal import NIOSSL
internal import Site
internal import Storage

extension Examination {
    func database() async -> (findings: [Finding], facts: DatabaseFacts?, isServer: Bool) {
        let name = "database"
        guard let address = try? await data.address() else {
            return ([.fail(name, "its address can't be read", "write postgres://… or sqlite:FOLDER.")], nil, false)
        }
        var isServer = false
        if case .postgres = address { isServer = true }
        do {
            guard let facts = try await DatabaseFacts.read(address) else {
                return (
                    [.warn(name, "\(address) is not there yet", "the server makes it at its first start.")], nil, false
                )
            }
            return (Self.judge(facts, address), facts, isServer)
        } catch {
            let advice =
                isServer
                ? "check that the server runs, its address, and the password (~/.pgpass or the URI)."
                : "restore the folder from a backup, or name another."
            return ([.fail(name, "\(address): \(error)", advice)], nil, isServer)
        }
    }

    static func judge(_ facts: DatabaseFacts, _ address: DatabaseAddress) -> [Finding] {
        let name = "database"
        let schema = facts.schema.map { "schema \($0)" } ?? "no record yet"
        let said = "\(facts.product) at \(address), \(schema)"
        var findings: [Finding] = []
        if let schema = facts.schema, schema > facts.knownSchema {
            findings.append(
                .fail(name, "\(said); this program knows \(facts.knownSchema)", "run the newer program, or restore."))
        } else if let schema = facts.schema, schema < facts.knownSchema {
            findings.append(
                .warn(
                    name, "\(said); a start brings it to \(facts.knownSchema)",
                    "back up first: an older program can't open it after that."))
        } else {
            findings.append(.ok(name, said))
        }
        if facts.passesPolicies {
            findings.append(
                .warn(
                    name, "we connect as a superuser, for whom agencies are not kept apart by the server",
                    "make a user of its own: CREATE ROLE throughline LOGIN; and give it the database."))
        }
        return findings
    }

    func clock(_ facts: DatabaseFacts?) -> [Finding] {
        Self.judgeClock(now: .now, database: facts?.clock, newest: facts?.newestEvent, isKept: Self.clockIsKept())
    }

    static func judgeClock(now: Instant, database: Instant?, newest: Instant?, isKept: Bool?) -> [Finding] {
        let name = "clock"
        if let newest, now < newest {
            let behind = Int(newest.seconds(since: now))
            return [.fail(name, "it is \(behind) s before the newest event", "set the clock; dates depend on it.")]
        }
        if let database, abs(database.seconds(since: now)) > 2 {
            let off = Int(abs(database.seconds(since: now)))
            return [.warn(name, "it differs by \(off) s from the database's", "keep both by NTP.")]
        }
        if isKept == false {
            return [.warn(name, "nothing keeps it right", "switch time synchronisation on: timedatectl set-ntp true")]
        }
        return [.ok(name, "\(now.rfc3339)\(isKept == true ? ", kept by the system" : "")")]
    }

    /// Whether something keeps the clock right, by the marks of systemd, chrony and ntpd; nil where none is known.
    private static func clockIsKept() -> Bool? {
        let files = FileManager.default
        let marks = ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/ntpd.pid"]
        if marks.contains(where: files.fileExists(atPath:)) { return true }
        return files.fileExists(atPath: "/run/systemd/timesync") ? false : nil
    }

    func services() -> [Finding] {
        let name = "services"
        do {
            let folder = try place.folder()
            let definitions = try allDefinitions(data: data, place: place)
            let catalogue = LiveCatalogue(
                folders: [
                    ServiceFolder(path: folder, forms: try place.formFolder()), ServiceFolder(path: data.services),
                ], calendars: data.calendars.current, today: CivilDate(utc: .now))
            let findings = catalogue.findings.prefix(5).map {
                Finding.warn(name, "\($0)", "mend the file: throughline services check \(folder)")
            }
            return [.ok(name, "\(definitions.count) definitions in \(folder)")] + findings
        } catch let failure as CommandFailure {
            return [.fail(name, failure.message, "name the folder with --services or THROUGHLINE_SERVICES.")]
        } catch {
            return [.fail(name, "\(error)", "check the folder of service definitions.")]
        }
    }

    /// A zone whose summer time everybody knows: without the data every zone is UTC.
    func zone() -> [Finding] {
        let noon = Date(timeIntervalSince1970: 1_783_000_000)
        guard TimeZone(identifier: "America/New_York")?.secondsFromGMT(for: noon) == -4 * 3_600 else {
            return [.fail("time zones", "the rules of time zones are missing", "install them (Debian: tzdata).")]
        }
        return [.ok("time zones", "the rules are there")]
    }

    func programs() -> [Finding] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/usr/local/bin"
        let found = path.split(separator: ":").map { "\($0)/dot" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return [
            found.map { .ok("Graphviz", $0) }
                ?? .warn("Graphviz", "dot was not found", "install it (Debian: graphviz): journey maps need it.")
        ]
    }

    func templates(_ settings: ServeSettings) -> [Finding] {
        do {
            let place = try TemplateLibrary.locate(configured: settings.templates)
            _ = try TemplateLibrary(directory: place)
            return [.ok("templates", place.path)]
        } catch {
            return [.fail("templates", "\(error)", "name the folder with --templates or THROUGHLINE_TEMPLATES.")]
        }
    }

    /// What the way to the server looks like from outside.
    func network(_ settings: ServeSettings) -> [Finding] {
        let name = "network"
        var findings: [Finding] = []
        if !Self.isLocal(settings.host), settings.tls == nil, !settings.isSecure {
            findings.append(
                .warn(
                    name, "\(settings.host):\(settings.port) is served without TLS beyond this machine",
                    "give --tls-certificate and --tls-key, or put a proxy in front and start with --secure."))
        }
        if settings.isSecure, settings.tls == nil, settings.addressHeader == nil {
            findings.append(
                .warn(
                    name, "a proxy ends TLS, and nobody says how it passes people's addresses",
                    "set --address-header, or all people share one address in what is held back."))
        }
        if let url = settings.publicURL {
            let isHTTPS = url.hasPrefix("https://")
            if settings.isSecure != isHTTPS {
                findings.append(
                    .warn(name, "url is \(url), but secure is \(settings.isSecure)", "let both say https, or neither."))
            }
        } else if settings.isSecure {
            findings.append(
                .warn(name, "nobody says where people reach the site", "set url, so that links in messages work."))
        }
        return findings.isEmpty ? [.ok(name, "\(settings.host):\(settings.port)")] : findings
    }

    func certificate(_ settings: ServeSettings) -> [Finding] {
        guard let files = settings.tls else { return [] }
        let name = "certificate"
        do {
            _ = try files.server()
            guard let first = try NIOSSLCertificate.fromPEMFile(files.certificate).first else {
                return [.fail(name, "\(files.certificate) holds none", "name a PEM file of the whole chain.")]
            }
            let days = Int((Double(first.notValidAfter) - Date().timeIntervalSince1970) / 86_400)
            if days < 0 { return [.fail(name, "it ran out \(-days) days ago", "renew it and start the server again.")] }
            let said = "good for \(days) more days"
            return [days < 21 ? .warn(name, said, "renew it and start the server again.") : .ok(name, said)]
        } catch let failure as CommandFailure {
            return [.fail(name, failure.message, "check both files and who may read them.")]
        } catch {
            return [.fail(name, "it can't be read", "check both files and who may read them.")]
        }
    }

    /// A site of one machine, to be tried, needs none; whatever others can reach should ask for it.
    func secondFactor(_ settings: ServeSettings) -> [Finding] {
        let name = "second factor"
        switch settings.secondFactor {
        case .none where settings.isSecure || !Self.isLocal(settings.host):
            return [
                .warn(
                    name, "nobody has to have one, and others can reach this site",
                    "set second.factor to administrators, owners or all (--require-second-factor).")
            ]
        case .none: return [.ok(name, "nobody has to have one, which is fine while only this machine reaches the site")]
        case .all: return [.ok(name, "everybody has to have one")]
        case .administrators, .owners: return [.ok(name, "\(settings.secondFactor.rawValue) have to have one")]
        }
    }

    func leakedPasswords(_ settings: ServeSettings) -> [Finding] {
        let name = "leaked passwords"
        if let leaked = settings.leaked { return [.ok(name, "none that \(leaked.path) holds can be chosen")] }
        guard settings.isSecure || !Self.isLocal(settings.host) else { return [.ok(name, "no list is set")] }
        return [
            .warn(
                name, "no list is set, and others can reach this site",
                "set passwords.leaked to a file of leaked passwords' SHA-1 hashes, in order.")
        ]
    }

    static func isLocal(_ host: String) -> Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }

    func mail(_ settings: ServeSettings) -> [Finding] {
        guard let mail = settings.mail else {
            return [
                .warn("mail", "no mail server: messages wait in the outbox", "set smtp.url and smtp.from to send them.")
            ]
        }
        switch SMTPCarrier.reach(mail) {
        case nil: return [.ok("mail", "\(mail.url) answers")]
        case .some(let problem):
            return [.fail("mail", "\(mail.url): \(problem)", "check address, TLS (smtp.tls), user and password.")]
        }
    }
}
