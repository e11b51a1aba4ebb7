import Experience
import Formats
import Foundation
import Testing

@Suite struct SurveyLayoutTests {
    static let quarter = FiscalQuarter("FY2021Q2")!

    static func survey(_ id: String = "7") -> SurveyQuarter {
        var survey = SurveyQuarter(
            id: id, organisation: .init(id: "21", name: "Department of Roads", abbreviation: "DOR"),
            provider: .init(id: "3", name: "Road Office", text: "Keeps roads,\nand \"bridges\"."),
            collection: .init(id: "9"), quarter: quarter, serviceProvided: "Permits, all kinds",
            transactionPoint: "after the permit", channel: "web", customers: 1_000, offered: 400, respondents: 60,
            controlNumber: "1234-0001", items: [], createdAt: "2021-05-13T23:05:19.090Z",
            service: .init(id: "2", name: "A permit", slug: "dor-permit", text: "Permits for works."))
        survey[.satisfaction] = .init(text: "I’m satisfied, “truly”.", counts: [1, 2, 3, 4, 50], publishedMean: 4.67)
        survey[.trust] = .init(text: "I trust it.", counts: [5, 5, 10, 20, 20], publishedMean: 3.75)
        return survey
    }

    @Test func thePublishedLayoutComesBackAsItWent() throws {
        var empty = SurveyLayoutTests.survey("8")
        (empty.customers, empty.offered, empty.respondents) = (nil, 0, nil)
        let surveys = [SurveyLayoutTests.survey(), empty]
        let text = PublishedSurveys.write(surveys)
        let reading = try PublishedSurveys.read(text.bytes)
        #expect(reading.problems.isEmpty)
        #expect(reading.rows.map(\.survey) == surveys)
        #expect(reading.rows.map(\.number) == [2, 3])
        #expect(PublishedSurveys.write(reading.rows.map(\.survey)) == text)
        #expect(PublishedSurveys.columns.count == 104)
    }

    @Test func headerAndDetailComeBackAsTheyWent() throws {
        let survey = SurveyLayoutTests.survey()
        let header = SurveyHeader(
            survey, comment: "first, and last", contactName: "Desk", contactEmail: "d@example.gov")
        let headers = try SurveyHeader.read(SurveyHeader.write([header]).bytes)
        #expect(headers.headers == [header])
        #expect(headers.problems.isEmpty)
        #expect(header.startDate.description == "2021-01-01" && header.endDate.description == "2021-03-31")
        #expect(SurveyHeader.columns.count == 16)
        let details = SurveyDetail.lines(of: survey)
        let read = try SurveyDetail.read(SurveyDetail.write(details).bytes)
        #expect(read.details == details)
        #expect(details.map(\.item) == [.satisfaction, .trust])
        #expect(SurveyDetail.write(details).contains("answer_02,I trust it.,5,5,10,20,20,60,,2021-01-01,2021-03-31"))
    }

    static let thumbs: [TrustAnswer] = [
        TrustAnswer(
            externalID: "1", trust: 1, positive: [true, false, false, false, true, false, false],
            negative: Array(repeating: nil, count: 7), comment: "Quick, \"very\""),
        TrustAnswer(
            externalID: "2", trust: 0, positive: Array(repeating: nil, count: 7),
            negative: Array(repeating: false, count: 7)),
    ]

    @Test func uploadsTellNotTickedFromNotAsked() throws {
        let text = TrustAnswerFile.write(SurveyLayoutTests.thumbs)
        #expect(TrustAnswerFile.columns.count == 17)
        #expect(text.contains("\n2,0,null,null,null,null,null,null,null,0,0,0,0,0,0,0,\n"))
        let reading = try TrustAnswerFile.read(text.bytes)
        #expect(reading.answers == SurveyLayoutTests.thumbs)
        #expect(reading.scale == .thumbs)
        #expect(reading.problems.isEmpty)
    }

    @Test func refusesTextAsAValueWithRowAndColumn() throws {
        let good = TrustAnswerFile.write(SurveyLayoutTests.thumbs)
        let bad = good.replacingOccurrences(of: "\n1,1,1,0,", with: "\n1,1,Data 1-1,0,")
        let reading = try TrustAnswerFile.read(bad.bytes)
        #expect(reading.answers.map(\.externalID) == ["2"])
        #expect(reading.problems.count == 1)
        #expect(reading.problems.first?.row == 2)
        #expect(reading.problems.first?.column == "positive_effectiveness")
        #expect(reading.problems.first?.value == "Data 1-1")
    }

