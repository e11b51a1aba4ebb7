internal import Analyses
internal import Experience
internal import Foundation
internal import Statistics

/// A quarter's report as JSON: every figure with interval, n, wording, method and where it comes from.
struct ReportDocument: Encodable {
    var quarter: String
    var from: String
    var until: String
    var zone: String
    var due: String
    var generated: String
    var services: [Service]
    var imported: [SurveyDocument]

    struct Service: Encodable {
        var service: String
        var respondents: Int
        var held: Int
        var missing: [String]
        var surveys: [SurveyDocument]
        var trust: [Trust]
    }

    struct Trust: Encodable {
        var id: String
        var wording: String
        var scale: String
        var customers: Int?
        var offered: Int?
        var respondents: Int?
        var controlNumber: String
        /// The first and last event of the record among its answers, in the numbers an upload gives as external_id.
        var externalIDs: [String]
        var trustShare: Double?
        var trustLow: Double?
        var trustHigh: Double?
    }

    init(_ files: ReportFiles) {
        quarter = files.quarter.description
        from = files.bounds.lowerBound.rfc3339
        until = files.bounds.upperBound.rfc3339
        zone = files.zone
        due = files.quarter.due.description
        generated = files.now.rfc3339
        let range = files.bounds.lowerBound.microseconds..<files.bounds.upperBound.microseconds
        services = files.services.map { service in
            Service(
                service: service.report.service.text, respondents: service.report.respondents,
                held: service.report.held, missing: service.report.gaps.map(\.name),
                surveys: service.report.surveys.map { SurveyDocument($0) },
                trust: service.report.trust.map { Trust($0, service.columns, range) })
        }
        imported = files.imported.map { SurveyDocument($0) }
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}

extension ReportDocument.Trust {
    init(_ trust: QuarterReport.Trust, _ columns: ResponseColumns, _ range: Range<Int64>) {
        let answers = TrustColumns(columns, trust, in: range)
        let share = Figure.share(trust.positive, of: trust.answers, rule: .staff)
        id = trust.survey.id
        wording = trust.survey.trustQuestion
        scale = trust.scale.rawValue
        customers = trust.survey.customers
        offered = trust.survey.offered
        respondents = trust.survey.respondents
        controlNumber = trust.survey.controlNumber
        externalIDs = [answers.ids.first, answers.ids.last].compactMap { $0.map { String($0) } }
        trustShare = share.value
        trustLow = share.interval?.lower
        trustHigh = share.interval?.upper
    }
}

extension QuarterReport.Gap {
    /// A name that stays the same in files.
    var name: String {
        switch self {
        case .open: "quarter_not_over"
        case .noAnswers: "no_answers"
        case .noTrustQuestion: "no_trust_question"
        case .noOffers(let form): "no_offers_recorded:\(form)"
        case .noControlNumber: "no_control_number"
        case .approvalEnded(let day): "approval_ended:\(day)"
        case .held(let count): "answers_held:\(count)"
        case .unknownForm(let form): "form_no_longer_defined:\(form)"
        }
    }

    /// One sentence that says what to do.
    var sentence: String {
        switch self {
        case .open: "the quarter is not over: the report holds what came so far."
        case .noAnswers: "nobody answered in this quarter."
        case .noTrustQuestion: "no form asks about trust; add the trust question."
        case .noOffers(let form): "no offer of “\(form)” is recorded, so there is no response rate."
        case .noControlNumber: "the service names no control number; add its collection."
        case .approvalEnded(let day): "the approval ended on \(day); renew it."
        case .held(let count): "\(count) answers are held back and not counted; look at them."
        case .unknownForm(let form): "“\(form)” is no longer defined: only its overall rating is counted."
        }
    }
}
