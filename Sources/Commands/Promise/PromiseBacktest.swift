internal import Analyses
internal import ArgumentParser
internal import Formats
internal import Foundation
internal import Storage

struct PromiseBacktest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Walk through past journeys, quote each from what was known on the day, and count what was kept.",
        discussion: """
            SOURCE is a table with one line a journey (CSV with named columns), or an event log (XES, CSV, JSON Lines, \
            OCEL, a saved log): then --from and --to name activities, and --by attributes of the journey or its first \
            event. Without SOURCE, --service names a service of the record in --data, and --from and --to its steps; \
            --own promise then is the date each person was given first. A \
            promise is kept when the journey ends on the promised day or before. Open journeys count as open; those \
            whose day passed without an end are counted apart.
            """)

    @Argument(help: "The table or log of journeys; without it, a service of the record.")
    var source: String?

    @OptionGroup var journeys: JourneySource

    @Option(help: "Column, or activity, with the start of each journey.")
    var from: String

    @Option(help: "Column, or activity, with its end; empty or missing = not ended.")
    var to: String

    @Option(help: "Columns the quote may depend on, separated by commas, most important first.")
    var by: String

    @Option(help: "Share of promises to be kept, 0.5 to 0.999.")
    var confidence = 0.95

    @Option(help: "Column with the organisation's own promised date.")
    var own: String?

    @Option(help: "Columns with milestones, in order; left out, every time column between start and end is one.")
    var milestones: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            guard (0.5...0.999).contains(confidence) else {
                throw CommandFailure.usage("--confidence must lie between 0.5 and 0.999, not \(confidence).")
            }
            let attributes = Self.names(by)
            guard !attributes.isEmpty else {
                throw CommandFailure.usage("--by needs at least one column; name what the date may depend on.")
            }
            let orders = try await orders(attributes)
            guard !orders.rows.isEmpty else {
                throw CommandFailure.badData(
                    "\(source ?? "the record"): no journey has a readable \(from); name what starts one.")
            }
            for (reason, n) in orders.left.sorted(by: { $0.key < $1.key }) {
                printError("\(n) line\(n == 1 ? "" : "s") left out: \(reason).")
            }
            var options = PromiseOptions()
            options.confidence = confidence
            let report = Backtest.run(
                rows: orders.rows, attributes: attributes, milestones: orders.milestones, options: options)
            print(json ? try Self.encoded(report) : Self.text(report))
        }
    }

    /// A table when its header names start and end; otherwise an event log, and the names are activities.
    private func orders(_ attributes: [String]) async throws -> OrderTable {
        let milestones = milestones.map(Self.names)
        if let source, let table = try table(source, attributes, milestones) { return table }
        guard source != nil else {
            return try await journeys.onRecord { record, definition in
                try await OrderTable(
                    record, definition, from: from, to: to, by: attributes, own: own, milestones: milestones)
            }
        }
        let loaded = try await journeys.load(source, threads: 1)
        return try OrderTable(
            loaded.log, from: from, to: to, by: attributes, own: own, milestones: milestones ?? [])
    }

    /// The file as a table; nil when its columns are none of the names, so that it must be a log.
    private func table(_ source: String, _ attributes: [String], _ milestones: [String]?) throws -> OrderTable? {
        guard fileKind(source) == .file, let data = FileManager.default.contents(atPath: source) else {
            throw CommandFailure.noInput("there is no file at \(source); check the name.")
        }
        do {
            let isPacked = data.starts(with: [0x1F, 0x8B])
            let isMarkup = data.first { $0 > 0x20 } == UInt8(ascii: "<")
            if !isPacked, !isMarkup, !source.hasSuffix(JourneySource.savedEnding) {
                let table = try DelimitedTable([UInt8](data))
                if table.columns.contains(from) || table.columns.contains(to) {
                    return try OrderTable(
                        table, from: from, to: to, by: attributes, own: own, milestones: milestones)
                }
            }
        } catch let problem as DelimitedTable.Problem {
            throw CommandFailure.badData("\(source): \(problem)")
        }
        return nil
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func encoded(_ report: BacktestReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    static func text(_ report: BacktestReport) -> String {
        guard let kept = report.kept, let low = report.keptLow, let high = report.keptHigh, let mean = report.meanLead
        else {
            return
                "No promise could be judged: \(report.unquoted.map { "\($0.value) × \($0.key)" }.joined(separator: "; "))."
        }
        func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
        func days(_ value: Double) -> String { String(format: "%.1f", value) }
        var lines = [
            "At \(percent(report.confidence)): kept \(percent(kept)) (\(percent(low)) to \(percent(high))) of \(report.n) promises.",
            "Quoted \(days(mean)) days on average, \(days(report.medianLead ?? mean)) in the middle; "
                + "\(percent(report.quotedShare ?? 0)) of journeys got a date.",
        ]
        if let month = report.worstMonth, let share = report.worstMonthKept {
            lines.append("Worst month \(month): \(percent(share)).")
        }
        if let group = report.worstGroup {
            lines.append("Worst group \(group.attribute) = \(group.value): \(percent(group.kept)) of \(group.n).")
        }
        if let kept = report.pooledKept, let lead = report.pooledMeanLead {
            lines.append("One date for all would have kept \(percent(kept)) with \(days(lead)) days.")
        }
        if let kept = report.ownKept, let lead = report.ownMeanLead {
            lines.append("The organisation's own dates: kept \(percent(kept)) with \(days(lead)) days.")
            if let matched = report.matchedMeanLead, let theirs = report.matchedOwnMeanLead {
                lines.append(
                    "To keep as many as they do, we would quote \(days(matched)) days where they quoted \(days(theirs))."
                )
            }
        }
        for stage in report.stages {
            lines.append(
                "Quoted again at \(stage.milestone): \(days(stage.meanLead)) days from the start instead of "
                    + "\(days(stage.meanFirstLead)), kept \(percent(stage.kept)) of \(stage.n).")
        }
        if let share = report.warnedShare {
            lines.append("Of broken promises, \(percent(share)) were announced at least three days before.")
        }
        if report.openPastDue > 0 {
            lines.append(
                "\(report.openPastDue) quoted journeys passed their date without an end in the data: not judged.")
        }
        return lines.joined(separator: "\n")
    }
}
