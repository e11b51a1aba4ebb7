import Analyses
import Experience
import Formats
import Foundation
import Statistics
import Testing

@Suite struct SurveySummaryTests {
    private static let quarter = FiscalQuarter("FY2021Q2")!

    private static func survey(
        _ id: String, customers: Int? = 100, offered: Int? = 50, respondents: Int? = 20, point: String = "end",
        trust: SurveyQuarter.Item = .init(text: "I trust it.", counts: [1, 1, 2, 8, 8], publishedMean: 4.05)
    ) -> SurveyQuarter {
        var survey = SurveyQuarter(
            id: id, quarter: quarter, transactionPoint: point, channel: "web", customers: customers, offered: offered,
            respondents: respondents, service: .init(id: "1"))
        survey[.trust] = trust
        return survey
    }

    private func kinds(_ surveys: [SurveyQuarter]) -> [SurveyIssue.Kind] {
        SurveyIssue.all(surveys.enumerated().map { ($0.offset + 2, $0.element) }).map(\.kind)
    }

    @Test func aCleanSurveyHasNoIssue() { #expect(kinds([Self.survey("1")]).isEmpty) }

    @Test func sumsVolumesAndPoolsTrust() {
        let summary = SurveySummary([Self.survey("1"), Self.survey("2", customers: nil, offered: 0, respondents: 0)])
        #expect(summary.customers == 100)
        #expect(summary.offered == 50)
        #expect(summary.trustAnswers == 40)
        #expect(summary.trust.value == 0.8)
        #expect(summary.responseRateMedian == 0.4)
        #expect(summary.responseRateSurveys == 1)
        #expect(summary.trustWordings == 1)
    }

    @Test func noRespondentsIsNoShareAndNoRate() {
        let none = SurveySummary([])
        #expect(none.trust.value == nil)
        #expect(none.responseRateMedian == nil)
    }

    @Test func tellsEveryTrap() {
        #expect(kinds([Self.survey("1", customers: 0)]) == [.offeredAboveCustomers, .zeroCustomers])
        #expect(kinds([Self.survey("1", customers: nil)]) == [.missingCustomers])
        #expect(kinds([Self.survey("1", offered: 0)]).contains(.respondentsAboveOffered))
        #expect(kinds([Self.survey("1", respondents: 19)]) == [.answersAboveRespondents])
        #expect(kinds([Self.survey("1", trust: .init(text: "NONE"))]) == [.placeholderText])
        #expect(kinds([Self.survey("1", trust: .init(text: "No Question"))]) == [.placeholderText])
        #expect(kinds([Self.survey("1", trust: .init(text: "I trust it."))]) == [.textWithoutAnswers])
        #expect(
            kinds([Self.survey("1", trust: .init(counts: [1, 1, 1, 1, 1], publishedMean: 3))]) == [.answersWithoutText])
        #expect(
            kinds([
                Self.survey(
                    "1", trust: .init(text: "Would you trust it?", counts: [4, 0, 0, 0, 16], publishedMean: 4.2))
            ]) == [.yesNoAsFive])
        #expect(
            kinds([
                Self.survey(
                    "1",
                    trust: .init(
                        text: "How much do you trust it, with 1 low and 10=high?", counts: [1, 1, 2, 8, 8],
                        publishedMean: 4.05))
            ]) == [.tenAsFive])
        #expect(
            kinds([
                Self.survey("1", trust: .init(text: "I trust it.", counts: [0, 0, 0, 0, 20], publishedMean: 5))
            ]) == [.oneBoxOnly])
        #expect(
            kinds([Self.survey("1", trust: .init(text: "Recommend?", counts: [1, 1, 2, 8, 8], publishedMean: 4.05))])
                == [.notATrustQuestion])
        #expect(
            kinds([Self.survey("1", trust: .init(text: "I trust it.", counts: [1, 1, 2, 8, 8], publishedMean: 4.1))])
                == [.meanDiffers])
        #expect(
            kinds([Self.survey("1", trust: .init(text: "I trust it.", counts: [0, 0, 3, 0, 5], publishedMean: 4.25))])
                .isEmpty)
        #expect(kinds([Self.survey("1"), Self.survey("2")]) == [.repeatedKey, .repeatedKey])
    }

    @Test func curlyQuotesMakeOneQuestionTwo() {
        let straight = SurveyQuarter.Item(
            text: "I trust the city's word.", counts: [1, 1, 2, 8, 8], publishedMean: 4.05)
        var curly = straight
        curly.text = "I trust the city’s word."
        var open = straight
        open.text = "I trust  the city's word"
        let found = SurveyIssue.all([
            (2, Self.survey("1", trust: straight)), (3, Self.survey("2", point: "b", trust: straight)),
            (4, Self.survey("3", point: "c", trust: curly)), (5, Self.survey("4", point: "d", trust: open)),
        ])
        #expect(found.map(\.kind) == [.quotesDiffer, .spacingDiffers])
        #expect(found.map(\.row) == [4, 5])
    }

    @Test(.enabled(if: SharedFeedback.surveys != nil, SharedFeedback.absence))
    func reproducesThePublishedFiguresOfFiscalYear2021() throws {
        let path = try #require(SharedFeedback.surveys)
        let reading = try PublishedSurveys.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
        let surveys = reading.rows.map(\.survey)
        let whole = SurveySummary(surveys)
        #expect(whole.surveys == 188)
        #expect(whole.customers == 1_264_518_335)
        #expect(whole.offered == 150_738_735)
        #expect(whole.respondents == 4_058_722)
        #expect(whole.trustPositive == 2_703_350)
        #expect(whole.trustAnswers == 3_570_351)
        #expect(abs((whole.trust.value ?? 0) - 0.757_166_452_262) < 1e-9)
        #expect(abs((whole.responseRateMedian ?? 0) - 0.045_744_157_276) < 1e-9)
        let quarters = SurveySummary.byQuarter(surveys)
        #expect(quarters.map(\.summary.surveys) == [50, 45, 49, 44])
        #expect(quarters.map(\.summary.respondents) == [1_167_712, 1_243_475, 1_060_978, 586_557])
        #expect(quarters.map(\.summary.trustAnswers) == [974_990, 1_116_993, 903_387, 574_981])
        for survey in surveys {
            for score in survey.scores() {
                let published = try #require(survey[score.item].publishedMean)
                #expect(abs((score.mean.value ?? 0) - published) <= 0.005 + 1e-9)
            }
        }
        let issues = SurveyIssue.all(reading.rows.map { ($0.number, $0.survey) })
        let counts = Dictionary(grouping: issues, by: \.kind).mapValues(\.count)
        let expected: [SurveyIssue.Kind: Int] = [
            .zeroCustomers: 13, .zeroOffered: 12, .zeroRespondents: 6, .missingCustomers: 7, .missingOffered: 2,
            .offeredAboveCustomers: 3, .respondentsAboveOffered: 6, .answersAboveRespondents: 117,
            .placeholderText: 103, .repeatedKey: 35, .tenAsFive: 73, .oneBoxOnly: 10, .meanHalfRounded: 4,
        ]
        for (kind, count) in expected { #expect(counts[kind] == count, "\(kind.rawValue)") }
        #expect(counts[.meanDiffers] == nil)
    }
}

/// Data kept outside the project: where `THROUGHLINE_FEEDBACK` points, else beside the checkout.
enum SharedFeedback {
    private static func path(_ name: String) -> String? {
        let named = ProcessInfo.processInfo.environment["THROUGHLINE_FEEDBACK"]
        let checkout = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? checkout.deletingLastPathComponent().appendingPathComponent("shared/data/feedback").path
        let path = "\(folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    static let surveys = path("a11-survey-quarters-fy2021.csv")
    static let comments = path("comments-labelled.csv")
    static let absence: Comment = "the shared feedback is not here: set THROUGHLINE_FEEDBACK to its folder"
}
