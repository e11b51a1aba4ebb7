internal import Analyses
internal import Experience
internal import Foundation
internal import Site
internal import Statistics
internal import Storage

/// Scores, reports and public results over the answers kept in columns.
struct LiveReports: Sendable {
    let record: Record
    let answers: AnswerKeeper
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let definitions: @Sendable () -> [ServiceDefinition]
    let zone: String
    let now: @Sendable () -> Instant
    let themes: ThemeReader
    let cache = ResultsCache()

    var desk: ReportsDesk {
        ReportsDesk(
            scores: { definition, filter in
                var found = await computed { view(definition, filter) }
                (found.themes, found.commentsRead) = try await themes.themes(
                    definition, first: filter.period.first, last: filter.period.last)
                return found
            },
            quarter: { try await quarter($0, $1) }, file: { try await file($0, $1, $2, $3) },
            results: { try await results() })
    }

    private func view(_ definition: ServiceDefinition, _ filter: FeedbackFilter) -> FeedbackView {
        var view = FeedbackView(scores: answers[definition.id], filter, definition, zone)
        guard let snapshot = snapshot(definition.id) else { return view }
        let rows = snapshot.table.rows(
            TableFilter(
                from: filter.period.first.startUTC.microseconds,
                until: filter.period.last.adding(days: 1).startUTC.microseconds), now: now().microseconds)
        view.saidNo = FeedbackView.SaidNoView(
            SaidNo(snapshot.table, rows: rows) { definition.isGranted($0) })
        do throws(JourneyFacts.Failure) {
            view.facts = FeedbackView.Facts(try JourneyFacts(snapshot, rows: rows))
        } catch { view.facts = nil }
        return view
    }

    private func bounds(_ quarter: FiscalQuarter) -> Range<Instant> {
        quarter.bounds(in: zone) ?? quarter.firstDay.startUTC..<quarter.next.firstDay.startUTC
    }

    private func report(_ definition: ServiceDefinition, _ quarter: FiscalQuarter) async throws -> ReportFiles {
        let bounds = bounds(quarter)
        let customers = try await record.journeysUnderWay(
            agency: definition.agency, service: definition.id,
            period: Storage.Period(from: bounds.lowerBound, to: bounds.upperBound))
        let columns = answers[definition.id]
        let now = now()
        let report = await computed {
            QuarterReport(definition, columns, quarter: quarter, bounds: bounds, customers: customers, now: now)
        }
        return ReportFiles(
            quarter: quarter, zone: zone, bounds: bounds, services: [.init(report: report, columns: columns)],
            imported: [], now: now)
    }

    private func quarter(_ definition: ServiceDefinition, _ quarter: FiscalQuarter) async throws -> QuarterView {
        let files = try await report(definition, quarter)
        var view = QuarterView(quarter: quarter)
        guard let report = files.services.first?.report else { return view }
        view.respondents = report.respondents
        view.held = report.held
        view.gaps = report.gaps.map { gap in
            let parts = gap.name.split(separator: ":", maxSplits: 1)
            return QuarterView.Gap(key: gap.key, value: parts.count > 1 ? String(parts[1]) : "")
        }
        guard report.respondents > 0 else { return view }
        for format in ReportFormat.allCases {
            view.files += files.names(format).map { QuarterView.File(name: $0, format: format.rawValue) }
        }
        return view
    }

    private func file(
        _ definition: ServiceDefinition, _ quarter: FiscalQuarter, _ name: String, _ reader: String?
    ) async throws -> String? {
        var files = try await report(definition, quarter)
        for format in ReportFormat.allCases where files.names(format).contains(name) {
            if format == .a11v2, let reader {
                try await files.readComments(record, agency: { _ in definition.agency }, reader: reader, only: name)
            }
            return try files.make(format, only: name).first { $0.name == name }?.content
        }
        return nil
    }

    private func results() async throws -> PublicResults {
        if let known = cache.results(at: now()) { return known }
        let imported = try await record.importedSurveys()
        let definitions = definitions()
        let today = CivilDate(utc: now())
        let bounds = bounds
        let (answers, now) = (answers, now())
        var results = await computed {
            PublicResults.make(definitions, { answers[$0] }, imported, today: today, bounds: bounds, now: now)
        }
        for definition in definitions {
            results.saidDid += try await record.saidDid(agency: definition.agency, service: definition.id).map {
                PublicResults.SaidDid(
                    service: definition.title,
                    one: SaidDidView(id: $0.id, said: $0.said, did: $0.did, publishedAt: $0.publishedAt))
            }
        }
        results.saidDid.sort { $0.one.publishedAt > $1.one.publishedAt }
        cache.keep(results, at: now)
        return results
    }
}

extension QuarterReport.Gap {
    /// The end of the page's key.
    var key: String {
        switch self {
        case .open: "open"
        case .noAnswers: "no_answers"
        case .noTrustQuestion: "no_trust_question"
        case .noOffers: "no_offers"
        case .noControlNumber: "no_control_number"
        case .approvalEnded: "approval_ended"
        case .held: "held"
        case .unknownForm: "unknown_form"
        }
    }
}
