internal import Analyses
internal import Analytics
internal import ArgumentParser
internal import Experience
internal import Foundation
internal import JourneyEngine
internal import Statistics
internal import Storage

struct AnalyticsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask the embedded engine and the analytics server the same questions, and compare.",
        discussion: "For every service of the record; feed first. Standard deviations may differ by a millionth.")

    @OptionGroup var options: AnalyticsOptions

    @Option(help: "Only this service.")
    var service: String?

    func run() async throws {
        try await options.running { opened in
            let wanted = opened.definitions.filter { service == nil || $0.id.text == service }
            guard !wanted.isEmpty else { throw CommandFailure.usage("no service is called “\(service ?? "")”.") }
            let forms = try await opened.forms()
            var different: [String] = []
            for definition in wanted {
                let comparison = try await AnalyticsComparison(opened.record, definition, opened.client, forms)
                guard comparison.journeys > 0 else { continue }
                for line in try await comparison.lines() {
                    print("\(definition.id.text)  \(line.question)  \(line.isEqual ? "equal" : "DIFFERS")")
                    if !line.isEqual { different.append("\(definition.id.text) \(line.question)") }
                }
            }
            guard different.isEmpty else {
                throw CommandFailure.badData("answers differ: \(different.joined(separator: ", ")).")
            }
        }
    }
}

/// One service asked twice: in memory and over there.
struct AnalyticsComparison: Sendable {
    struct Line: Sendable, Hashable {
        var question: String
        var isEqual: Bool
    }

    private let embedded: ServiceAnalyses
    private let distant: ServiceAnalyses
    private let definition: ServiceDefinition
    private let held: Set<UInt64>
    private let range: Range<Int64>
    let journeys: Int

    /// - Parameter forms: forms in the version that was answered; both sides score by the same.
    init(
        _ record: Record, _ definition: ServiceDefinition, _ client: ClickHouseClient,
        _ forms: @escaping @Sendable (ServiceID, Slug, Int) -> FormDefinition?
    ) async throws {
        var feed = SnapshotFeed()
        var reading = ResponseReading()
        var touched: Set<JourneyID> = []
        var (first, last): (Int64, Int64) = (.max, 0)
        while true {
            let events = try await record.tail(after: feed.sequence, limit: 50_000)
            guard let end = events.last else { break }
            let own = events.filter { $0.event.service == definition.id && $0.event.agency == definition.agency }
            for (_, journeys) in feed.take(own) { touched.formUnion(journeys) }
            reading.take(own, form: forms)
            first = own.map(\.event.occurred.microseconds).min().map { min(first, $0) } ?? first
            last = own.map(\.event.occurred.microseconds).max().map { max(last, $0) } ?? last
            feed.sequence = end.sequence
        }
        let cohorts = definition.cohorts.map(\.name)
        try await record.journeys(touched, of: definition.id, agency: definition.agency) {
            feed.set($0, cohorts: cohorts)
        }
        let snapshot =
            feed.publish([definition.id])[definition.id]
            ?? ServiceSnapshot(
                service: definition.id, log: EventLogBuilder().finish(), table: JourneyTable(cohortNames: []),
                sequence: 0)
        let keys = try await record.heldKeys(agency: definition.agency, service: definition.id)
        held = Set(keys.map { ResponseColumns.hash($0.source, $0.sourceID) })
        embedded = .embedded(snapshot, reading.columns[definition.id] ?? ResponseColumns())
        distant = .clickHouse(
            ClickHouseService(client, agency: definition.agency, service: definition.id) {
                forms(definition.id, $0, $1).map { AskedForm($0) }
            })
        range = first <= last ? first..<(last + 1) : 0..<1
        journeys = touched.count
        self.definition = definition
    }

    /// Every question, each with whether the answers are the same.
    func lines() async throws -> [Line] {
        var lines: [Line] = []
        func compare(_ question: String, _ isEqual: Bool) { lines.append(Line(question: question, isEqual: isEqual)) }
        compare("summary", try await embedded.summary(nil) == distant.summary(nil))
        let (map, other) = (try await embedded.map(), try await distant.map())
        compare("map", map.isSame(as: other))
        compare("variants", try await embedded.variants(nil) == distant.variants(nil))
        compare("durations", try await embedded.durations().json() == distant.durations().json())
        // The middle of the time there is, so that some promises are due and some are not.
        let now = range.lowerBound + (range.upperBound - range.lowerBound) / 2
        for (name, filter) in [
            ("promises, outcomes, contacts", TableFilter()),
            ("the same, opened since half-time", TableFilter(from: now)),
            ("the same, by web", TableFilter(channel: .web)),
        ] {
            compare(name, try await embedded.counts(filter, now) == distant.counts(filter, now))
        }
        for (name, part) in [("all", range), ("second half", now..<range.upperBound)] where !part.isEmpty {
            let mine = try await embedded.answers(part, held)
            let theirs = try await distant.answers(part, held)
            compare("feedback scores, \(name)", Self.scores(mine, part) == Self.scores(theirs, part))
            let customers = try await (embedded.underWay(part), distant.underWay(part))
            compare("journeys under way, \(name)", customers.0 == customers.1)
            compare(
                "A-11 quarter, \(name)",
                quarter(mine, part, customers.0) == quarter(theirs, part, customers.1))
        }
        return lines
    }

    /// Every score and figure in words, to be compared.
    private static func scores(_ columns: ResponseColumns, _ range: Range<Int64>) -> [String] {
        let scores = FeedbackScores(columns, in: range, rule: .staff, resamples: 50)
        var lines = scores.lines.map { "\($0.wording) \($0.forms) \($0.score) \($0.withHeld.map { "\($0)" } ?? "")" }
        lines += scores.thumbs.map { "\($0.text) \($0.up) \($0.n)" }
        lines += scores.mentions.map { "\($0.driver) \($0.praised) \($0.blamed) \($0.net)" }
        lines += ["\(scores.index.map { "\($0)" } ?? "")", "\(scores.indexTop2.map { "\($0)" } ?? "")"]
        lines.append("\(scores.respondents) \(scores.held) \(scores.offered) \(scores.answered) \(scores.responseRate)")
        return lines.sorted()
    }

    private func quarter(_ columns: ResponseColumns, _ range: Range<Int64>, _ customers: Int) -> [String] {
        guard let quarter = FiscalQuarter("FY2026Q1") else { return [] }
        let report = QuarterReport(
            definition, columns, quarter: quarter,
            bounds: Instant(microseconds: range.lowerBound)..<Instant(microseconds: range.upperBound),
            customers: customers, now: Instant(microseconds: 0))
        return report.surveys.map { "\($0)" } + report.trust.map { "\($0.survey) \($0.scale)" }
            + report.gaps.map { "\($0)" }.sorted() + ["\(report.respondents) \(report.held)"]
    }
}

extension MapQuestion.Answer {
    /// Equal, standard deviations to a millionth.
    func isSame(as other: MapQuestion.Answer) -> Bool {
        var (mine, theirs) = (self, other)
        for (a, b) in zip(mine.waits.rows, theirs.waits.rows) {
            guard let a = a.deviation, let b = b.deviation else {
                if a.deviation != b.deviation { return false }
                continue
            }
            if abs(a - b) > 1e-6 * max(1, max(abs(a), abs(b))) { return false }
        }
        for row in mine.waits.rows.indices { mine.waits.rows[row].deviation = nil }
        for row in theirs.waits.rows.indices { theirs.waits.rows[row].deviation = nil }
        return mine == theirs
    }
}
