internal import ArgumentParser
internal import Experience
internal import Formats
internal import Storage

struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services", abstract: "Look at the service definitions.",
        subcommands: [ServicesCheck.self])
}

struct ServicesCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report every error in the definitions: file, line, what is wrong, the nearest valid word.")

    @Argument(help: "Files or folders; the services folder when none is named.")
    var paths: [String] = []

    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            let today = CivilDate(utc: .now)
            var findings: [ServiceFinding] = []
            var count = 0
            for path in paths.isEmpty ? [try place.folder()] : paths {
                let reading = try Self.read(path, forms: try place.formFolder(), today: today)
                findings += reading.findings
                count += reading.count
            }
            for finding in findings { print(finding) }
            let errors = findings.count { $0.severity == .error }
            let warnings = findings.count - errors
            print(
                "\(count) service\(count == 1 ? "" : "s") can run, \(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")."
            )
            if errors > 0 { throw ExitCode(65) }
        }
    }

    private static func read(
        _ path: String, forms: FormFolder?, today: CivilDate
    ) throws -> (count: Int, findings: [ServiceFinding]) {
        switch fileKind(path) {
        case .folder:
            let reading = ServiceFolder(path: path, forms: forms).read(calendars: .standard, today: today)
            return (reading.definitions.count, reading.findings)
        case .file:
            guard let text = textOfFile(path) else {
                throw CommandFailure.badData("\(path) is not UTF-8 text; save it as UTF-8.")
            }
            let reading = readServiceDefinition(
                yaml: text, file: path, calendars: .standard, today: today,
                ready: forms?.read(today: today).forms ?? [:])
            return (reading.definition == nil ? 0 : 1, reading.findings)
        case .missing:
            throw CommandFailure.noInput("there is no file or folder at \(path); check the name.")
        }
    }
}
