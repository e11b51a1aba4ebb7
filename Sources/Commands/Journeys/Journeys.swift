internal import Analyses
internal import Analytics
internal import ArgumentParser
internal import Experience
internal import Foundation
internal import JourneyEngine

struct Journeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask a question of a log file or of the record.",
        discussion: """
            SOURCE is a log file (XES, XES.gz, CSV, TSV, JSON Lines, OCEL 2, or a log saved by `convert`).
            Without one, the record given with --data and --service is asked; with --analytics, the server that was fed \
            from it answers summary, map, variants and durations.

            QUESTIONS
            """ + "\n" + JourneyQuestions.all.map { "  \($0.id): \($0.about)" }.joined(separator: "\n")
                + "\n  \(ObjectQuestion.id): \(ObjectQuestion.about)")

    @Argument(help: "What to ask: \(questionWords).")
    var question: String

    @Argument(help: "A log file.")
    var file: String?

    @OptionGroup var source: JourneySource
    @OptionGroup var options: QuestionOptions
    @OptionGroup var analytics: AnalyticsPlace

    @Option(
        name: .customLong("where"), help: "Only journeys for which this holds, as: passes \"T02\" and duration > 3 d")
    var condition: String?

    @Flag(help: "JSON, with the keys and units of the documentation.")
    var json = false

    @Flag(help: "CSV.")
    var csv = false

    @Flag(help: "The map as SVG (needs Graphviz).")
    var svg = false

    @Flag(help: "The discovered model as PNML.")
    var pnml = false

    @Option(help: "Threads; 0 is all cores. No answer depends on it.")
    var threads = 0

    func run() async throws {
        try await reportingFailures {
            guard [json, csv, svg, pnml].count(where: { $0 }) <= 1 else {
                throw CommandFailure.usage("choose one of --json, --csv, --svg and --pnml.")
            }
            do {
                if question == ObjectQuestion.id {
                    try show(try ObjectQuestion.answer(file))
                    return
                }
                let asked = try JourneyQuestions.named(question)
                if svg, asked.id != MapQuestion.id { throw CommandFailure.usage("--svg draws the map; ask for “map”.") }
                if pnml, asked.id != DiscoverQuestion.id {
                    throw CommandFailure.usage("--pnml is the form of a discovered model; ask for “discover”.")
                }
                if analytics.text != nil {
                    try show(try await distantAnswer(asked.id))
                    return
                }
                let loaded = try await source.load(file, threads: threads)
                var log = loaded.log
                if let condition {
                    log = log.restricted(to: try JourneyFilter.select(condition, in: log, threads: threads))
                    if log.journeyCount == 0 { throw CommandFailure.badData("no journey meets --where \(condition)") }
                }
                let settings = try options.settings(for: loaded, log: log, threads: threads)
                if svg {
                    print(try MapDrawing.svg(log, settings))
                    return
                }
                let answer = try asked.ask(log, settings)
                if pnml, let model = answer as? DiscoverQuestion.Answer {
                    print(model.pnml)
                } else {
                    try show(answer)
                }
            } catch let problem as JourneyProblem {
                throw CommandFailure.usage("\(problem)")
            } catch let problem as FilterError {
                throw CommandFailure.usage("--where \(problem)")
            } catch let problem as NetError {
                throw CommandFailure.badData("\(problem)")
            }
        }
    }
}

extension Journeys {
    /// From the analytics server; it has no record to look into, only what was fed.
    private func distantAnswer(_ question: String) async throws -> any JourneyAnswer {
        guard file == nil else {
            throw CommandFailure.usage("a log file is asked where it is; leave out --analytics or the file.")
        }
        let definition = try source.definition(among: try allDefinitions(data: source.data, place: source.place))
        let address = try await analytics.named(dataFolder: source.data.folder)
        return try await askingAnalytics { () async throws -> any JourneyAnswer in
            if let unknown = unsupported { throw AnalyticsError.cannot(unknown) }
            let service = ClickHouseService(
                ClickHouseClient(address), agency: definition.agency, service: definition.id)
            switch question {
            case SummaryQuestion.id: return try await service.summary(top: options.top)
            case MapQuestion.id: return try await service.map()
            case VariantsQuestion.id: return try await service.variants(top: options.top)
            case DurationsQuestion.id: return try await service.durations()
            default: throw AnalyticsError.cannot("“\(question)”")
            }
        }
    }

    /// What was asked for that only the embedded engine does.
    private var unsupported: String? {
        if condition != nil { return "--where" }
        if options.calendar != nil { return "working time (--calendar)" }
        return svg ? "--svg" : pnml ? "--pnml" : nil
    }

    private func show(_ answer: any JourneyAnswer) throws {
        if json {
            print(String(decoding: try answer.json(pretty: true), as: UTF8.self))
        } else if csv {
            print(answer.csv(), terminator: "")
        } else {
            print(answer.text(), terminator: "")
        }
    }
}

/// The words that ask a question, for the help.
private let questionWords = JourneyQuestions.all.map { $0.id }.joined(separator: ", ")
