internal import Configuration
internal import Experience
internal import Formats
internal import Foundation
internal import Site
internal import Storage

/// The checks of `throughline doctor`, in the order in which they matter. Each is a method here or in an extension.
struct Examination {
    let flags: ServeFlags
    let data: DataPlace
    let place: ServicesPlace

    func findings() async -> [Finding] {
        var all = await configuration()
        all += folder()
        all += keys()
        let facts = await database()
        all += facts.findings
        all += clock(facts.facts)
        all += disk()
        all += openFiles()
        all += services()
        all += zone()
        all += programs()
        if let settings = try? await ServeSettings.read(flags: flags, dataFolder: data.folder) {
            all += templates(settings)
            all += network(settings)
            all += certificate(settings)
            all += mail(settings)
            all += secondFactor(settings)
            all += leakedPasswords(settings)
            all += await scanner(settings)
            all += await logServer(settings)
            all += retention(settings, facts.isServer)
        }
        return all
    }

    private func configuration() async -> [Finding] {
        let name = "configuration"
        let file = SettingsFile(dataFolder: data.folder)
        var findings: [Finding] = []
        do {
            _ = try await ServeSettings.read(flags: flags, dataFolder: data.folder)
            _ = try await data.address()
            let from = fileKind(file.path) == .file ? "flags, environment and \(file.path)" : "flags and environment"
            findings.append(.ok(name, "can be read from \(from)"))
        } catch let failure as CommandFailure {
            findings.append(.fail(name, failure.message, "throughline doctor --settings lists every setting."))
        } catch {
            findings.append(.fail(name, "can't be read", "check \(file.path)."))
        }
        let known = Set(Setting.all.filter(\.inFile).map(\.key))
        for key in (file.keys() ?? []).filter({ !known.contains($0) }) {
            findings.append(
                .warn(
                    name, "“\(key.prefix(60))” in \(file.path) is no setting", "remove it, or check how it is spelled.")
            )
        }
        let variables = Set(Setting.all.map(\.variable))
        let set = ProcessInfo.processInfo.environment.keys.filter {
            $0.hasPrefix("THROUGHLINE_") && !$0.hasPrefix("THROUGHLINE_TEST") && !variables.contains($0)
                && !["THROUGHLINE_BINARY", "THROUGHLINE_CHROMIUM"].contains($0)
        }
        for variable in set.sorted() {
            findings.append(
                .warn(name, "\(variable.prefix(80)) is no setting", "unset it, or check how it is spelled."))
        }
        let secrets = Set(Setting.all.filter(\.isSecret).map(\.key))
        if (file.keys() ?? []).contains(where: secrets.contains), let mode = Self.mode(file.path), mode & 0o077 != 0 {
            findings.append(
                .warn(name, "\(file.path) holds secrets and others may read it", "run: chmod 600 \(file.path)"))
        }
        return findings
    }

    private func folder() -> [Finding] {
        let (name, path) = ("data folder", data.folder)
        switch fileKind(path) {
        case .file:
            return [.fail(name, "\(path) is a file", "name a folder with --data or THROUGHLINE_DATA.")]
        case .missing:
            return [.warn(name, "\(path) is not there", "the server makes it at its first start, or name another.")]
        case .folder: break
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return [.fail(name, "\(path) can't be written by this user", "give it to the user the server runs as.")]
        }
        if let mode = Self.mode(path), mode & 0o077 != 0 {
            return [
                .warn(
                    name, "others may enter \(path) (mode \(String(mode & 0o777, radix: 8)))", "run: chmod 700 \(path)")
            ]
        }
        return [.ok(name, "\(path) is this user's own")]
    }

    private func keys() -> [Finding] {
        [
            key("vault key", variable: "THROUGHLINE_VAULT_KEY", file: "vault.key") {
                let lines = String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline)
                return !lines.isEmpty && lines.allSatisfy { VaultKey(text: String($0)) != nil }
            }, key("site key", variable: "THROUGHLINE_SITE_KEY", file: "site.key") { $0.count >= 32 },
        ]
    }

    private func key(_ name: String, variable: String, file: String, isWhole: (Data) -> Bool) -> Finding {
        if let text = ProcessInfo.processInfo.environment[variable] {
            let isKey = text.utf8.count >= 64 && text.utf8.allSatisfy { UInt8($0).isHexDigit }
            return isKey
                ? .ok(name, "from \(variable)")
                : .fail(name, "\(variable) is not a key", "set it to 64 hexadecimal digits: openssl rand -hex 32")
        }
        let path = data.folder + "/" + file
        guard fileKind(path) == .file else {
            return .warn(name, "\(path) is not there", "the server makes it at its first start; back it up then.")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            return .fail(name, "\(path) can't be read", "give it to the user the server runs as.")
        }
        guard isWhole(content) else {
            return .fail(name, "\(path) is damaged", "restore it from the backup; without it sealed words are lost.")
        }
        if let mode = Self.mode(path), mode & 0o077 != 0 {
            return .fail(name, "others may read \(path)", "run: chmod 600 \(path)")
        }
        return .ok(name, path)
    }

    private func disk() -> [Finding] {
        let folder = fileKind(data.folder) == .folder ? data.folder : "."
        guard let free = ProcessFigures.freeBytes(at: folder) else {
            return [.warn("disk", "how much is free can't be told", "check it by hand: df \(folder)")]
        }
        let said = "\(Int(free / 1_048_576)) MiB free at \(folder)"
        if free < LiveOperations.leastFree {
            return [.fail("disk", said, "free some space: below 64 MiB the server calls itself not ready.")]
        }
        return free < 1_073_741_824
            ? [.warn("disk", said, "free some space: a gigabyte leaves room for a bad day.")] : [.ok("disk", said)]
    }

    private func openFiles() -> [Finding] {
        var limit = rlimit()
        guard getrlimit(Self.openFilesLimit, &limit) == 0 else { return [] }
        let said = "\(limit.rlim_cur) files and connections may be open"
        return limit.rlim_cur < 4_096
            ? [.warn("open files", said, "raise it (ulimit -n, LimitNOFILE=): each connection needs one.")]
            : [.ok("open files", said)]
    }

    #if canImport(Glibc)
        private static let openFilesLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let openFilesLimit = RLIMIT_NOFILE
    #endif

    private func retention(_ settings: ServeSettings, _ isServer: Bool) -> [Finding] {
        let name = "retention"
        if settings.retention.isEmpty {
            return [
                .warn(
                    name, "nothing is erased by itself",
                    "set retention.words.days, retention.contacts.days and retention.messages.days as the law asks.")
            ]
        }
        if settings.retention.recordMonths != nil, !isServer {
            return [
                .warn(
                    name, "months of the record can't be dropped from the embedded database",
                    "remove retention.record.months, or move the record to PostgreSQL.")
            ]
        }
        let lines = RetentionSchedule(settings: settings.retention).lines(at: .now)
        return [.ok(name, lines.map { "\($0.rule.rawValue) \($0.keeps)" }.joined(separator: ", "))]
    }

    static func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