    @Test(arguments: [
        ("\n1,1,", "\n1,7,", "question_1"), ("\n1,1,", "\n1,yes,", "question_1"), ("\n1,1,", "\n,1,", "external_id"),
        ("\n2,0,", "\n1,0,", "external_id"),
        ("null,null,null,null,null,null,null,0,", "1,null,null,null,null,null,null,0,", "positive_effectiveness"),
        ("\n1,1,1,0,0", "\n1,1,1,,0", "positive_ease"),
    ])
    func refusesUploadsThatContradictThemselves(old: String, new: String, column: String) throws {
        let good = TrustAnswerFile.write(SurveyLayoutTests.thumbs)
        let bad = good.replacingOccurrences(of: old, with: new)
        #expect(bad != good)
        #expect(try TrustAnswerFile.read(bad.bytes).problems.map(\.column).contains(column))
    }

    @Test func aScaleOfFiveIsReadAsSuch() throws {
        var answers = SurveyLayoutTests.thumbs
        answers[0].trust = 4
        answers[1].trust = 2
        let reading = try TrustAnswerFile.read(TrustAnswerFile.write(answers).bytes)
        #expect(reading.scale == .agreement)
        #expect(reading.answers == answers)
    }

    @Test func theSurveyLineOfTheSecondVersionComesBackAsItWent() throws {
        let survey = TrustSurvey(
            id: "4", organisation: .init(id: "1", name: "Roads", abbreviation: "DOR"),
            collection: .init(id: "2", name: "CX Quarterly Data Collection"), quarter: SurveyLayoutTests.quarter,
            providerID: "3", providerName: "Office", providerSlug: "dor-office", serviceID: "5", serviceName: "Permit",
            transactionPoint: "post_interaction", channel: "web",
            stage: .init(id: "1", name: "End", position: "500", count: "1"), customers: nil, offered: 10,
            respondents: 2, controlNumber: "1234-0001", surveyType: "thumbs_up_down", surveyTitle: "Trust, and why",
            trustQuestion: "I trust it.")
        let text = TrustSurveyFile.write([survey])
        #expect(try TrustSurveyFile.read(text.bytes).surveys == [survey])
    }

    @Test func refusesAFileWithoutItsColumnsAndSaysWhich() {
        #expect(throws: SurveyFileProblem.missingColumns(["question_4"])) {
            _ = try TrustAnswerFile.read(
                Array(TrustAnswerFile.columns.dropLast().joined(separator: ",").appending("\n1").utf8))
        }
        #expect(throws: SurveyFileProblem.empty) { _ = try PublishedSurveys.read([]) }
        #expect(throws: SurveyFileProblem.noRows) {
            _ = try PublishedSurveys.read(Array(PublishedSurveys.columns.joined(separator: ",").utf8))
        }
    }

    @Test func leavesOutRowsWithTextInCountsAndKeepsTheOthers() throws {
        let text = PublishedSurveys.write([SurveyLayoutTests.survey("1"), SurveyLayoutTests.survey("2")])
        let lines = text.replacingOccurrences(of: "400.0,60", with: "about 400,60")
        let first = try #require(lines.range(of: "about 400"))
        let mixed = lines.replacingOccurrences(
            of: "about 400", with: "400.0", range: lines.index(after: first.upperBound)..<lines.endIndex)
        let reading = try PublishedSurveys.read(mixed.bytes)
        #expect(reading.rows.map(\.survey.id) == ["2"])
        #expect(reading.problems.map(\.column) == ["attributes_volume_of_customers_provided_survey_opportunity"])
        #expect(reading.problems.first?.row == 2)
    }

    @Test(.enabled(if: SharedSurveys.file != nil, SharedSurveys.absence))
    func everyCellOfTheRealFileComesBack() throws {
        let path = try #require(SharedSurveys.file)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let reading = try PublishedSurveys.read(bytes)
        #expect(reading.problems.isEmpty)
        #expect(reading.rows.count == 188)
        let again = try PublishedSurveys.read(PublishedSurveys.write(reading.rows.map(\.survey)).bytes)
        #expect(again.rows == reading.rows)
    }
}

/// The published file kept outside the project: where `THROUGHLINE_FEEDBACK` points, else beside the checkout.
enum SharedSurveys {
    static let file: String? = {
        let named = ProcessInfo.processInfo.environment["THROUGHLINE_FEEDBACK"]
        let checkout = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? checkout.deletingLastPathComponent().appendingPathComponent("shared/data/feedback").path
        let path = folder + "/a11-survey-quarters-fy2021.csv"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
    static let absence: Comment = "the shared surveys are not here: set THROUGHLINE_FEEDBACK to their folder"
}
