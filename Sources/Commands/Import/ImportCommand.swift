internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import JourneyEngine
internal import Storage

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take event logs into the record: XES, XES.gz, CSV, TSV, JSON Lines, OCEL 2.",
        discussion: """
            Bad rows are listed with line and reason in FILE.rejects.csv and never stop the good ones. The same file
            imported twice is stored once. A service without a definition gets a first one made from the log.
            """)

    @Argument(help: "Log files.")
    var files: [String]

    @Option(help: "The service the events belong to: the id of a definition, or a new name.")
    var service: String

    @Option(help: "Where the events come from, for telling repeats; the file's name when not given.")
    var source: String?

    @Option(
        name: .customLong("role"),
        help: "Which column holds what, as case=COLUMN, activity=COLUMN, time=COLUMN, resource=COLUMN…")
    var roles: [String] = []

    @Option(help: "How times are written, when it can't be told: day-first, month-first, …")
    var timeFormat: String?

    @Option(help: "Zone of times without one: +01:00 or Europe/Amsterdam (default: UTC).")
    var zone: String?

    @Option(help: "OCEL: the object type whose objects are the journeys.")
    var objectType: String?

    @Option(name: .customLong("closes"), help: "An activity that ends a journey, for a service made from the log.")
    var closing: [String] = []

    @Flag(help: "Stop at the first bad row.")
    var strict = false

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            guard let id = ServiceID(service) else {
                throw CommandFailure.usage(
                    "“\(service)” is not a service id; use letters, digits, hyphens, underscores or dots.")
            }
            for file in files where fileKind(file) != .file {
                throw CommandFailure.noInput("there is no file at \(file); check the name.")
            }
            let options = try readingOptions()
            let definition = try await serviceDefinition(id, options)
            let rules = ViewRules(services: [definition], calendars: data.calendars.current)
            try await data.onRecord(rules: rules) { record in
                for file in files { try await importFile(file, options, definition, record) }
            }
        }
    }

    private func importFile(
        _ file: String, _ options: LogReadingOptions, _ definition: ServiceDefinition, _ record: Record
    ) async throws {
        var progress = ProgressLine()
        let stream = try readingFormat { () throws(FormatError) in try LogRowStream(path: file, options: options) }
        let name = source ?? "log:" + URL(fileURLWithPath: file).lastPathComponent
        var translation = LogTranslation(definition: definition, source: name)
        var stored = 0
        var repeated = 0
        let rejects = RejectFile(for: file)
        var printedRoles = false
        while let batch = try readingFormat({ () throws(FormatError) in try stream.next(5_000) }) {
            if !printedRoles {
                printedRoles = true
                for role in stream.report.roles {
                    print("  \(role.role.title): \(role.column)\(role.guessed ? " (guessed)" : "")")
                }
            }
            for row in batch.rejected { try rejects.add(line: row.line, reason: row.reason, excerpt: row.excerpt) }
            var events: [Event] = []
            for imported in batch.events {
                do throws(EventProblem) {
                    events.append(try translation.event(imported))
                } catch {
                    try rejects.add(line: imported.line, reason: "\(error)", excerpt: "")
                    if strict { throw CommandFailure.badData("\(file), line \(imported.line): \(error)") }
                }
            }
            do {
                for outcome in try await record.append(events) {
                    switch outcome {
                    case .stored: stored += 1
                    case .duplicate: repeated += 1
                    case .refused(let reason): try rejects.add(line: 0, reason: "\(reason)", excerpt: "")
                    }
                }
            } catch {
                throw CommandFailure.unavailable(
                    "\(file): \(error) \(grouped(stored)) events were stored; import again to go on.")
            }
            progress.show(done: stream.bytesRead, of: stream.bytesTotal, events: stored + repeated)
        }
        progress.clear()
        for warning in stream.report.warnings { print("  note: \(warning)") }
        var line = "\(file): \(grouped(stored)) events stored"
        if repeated > 0 { line += ", \(grouped(repeated)) were there already" }
        line += ", \(grouped(rejects.count)) rejected"
        line += String(format: ", %.1f s.", progress.seconds)
        print(line)
        if rejects.count > 0 { print("  the rejected rows, with reasons: \(rejects.path)") }
        if stored + repeated == 0 {
            throw CommandFailure.badData("\(file) holds no usable event; see the reasons above.")
        }
    }

    private func readingOptions() throws -> LogReadingOptions {
        var options = try LogReadingOptions(roles: roles, timeFormat: timeFormat, zone: zone)
        options.strict = strict
        options.objectType = objectType
        return options
    }

    /// The definition of the service, or one made from the first file and kept beside the data.
    private func serviceDefinition(_ id: ServiceID, _ options: LogReadingOptions) async throws -> ServiceDefinition {
        let today = CivilDate(utc: .now)
        let known = try allDefinitions(data: data, place: place)
        if let definition = known.first(where: { $0.id == id }) { return definition }
        let loaded = try readingFormat { () throws(FormatError) in try LogReader.read(path: files[0], options: options)
        }
        let log = loaded.log
        for activity in closing where log.activityIndex(activity) == nil {
            throw CommandFailure.usage(
                "--closes \(activity): the log has no such activity; it has \(log.activityNames.prefix(12).joined(separator: ", "))."
            )
        }
        let cohorts = loaded.report.attributes.filter { $0.level == .journey }.map(\.name).filter { name in
            guard let attribute = log.attributeIndex(name, level: .journey) else { return false }
            return (2...200).contains(log.attributeValues(attribute).count)
        }
        let derived = DerivedService(
            id: id, title: id.text.replacingOccurrences(of: "-", with: " ").capitalized,
            activities: DerivedService.order(of: log), closing: Set(closing), cohorts: Array(cohorts.prefix(6)))
        let path = data.services + "/\(id).yaml"
        do {
            try FileManager.default.createDirectory(atPath: data.services, withIntermediateDirectories: true)
            try derived.yaml.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure.unavailable("\(path) can't be written; check the folder given with --data.")
        }
        let reading = readServiceDefinition(yaml: derived.yaml, file: path, calendars: .standard, today: today)
        guard let definition = reading.definition else {
            throw CommandFailure.badData(
                "no definition could be made from the log: \(reading.findings.first.map { "\($0)" } ?? "")")
        }
        print("No service is called “\(id)”; a first definition was made from the log: \(path)")
        return definition
    }
}
