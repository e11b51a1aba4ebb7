internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

struct FeedbackReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Report a fiscal quarter from the answers in the record and from imported quarters.",
        discussion: """
            a11-v1 writes a header and a detail file for each survey; a11-v2 a file with a line for each survey and an upload \
            of its answers (0 not ticked, 1 ticked, null not asked); csv the layout in which quarterly data are published; \
            json everything with intervals and methods. Without --to, the files are printed one after the other, an empty \
            line between them. The quarter runs from its first to its last moment by the clocks of the zone. Answers that are \
            held back are not counted; what is missing is told on standard error.
            """)

    @Option(help: "The fiscal quarter, such as FY2021Q2.")
    var quarter: String

    @Option(help: "a11-v1, a11-v2, csv or json.")
    var format: ReportFormat = .json

    @Option(help: "Only this service; imported quarters are then left out.")
    var service: String?

    @Option(name: .customLong("to"), help: "Folder to write the files to.")
    var folder: String?

    @Option(help: "Zone of the quarter's edges (default: THROUGHLINE_ZONE, else America/New_York).")
    var zone: String?

    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        try await reportingFailures {
            guard let quarter = FiscalQuarter(quarter) else {
                throw CommandFailure.usage("“\(quarter)” is no fiscal quarter; write one such as FY2021Q2.")
            }
            let zone = zone ?? ProcessInfo.processInfo.environment["THROUGHLINE_ZONE"] ?? "America/New_York"
            guard let bounds = quarter.bounds(in: zone) else {
                throw CommandFailure.usage("there is no time zone “\(zone)”; write one such as America/New_York.")
            }
            var definitions = try allDefinitions(data: data, place: place)
            if let service {
                definitions.removeAll { $0.id.text != service }
                guard !definitions.isEmpty else {
                    throw CommandFailure.usage(
                        "there is no service “\(service)”; “throughline services check” lists them.")
                }
            }
            let asked = definitions
            let files = try await data.onRecord(rules: ViewRules(services: asked)) { record in
                try await gather(record, asked, quarter, zone, bounds)
            }
            tellGaps(files)
            try deliver(try files.make(format), quarter)
        }
    }

    private func gather(
        _ record: Record, _ services: [ServiceDefinition], _ quarter: FiscalQuarter, _ zone: String,
        _ bounds: Range<Instant>
    ) async throws -> ReportFiles {
        let source = try await FormSource.read(record, services: services, today: CivilDate(utc: .now))
        let definitions = source.overlaid(on: services)
        let forms = source.forms(of: definitions)
        let known = Dictionary(definitions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var reading = ResponseReading()
        var sequence: Int64 = 0
        while true {
            let events = try await record.answersAndOffers(after: sequence)
            guard let last = events.last else { break }
            reading.take(events.filter { known[$0.event.service] != nil }, form: forms)
            sequence = last.sequence
        }
        var reported: [ReportFiles.Service] = []
        for definition in definitions {
            var columns = reading.columns[definition.id] ?? ResponseColumns()
            columns.hold(try await record.heldKeys(agency: definition.agency, service: definition.id))
            let customers = try await record.journeysUnderWay(
                agency: definition.agency, service: definition.id,
                period: Period(from: bounds.lowerBound, to: bounds.upperBound))
            let report = QuarterReport(
                definition, columns, quarter: quarter, bounds: bounds, customers: customers, now: .now)
            reported.append(ReportFiles.Service(report: report, columns: columns))
        }
        let imported = service == nil ? try await record.importedSurveys(quarter: quarter).map(\.survey) : []
        var files = ReportFiles(
            quarter: quarter, zone: zone, bounds: bounds, services: reported, imported: imported, now: .now)
        if format == .a11v2 {
            try await files.readComments(record, agency: { known[$0]?.agency }, reader: "feedback report")
        }
        return files
    }

    private func tellGaps(_ files: ReportFiles) {
        printError(
            "\(files.quarter): \(files.bounds.lowerBound.rfc3339) up to \(files.bounds.upperBound.rfc3339), due \(files.quarter.due)."
        )
        for service in files.services {
            for gap in service.report.gaps { printError("\(service.report.service): \(gap.sentence)") }
        }
    }

    private func deliver(_ files: [ReportFiles.File], _ quarter: FiscalQuarter) throws {
        guard !files.isEmpty else {
            throw CommandFailure.badData("nothing in \(quarter) can be written as \(format.rawValue).")
        }
        guard let folder else {
            print(files.map(\.content).joined(separator: "\n"), terminator: "")
            return
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in files {
                try Data(file.content.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"), options: .atomic)
            }
        } catch {
            throw CommandFailure.unavailable("the files can't be written to \(folder); check its permissions.")
        }
        print("\(files.count) file\(files.count == 1 ? "" : "s") written to \(folder).")
    }
}
