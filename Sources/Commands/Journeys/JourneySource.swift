internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import JourneyEngine
internal import Storage

/// Where the journeys come from: a log file, a saved log, or a service of the record.
struct JourneySource: ParsableArguments {
    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    @Option(help: "With --data: the service whose journeys are asked.")
    var service: String?

    @Option(
        name: .customLong("role"), help: "CSV: which column holds what, as case=COLUMN, activity=COLUMN, time=COLUMN…")
    var roles: [String] = []

    @Option(help: "How times are written, when it can't be told: day-first, month-first, …")
    var timeFormat: String?

    @Option(help: "Zone of times without one: +01:00 or Europe/Amsterdam (default: UTC).")
    var zone: String?

    @Option(help: "OCEL: the object type whose objects are the journeys.")
    var objectType: String?

    @Option(help: "XES: name of the classifier that makes the activity.")
    var classifier: String?

    /// Endings of a log saved by the engine itself.
    static let savedEnding = ".tlog"

    struct Loaded {
        var log: EventLog
        var definition: ServiceDefinition?
    }

    func load(_ file: String?, threads: Int) async throws -> Loaded {
        if let file { return Loaded(log: try loadFile(file, threads: threads), definition: nil) }
        return try await loadRecord()
    }

    private func loadFile(_ file: String, threads: Int) throws -> EventLog {
        guard fileKind(file) == .file else {
            throw CommandFailure.noInput("there is no file at \(file); check the name.")
        }
        if file.hasSuffix(Self.savedEnding) {
            do throws(LogFileError) {
                return try EventLog.open(file)
            } catch {
                throw CommandFailure.badData("\(error)")
            }
        }
        var options = try LogReadingOptions(roles: roles, timeFormat: timeFormat, zone: zone)
        options.objectType = objectType
        options.classifier = classifier
        options.threads = threads
        let chosen = options
        let loaded = try readingFormat { () throws(FormatError) in try LogReader.read(path: file, options: chosen) }
        for role in loaded.report.roles where role.guessed {
            printError("\(role.role.title): column “\(role.column)” (guessed; name another with --role)")
        }
        if loaded.report.rejectedCount > 0 {
            printError(
                "\(grouped(loaded.report.rejectedCount)) rows were left out; the first: \(loaded.report.rejected.first.map { "\($0)" } ?? "")"
            )
        }
        for warning in loaded.report.warnings { printError("note: \(warning)") }
        return loaded.log
    }

    /// The service that is asked, by the name given with --service.
    func definition(among definitions: [ServiceDefinition]) throws -> ServiceDefinition {
        guard let service, let id = ServiceID(service) else {
            throw CommandFailure.usage(
                "name a log file, or --service with one of: \(definitions.map(\.id.text).joined(separator: ", ")).")
        }
        guard let definition = definitions.first(where: { $0.id == id }) else {
            let hint = nearestName(to: service, in: definitions.map(\.id.text)).map { "; did you mean “\($0)”?" } ?? "."
            throw CommandFailure.usage("no service is called “\(service)”\(hint)")
        }
        return definition
    }

    /// Opens the record in the data folder for one piece of work on the service that was named, and closes it again.
    func onRecord<Answer>(_ work: (Record, ServiceDefinition) async throws -> Answer) async throws -> Answer {
        let definitions = try allDefinitions(data: data, place: place)
        let definition = try self.definition(among: definitions)
        guard fileKind(data.folder) == .folder else {
            throw CommandFailure.noInput("there is no data at \(data.folder); name the folder with --data.")
        }
        let rules = ViewRules(services: definitions, calendars: data.calendars.current)
        return try await data.onRecord(rules: rules) { try await work($0, definition) }
    }

    private func loadRecord() async throws -> Loaded {
        try await onRecord { record, definition in
            let id = definition.id
            var feed = SnapshotFeed()
            while true {
                let events = try await record.tail(after: feed.sequence, limit: 50_000)
                guard let last = events.last else { break }
                _ = feed.take(events.filter { $0.event.service == id })
                feed.sequence = last.sequence
            }
            guard let log = feed.publish([id])[id]?.log, log.eventCount > 0 else {
                throw CommandFailure.badData("the record holds no event of “\(id)” yet.")
            }
            return Loaded(log: log, definition: definition)
        }
    }
}

extension LogReadingOptions {
    /// From the words of a command line.
    init(roles: [String], timeFormat: String?, zone: String?) throws {
        self.init()
        for pair in roles {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let role = ColumnRole(rawValue: String(parts[0])) else {
                let words = ColumnRole.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("--role \(pair) is not understood; write ROLE=COLUMN with one of: \(words).")
            }
            self.roles[role] = String(parts[1])
        }
        if let timeFormat {
            guard let known = TimeFormat(rawValue: timeFormat) else {
                throw CommandFailure.usage("--time-format: \(FormatError.unknownTimeFormat(timeFormat))")
            }
            self.timeFormat = known
        }
        if let zone {
            do throws(FormatError) {
                self.zone = try ZoneRule(zone)
            } catch {
                throw CommandFailure.usage("--zone: \(error)")
            }
        }
    }
}

func readingFormat<Value>(_ work: () throws(FormatError) -> Value) throws -> Value {
    do throws(FormatError) {
        return try work()
    } catch {
        throw CommandFailure.badData("\(error).")
    }
}
