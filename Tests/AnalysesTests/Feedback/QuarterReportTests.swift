import Analyses
import Experience
import Formats
import Statistics
import Testing

@Suite struct QuarterReportTests {
    private var events: [RecordedEvent] {
        var events: [RecordedEvent] = []
        for number in 1...20 {
            events.append(
                Asked.event(.offer, Int64(number), journey: "j\(number)", at: Asked.inside, channel: .email))
        }
        for number in 1...8 {
            events.append(
                Asked.event(
                    .response, Int64(100 + number), journey: "j\(number)", at: Asked.inside,
                    ["q1": .integer(5), "q2": .integer(Int64(number % 5 + 1)), "mine": .integer(2)]))
        }
        for number in 1...4 {
            events.append(
                Asked.event(
                    .response, Int64(200 + number), at: Asked.inside, form: "trust",
                    number % 2 == 0
                        ? ["trust": .text("up"), "positive": .text("ease")]
                        : ["trust": .text("down"), "negative": .text("ease,other")]))
        }
        events.append(Asked.event(.response, 999, at: Asked.bounds.upperBound, ["q1": .integer(1)]))
        return events
    }

    private func report(_ columns: ResponseColumns) -> QuarterReport {
        QuarterReport(
            Asked.service, columns, quarter: Asked.quarter, bounds: Asked.bounds, customers: 50,
            now: Asked.bounds.upperBound)
    }

    @Test func countsTheQuarterOnly() throws {
        let report = report(Asked.columns(events))
        #expect(report.surveys.count == 1)
        let survey = try #require(report.surveys.first)
        #expect(survey[.satisfaction].counts == [0, 0, 0, 0, 8])
        #expect(survey[.satisfaction].publishedMean == 5)
        #expect(survey[.own1].text == "The hall was warm.")
        #expect(survey.customers == 50 && survey.offered == 20 && survey.respondents == 8)
        #expect(survey.responseRate == 0.4)
        #expect(survey.controlNumber == "1234-0001")
        #expect(report.respondents == 12)
        #expect(report.gaps.isEmpty)
    }

    @Test func theUploadComesBackThroughItsReader() throws {
        let columns = Asked.columns(events)
        let trust = try #require(report(columns).trust.first)
        let range = Asked.bounds.lowerBound.microseconds..<Asked.bounds.upperBound.microseconds
        let answers = TrustColumns(columns, trust, in: range).answers
        #expect(answers.map(\.externalID) == ["201", "202", "203", "204"])
        #expect(answers[0].trust == 0 && answers[0].positive.allSatisfy { $0 == nil })
        #expect(answers[0].negative == [false, true, false, false, false, false, true])
        let rows = TrustColumns(columns, trust, in: range)
        let text = TrustAnswerFile.write(
            ids: rows.ids, trust: rows.trust, positive: rows.positive, negative: rows.negative)
        #expect(text == TrustAnswerFile.write(answers))
        let reading = try TrustAnswerFile.read(Array(text.utf8))
        #expect(reading.answers == answers)
        #expect(reading.problems.isEmpty)
        #expect(trust.survey.trustQuestion == "I trust you.")
        #expect(trust.survey.offered == nil)
    }

    @Test func heldAnswersStayOutOfEveryLayout() throws {
        var columns = Asked.columns(events)
        columns.hold([ResponseColumns.hash("test", "201"), ResponseColumns.hash("test", "101")])
        let report = report(columns)
        #expect(report.held == 2)
        #expect(report.gaps.contains(.held(2)))
        #expect(report.surveys.first?.respondents == 7)
        let range = Asked.bounds.lowerBound.microseconds..<Asked.bounds.upperBound.microseconds
        #expect(TrustColumns(columns, report.trust[0], in: range).answers.map(\.externalID) == ["202", "203", "204"])
    }

    @Test func tellsWhatIsMissing() {
        var bare = Asked.service
        bare.forms = [Asked.first]
        bare.forms[0].id = Asked.slug("other")
        bare.collection = nil
        let early = Asked.bounds.lowerBound
        let empty = QuarterReport(
            bare, ResponseColumns(), quarter: Asked.quarter, bounds: Asked.bounds, customers: nil, now: early)
        #expect(empty.gaps == [.open, .noAnswers, .noControlNumber])
        let unsent = Asked.columns([Asked.event(.response, 1, at: Asked.inside, ["q1": .integer(1)])])
        #expect(report(unsent).gaps == [.noOffers(form: Asked.first.id)])
    }

    @Test func mentionsAreNetOfBlame() throws {
        let columns = Asked.columns(
            (0..<40).map { number in
                Asked.event(
                    .response, Int64(number + 1), at: Asked.inside, form: "trust",
                    number < 30
                        ? ["trust": .text("up"), "positive": .text("ease")]
                        : ["trust": .text("down"), "negative": .text("ease")])
            })
        let scores = FeedbackScores(columns, in: Asked.all, rule: .staff)
        let ease = try #require(scores.mentions.first { $0.driver == .ease })
        #expect(ease.praised == 30 && ease.blamed == 10)
        #expect(abs((ease.net.value ?? 0) - 0.5) < 1e-12)
        #expect(scores.thumbs.first?.up.value == 0.75)
        if case .success = scores.drivers { Issue.record("ticks asked because of the answer must not be ranked") }
    }
}
