internal import Analyses
internal import Experience
internal import Statistics

/// One survey of one quarter as JSON, whether counted from the record or read from a published file: every figure with
/// interval, n, wording and method.
struct SurveyDocument: Encodable {
    /// Of a published file, as a spreadsheet numbers it.
    var row: Int?
    var id: String
    var quarter: String
    var organization: String
    var service: String
    var transactionPoint: String
    var channel: String
    var controlNumber: String
    var customers: Int?
    var offered: Int?
    /// Of the offers; nil where a file tells the totals alone.
    var answeredOffers: Int?
    var respondents: Int?
    var responseRate: Double?
    var items: [Item]

    struct Item: Encodable {
        var question: Int
        var item: String
        var wording: String
        var counts: [Int]
        var n: Int
        var mean: Double?
        var meanLow: Double?
        var meanHigh: Double?
        var publishedMean: Double?
        var top2Share: Double?
        var top2Low: Double?
        var top2High: Double?
        var flag: String
        var methods: [String]
    }

    init(_ survey: SurveyQuarter, row: Int? = nil) {
        self.row = row
        id = survey.id
        quarter = survey.quarter.description
        organization = survey.organisation.name
        service = survey.service.name
        transactionPoint = survey.transactionPoint
        channel = survey.channel
        controlNumber = survey.controlNumber
        customers = survey.customers
        offered = survey.offered
        answeredOffers = survey.answeredOffers
        respondents = survey.respondents
        responseRate = survey.responseRate
        items = survey.scores().map { score in
            Item(
                question: score.item.rawValue, item: score.item.name, wording: score.wording, counts: score.counts,
                n: score.n, mean: score.mean.value, meanLow: score.mean.interval?.lower,
                meanHigh: score.mean.interval?.upper, publishedMean: survey[score.item].publishedMean,
                top2Share: score.top2.value, top2Low: score.top2.interval?.lower, top2High: score.top2.interval?.upper,
                flag: score.mean.flag.rawValue, methods: [score.mean.method.name, score.top2.method.name])
        }
    }
}
