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
    var scores: [Survey]

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

    struct Survey: Encodable {
        var row: Int
        var id: String
        var quarter: String
        var organization: String
        var service: String
        var transactionPoint: String
        var channel: String
        var customers: Int?
        var offered: Int?
        var respondents: Int?
        var responseRate: Double?
        var items: [Item]
    }

    struct Item: Encodable {
        var question: Int
        var item: String
        var wording: String
        var n: Int
        var mean: Double?
        var meanLow: Double?
        var meanHigh: Double?
        var publishedMean: Double?
        var top2Share: Double?
        var top2Low: Double?
        var top2High: Double?
        var flag: String
        var method: String
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
        scores = file.rows.map { Survey($0) }
    }
}

extension SurveyScoreDocument.Survey {
    init(_ row: PublishedSurveys.Row) {
        let survey = row.survey
        self.row = row.number
        id = survey.id
        quarter = survey.quarter.description
        organization = survey.organisation.name
        service = survey.service.name
        transactionPoint = survey.transactionPoint
        channel = survey.channel
        customers = survey.customers
        offered = survey.offered
        respondents = survey.respondents
        responseRate = survey.responseRate
        items = survey.scores().map { score in
            SurveyScoreDocument.Item(
                question: score.item.rawValue, item: score.item.name, wording: score.wording, n: score.n,
                mean: score.mean.value, meanLow: score.mean.interval?.lower, meanHigh: score.mean.interval?.upper,
                publishedMean: survey[score.item].publishedMean, top2Share: score.top2.value,
                top2Low: score.top2.interval?.lower, top2High: score.top2.interval?.upper,
                flag: score.mean.flag.rawValue, method: "\(score.mean.method.name), \(score.top2.method.name)")
        }
    }
}
