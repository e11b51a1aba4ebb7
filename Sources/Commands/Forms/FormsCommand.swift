internal import ArgumentParser
internal import Experience
internal import Formats
internal import Storage

struct FormsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Look at forms.", subcommands: [FormsCheck.self])
}

struct FormsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report every error in forms: file, line, what is wrong, the nearest valid word.")

    @Argument(help: "Files or folders; the folder of ready forms when none is named.")
    var paths: [String] = []

    @Option(name: .customLong("service"), help: "The service the forms are for: its steps and collection count.")
    var service: String?

    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let today = CivilDate(utc: .now)
            let owner = try service.map { try definition($0, today: today) }
            var paths = self.paths
            if paths.isEmpty {
                guard let folder = try place.formFolder() else {
                    throw CommandFailure.noInput("no folder of forms was found; name files or a folder.")
                }
                paths = [folder.path]
            }
            var findings: [ServiceFinding] = []
            var (good, files) = (0, 0)
            for path in paths {
                for file in try Self.files(path) {
                    guard let text = textOfFile(file) else {
                        throw CommandFailure.badData("\(file) is not UTF-8 text; save it as UTF-8.")
                    }
                    let reading = readForm(yaml: text, file: file, service: owner, today: today)
                    findings += reading.findings
                    files += 1
                    if reading.isSound { good += 1 }
                }
            }
            for finding in findings { print(finding) }
            let errors = findings.count { $0.severity == .error }
            let warnings = findings.count - errors
            print(
                "\(good) of \(files) form\(files == 1 ? "" : "s") can be asked, \(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")."
            )
            if errors > 0 { throw ExitCode(65) }
        }
    }

    private static func files(_ path: String) throws -> [String] {
        switch fileKind(path) {
        case .file: return [path]
        case .folder: return FormFolder(path: path).files() ?? []
        case .missing: throw CommandFailure.noInput("there is no file or folder at \(path); check the name.")
        }
    }

    private func definition(_ name: String, today: CivilDate) throws -> ServiceDefinition {
        let all = ServiceFolder.definitions(
            in: [try place.folder()], calendars: .standard, today: today, forms: try place.formFolder())
        guard let found = all.first(where: { $0.id.text == name }) else {
            let hint = nearestName(to: name, in: all.map(\.id.text)).map { "; did you mean “\($0)”?" } ?? "."
            throw CommandFailure.badData("no service is called “\(name)”\(hint)")
        }
        return found
    }
}
