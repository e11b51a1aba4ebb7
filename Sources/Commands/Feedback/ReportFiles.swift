internal import Analyses
internal import Experience
internal import Formats
internal import Foundation
internal import Storage

/// A quarter's report as files.
struct ReportFiles {
    struct File {
        var name: String
        var content: String
    }

    struct Service {
        var report: QuarterReport
        var columns: ResponseColumns
    }

    let quarter: FiscalQuarter
    let zone: String
    let bounds: Range<Instant>
    let services: [Service]
    let imported: [SurveyQuarter]
    let now: Instant
    /// What people wrote to the second version's last question, personal data taken out, by the answer's number.
    var comments: [Int64: String] = [:]

    func make(_ format: ReportFormat) throws -> [File] {
        switch format {
        case .a11v1: first
        case .a11v2: second
        case .csv: [File(name: "surveys-\(quarter).csv", content: PublishedSurveys.write(surveys))]
        case .json: [File(name: "report-\(quarter).json", content: try ReportDocument(self).text())]
        }
    }

    /// Names of the files of a format, without writing them.
    func names(_ format: ReportFormat) -> [String] {
        switch format {
        case .a11v1: first.map(\.name)
        case .a11v2: secondNames
        case .csv: surveys.isEmpty ? [] : ["surveys-\(quarter).csv"]
        case .json: ["report-\(quarter).json"]
        }
    }

    private var secondNames: [String] {
        let trust = services.flatMap(\.report.trust)
        guard !trust.isEmpty else { return [] }
        return ["surveys-\(quarter)-v2.csv"]
            + trust.enumerated().map { "\(ReportFiles.stem($1.survey.id, $0 + 1))-\(quarter)-upload.csv" }
    }

    private var surveys: [SurveyQuarter] { services.flatMap(\.report.surveys) + imported }

    private var range: Range<Int64> { bounds.lowerBound.microseconds..<bounds.upperBound.microseconds }

    private static func stem(_ id: String, _ number: Int) -> String {
        let letters = id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
        return "\(number)-\(String(letters).prefix(60))"
    }

    /// Two files a survey.
    private var first: [File] {
        surveys.enumerated().flatMap { number, survey in
            let stem = ReportFiles.stem(survey.id, number + 1)
            return [
                File(name: "\(stem)-\(quarter)-header.csv", content: SurveyHeader.write([SurveyHeader(survey)])),
                File(
                    name: "\(stem)-\(quarter)-detail.csv",
                    content: SurveyDetail.write(SurveyDetail.lines(of: survey))),
            ]
        }
    }

    /// One file with a line a survey, and an upload for each.
    private var second: [File] {
        let trust = services.flatMap { service in service.report.trust.map { (service.columns, $0) } }
        guard !trust.isEmpty else { return [] }
        var files = [
            File(name: "surveys-\(quarter)-v2.csv", content: TrustSurveyFile.write(trust.map(\.1.survey)))
        ]
        for (number, (columns, survey)) in trust.enumerated() {
            files.append(
                File(
                    name: "\(ReportFiles.stem(survey.survey.id, number + 1))-\(quarter)-upload.csv",
                    content: upload(TrustColumns(columns, survey, in: range), comments)))
        }
        return files
    }
}

private func upload(_ answers: TrustColumns, _ comments: [Int64: String]) -> String {
    TrustAnswerFile.write(
        ids: answers.ids, trust: answers.trust, positive: answers.positive, negative: answers.negative,
        comments: comments)
}

extension ReportFiles {
    /// Reads the words that belong into uploads; noted as read by `reader`.
    mutating func readComments(
        _ record: Record, agency: (ServiceID) -> AgencyID?, reader: String
    ) async throws(StorageError) {
        for service in services {
            guard let agency = agency(service.report.service) else { continue }
            for trust in service.report.trust {
                guard let field = trust.comment else { continue }
                var rest = TrustColumns(service.columns, trust, in: range).ids[...]
                while !rest.isEmpty {
                    let events = try await record.events(
                        numbered: Array(rest.prefix(1_000)), agency: agency, service: service.report.service)
                    rest = rest.dropFirst(1_000)
                    let words = try await record.words(of: events.map { .response($0.event) }, reader: reader)
                    for one in events {
                        if let text = words[.response(one.event)]?[field] { comments[one.sequence] = text }
                    }
                }
            }
        }
    }
}

/// Answers and offers of every service in columns, read from the record once.
struct ResponseReading {
    var columns: [ServiceID: ResponseColumns] = [:]

    /// Takes events up in the order of the record.
    ///
    /// - Parameter form: a form in the version that was answered, or the nearest there is.
    mutating func take(_ events: [RecordedEvent], form: (ServiceID, Slug, Int) -> FormDefinition?) {
        for event in events {
            let service = event.event.service
            columns[service, default: ResponseColumns()].append(event) { form(service, $0, $1) }
        }
    }
}
