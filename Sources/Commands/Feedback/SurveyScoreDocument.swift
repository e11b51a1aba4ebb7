internal import Analyses
internal import Experience
internal import Formats
internal import Statistics

/// The scores of a published file as JSON: keys stay the same from version to version.
struct SurveyScoreDocument: Encodable {
    var file: String
    var surveys: Int
    var customers: Int
    var offered: Int
    var respondents: Int
    var trustShare: Double?
    var trustLow: Double?
    var trustHigh: Double?
    var trustAnswers: Int
    var trustPositive: Int
    /// Different texts of the trust question behind the share.
    var trustWordings: Int
    var responseRateMedian: Double?
    var responseRateSurveys: Int
    var byQuarter: [String: Quarter]
    var issueCounts: [String: Int]
    var issues: [Issue]
    var refused: [Refused]
    var scores: [SurveyDocument]

    struct Quarter: Encodable {
        var surveys: Int
        var customers: Int
        var offered: Int
        var respondents: Int
        var trustShare: Double?
        var trustAnswers: Int
        var responseRateMedian: Double?

        init(_ summary: SurveySummary) {
            surveys = summary.surveys
            customers = summary.customers
            offered = summary.offered
            respondents = summary.respondents
            trustShare = summary.trust.value
            trustAnswers = summary.trustAnswers
            responseRateMedian = summary.responseRateMedian
        }
    }

    struct Issue: Encodable {
        var row: Int
        var id: String
        var kind: String
        var question: Int?
        var detail: String
    }

    struct Refused: Encodable {
        var row: Int
        var column: String
        var value: String
        var reason: String
    }

    init(_ file: SurveyFile) {
        let whole = SurveySummary(file.surveys)
        self.file = file.name
        surveys = whole.surveys
        customers = whole.customers
        offered = whole.offered
        respondents = whole.respondents
        trustShare = whole.trust.value
        trustLow = whole.trust.interval?.lower
        trustHigh = whole.trust.interval?.upper
        trustAnswers = whole.trustAnswers
        trustPositive = whole.trustPositive
        trustWordings = whole.trustWordings
        responseRateMedian = whole.responseRateMedian
        responseRateSurveys = whole.responseRateSurveys
        byQuarter = Dictionary(
            SurveySummary.byQuarter(file.surveys).map { ($0.quarter.description, Quarter($0.summary)) },
            uniquingKeysWith: { first, _ in first })
        let found = file.issues
        issues = found.map {
            Issue(row: $0.row, id: $0.id, kind: $0.kind.rawValue, question: $0.item?.rawValue, detail: $0.detail)
        }
        issueCounts = found.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 }
        refused = file.refused.map { Refused(row: $0.row, column: $0.column, value: $0.value, reason: $0.reason) }
        scores = file.rows.map { SurveyDocument($0.survey, row: $0.number) }
    }
}
