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

    /// - Parameter name: makes this file alone; nil makes all.
    func make(_ format: ReportFormat, only name: String? = nil) throws -> [File] {
        switch format {
        case .a11v1: first
        case .a11v2: second(name)
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

    private struct Upload {
        var name: String
        var service: Service
        var survey: QuarterReport.Trust
    }

    private var uploads: [Upload] {
        services.flatMap { service in service.report.trust.map { (service, $0) } }.enumerated().map { number, one in
            let stem = ReportFiles.stem(one.1.survey.id, number + 1)
            return Upload(name: "\(stem)-\(quarter)-upload.csv", service: one.0, survey: one.1)
        }
    }

    private var linesName: String { "surveys-\(quarter)-v2.csv" }

    private var secondNames: [String] {
        let uploads = uploads
        return uploads.isEmpty ? [] : [linesName] + uploads.map(\.name)
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
    private func second(_ name: String?) -> [File] {
        let uploads = uploads
        var files: [File] = []
        if !uploads.isEmpty, name ?? linesName == linesName {
            files.append(File(name: linesName, content: TrustSurveyFile.write(uploads.map(\.survey.survey))))
        }
        for one in uploads where name ?? one.name == one.name {
            let answers = TrustColumns(one.service.columns, one.survey, in: range)
            files.append(File(name: one.name, content: upload(answers, comments)))
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
    /// Reads the words that belong into uploads, or into the one of a name; noted as read by `reader`.
    mutating func readComments(
        _ record: Record, agency: (ServiceID) -> AgencyID?, reader: String, only name: String? = nil
    ) async throws(StorageError) {
        for upload in uploads where name ?? upload.name == upload.name {
            let service = upload.service.report.service
            guard let agency = agency(service), let field = upload.survey.comment else { continue }
            var rest = TrustColumns(upload.service.columns, upload.survey, in: range).ids[...]
            while !rest.isEmpty {
                let spoken = try await record.responses(
                    numbered: Array(rest.prefix(1_000)), withWordsIn: field, agency: agency)
                rest = rest.dropFirst(1_000)
                guard !spoken.isEmpty else { continue }
                let events = try await record.events(numbered: spoken, agency: agency, service: service)
                let words = try await record.words(of: events.map { .response($0.event) }, reader: reader)
                for one in events {
                    if let text = words[.response(one.event)]?[field] { comments[one.sequence] = text }
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
