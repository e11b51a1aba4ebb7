internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Foundation
internal import JourneyEngine

/// What a question may be told on the command line.
struct QuestionOptions: ParsableArguments {
    @Option(help: "Rows of a ranking.")
    var top: Int?

    @Option(help: "Attribute to hand over, group or explain by.")
    var by: String?

    @Option(
        name: .customLong("path"),
        help:
            "A step of the promised path or of a funnel, in order; repeat it. As: \"send letter\" or \"send letter within 3 d\"."
    )
    var path: [String] = []

    @Option(help: "A net to compare with, as PNML.")
    var net: String?

    @Option(name: .customLong("rule"), help: "A declarative rule; repeat it.")
    var rules: [String] = []

    @Option(name: .customLong("ending"), help: "An activity that ends a journey; repeat it. Others are still running.")
    var endings: [String] = []

    @Option(help: "Share of infrequent behaviour the miner leaves out, 0 to 1.")
    var noise = 0.0

    @Option(help: "Late means longer than this, as 30d or 12h (default: the slowest tenth).")
    var late: String?

    @Option(
        help:
            "Working calendar, for waits and durations in working time: \(CalendarSet.standard.ids.map(\.text).joined(separator: ", "))."
    )
    var calendar: String?

    @Option(help: "Share of activities the map shows, 0 to 1.")
    var activities = 1.0

    @Option(help: "Share of paths the map shows, 0 to 1.")
    var paths = 1.0

    @Option(help: "Confidence of intervals.")
    var confidence = 0.95

    @Option(help: "Window of time FROM..TO, days or moments.")
    var window: String?

    @Option(help: "Seconds an alignment may take before bounds are given instead.")
    var budget: Double?

    func settings(for source: JourneySource.Loaded, log: EventLog, threads: Int) throws -> JourneyOptions {
        var settings = JourneyOptions()
        settings.threads = threads
        settings.top = top
        settings.attribute = by
        settings.path = path
        settings.rules = rules
        settings.endings = endings
        settings.noise = noise
        settings.confidence = confidence
        settings.activityDetail = activities
        settings.pathDetail = paths
        if let budget { settings.budget.seconds = budget }
        if path.isEmpty, let definition = source.definition {
            settings.path = definition.promisedPath.map(\.id.text)
        }
        if let net {
            guard let data = FileManager.default.contents(atPath: net) else {
                throw CommandFailure.noInput("there is no file at \(net); check the name given with --net.")
            }
            settings.net = try PetriNet(pnml: Array(data))
        }
        if let late {
            guard let seconds = Self.seconds(late) else {
                throw CommandFailure.usage("--late \(late) is not a length of time; write 90m, 12h or 30d.")
            }
            settings.lateAfterSeconds = seconds
        }
        if let window { settings.window = try Self.window(window) }
        if let calendar { settings.calendar = try Self.workingHours(calendar, log) }
        return settings
    }

    private static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let amount = Double(text.dropLast()), amount >= 0 else {
            return nil
        }
        return amount * unit
    }

    private static func window(_ text: String) throws -> ClosedRange<Int64> {
        let parts = text.components(separatedBy: "..")
        func moment(_ text: String, isEnd: Bool) -> Int64? {
            if let instant = Instant(rfc3339: text) { return instant.microseconds }
            guard let day = CivilDate(text) else { return nil }
            return isEnd ? day.adding(days: 1).startUTC.microseconds - 1 : day.startUTC.microseconds
        }
        guard parts.count == 2, let from = moment(parts[0], isEnd: false), let to = moment(parts[1], isEnd: true),
            from <= to
        else {
            throw CommandFailure.usage("--window \(text) is not a window; write 2026-01-01..2026-03-31.")
        }
        return from...to
    }

    private static func workingHours(_ name: String, _ log: EventLog) throws -> WorkingHours {
        guard let id = Slug(name), let calendar = CalendarSet.standard[id] else {
            throw CommandFailure.usage(
                "there is no working calendar “\(name)”; use one of: \(CalendarSet.standard.ids.map(\.text).joined(separator: ", "))."
            )
        }
        let summary = log.summary()
        guard let first = summary.firstTime, let last = summary.lastTime else { return WorkingHours([]) }
        let open = calendar.openIntervals(from: Instant(microseconds: first), to: Instant(microseconds: last))
        return WorkingHours(open.map { $0.start..<$0.end })
    }
}
