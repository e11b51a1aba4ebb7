import Analyses
import Experience
import Statistics
import Testing

/// Made-up forms and answers.
enum Asked {
    static func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }
    static func slug(_ text: String) -> Slug { Slug(text)! }

    static let first = FormDefinition(
        id: slug("seven"), title: text("After it"),
        questions: [
            Question(id: slug("q1"), kind: .agreement, text: text("I am satisfied."), driver: .satisfaction),
            Question(id: slug("q2"), kind: .agreement, text: text("I trust it."), driver: .trust),
            Question(id: slug("q3"), kind: .agreement, text: text("It worked."), driver: .effectiveness),
            Question(id: slug("q4"), kind: .agreement, text: text("It was easy."), driver: .ease),
            Question(id: slug("mine"), kind: .agreement, text: text("The hall was warm.")),
        ], askAfter: slug("done"))

    static let second = FormDefinition(
        id: slug("trust"), title: text("Trust"),
        questions: [
            Question(id: slug("trust"), kind: .thumbs, text: text("I trust you."), required: true, driver: .trust),
            Question(id: slug("positive"), kind: .multiple, text: text("What went well?"), options: options),
            Question(id: slug("negative"), kind: .multiple, text: text("What could be better?"), options: options),
        ])

    static let options = MentionedDriver.allCases.map {
        Question.Option(id: slug($0.rawValue), title: text($0.rawValue))
    }

    static let agency = slug("roads")
    static let service = ServiceDefinition(
        id: slug("permit"), agency: agency, agencyName: text("Roads"), title: text("Permit"), summary: text("A permit"),
        steps: [
            .init(id: slug("asked"), title: text("Asked"), by: .person),
            .init(id: slug("done"), title: text("Done"), by: .staff, closes: true),
        ], channels: [.web], forms: [first, second], outcome: text("Got it?"),
        collection: .init(controlNumber: "1234-0001", expires: CivilDate("2030-01-01")!, information: []))

    static let quarter = FiscalQuarter("FY2021Q2")!
    static let bounds = quarter.bounds(in: "America/New_York")!

    static func event(
        _ kind: EventKind, _ id: Int64, journey: String? = nil, at time: Instant, form: String = "seven",
        channel: Channel = .web, _ answers: [String: AttributeValue] = [:]
    ) -> RecordedEvent {
        var attributes = answers
        attributes["form"] = .text(form)
        attributes["form_version"] = .integer(1)
        return RecordedEvent(
            sequence: id, recorded: time,
            event: Event(
                agency: agency, service: slug("permit"), journey: JourneyID(journey ?? "~\(form)")!, source: "test",
                sourceID: "\(id)", kind: kind, activity: kind.rawValue, channel: channel, occurred: time,
                attributes: attributes))
    }

    static func columns(_ events: [RecordedEvent]) -> ResponseColumns {
        var columns = ResponseColumns()
        for event in events { columns.append(event) { form, _ in [first, second].first { $0.id == form } } }
        return columns
    }

    static let inside = Instant(rfc3339: "2021-02-01T12:00:00Z")!
    static let all = Int64.min..<Int64.max
}

@Suite struct ResponseColumnsTests {
    @Test func packedAnswersKeepEveryPartApart() {
        var packed = PackedAnswers()
        for (place, item) in SurveyItem.allCases.enumerated() { packed[item] = place % 5 + 1 }
        packed.thumb = true
        packed.mention(positive: true, [.ease, .other])
        for (place, item) in SurveyItem.allCases.enumerated() { #expect(packed[item] == place % 5 + 1) }
        #expect(packed.thumb == true)
        #expect(packed.ticks(positive: true) == [false, true, false, false, false, false, true])
        #expect(packed.ticks(positive: false) == nil)
        packed.mention(positive: false, [.humanity])
        #expect(packed.ticks(positive: true) == nil)
        #expect(packed.ticks(positive: false) == [false, false, false, false, true, false, false])
        packed[.trust] = 9
        #expect(packed[.trust] == nil)
        #expect(packed[.effectiveness] == 3)
    }

    @Test func ticksOfTheOtherSideAreNotCounted() {
        let columns = Asked.columns([
            Asked.event(
                .response, 1, at: Asked.inside, form: "trust",
                ["trust": .text("down"), "positive": .text("ease,effectiveness"), "negative": .text("employee")])
        ])
        let tally = columns.tallies(in: Asked.all)[0]
        #expect(tally.praised == [0, 0, 0, 0, 0, 0, 0])
        #expect(tally.blamed == [0, 0, 0, 0, 0, 1, 0])
        #expect(tally.askedPraise == 0 && tally.askedBlame == 1 && tally.thumbsDown == 1)
    }

    @Test func quartersCountToTheMicrosecond() {
        let (from, until) = (Asked.bounds.lowerBound, Asked.bounds.upperBound)
        let columns = Asked.columns([
            Asked.event(.response, 1, at: from.advanced(by: -1), ["q1": .integer(1)]),
            Asked.event(.response, 2, at: from, ["q1": .integer(5)]),
            Asked.event(.response, 3, at: until.advanced(by: -1), ["q1": .integer(4)]),
            Asked.event(.response, 4, at: until, ["q1": .integer(1)]),
        ])
        let tally = columns.tallies(in: from.microseconds..<until.microseconds)[0]
        #expect(tally[.satisfaction] == [0, 0, 0, 1, 1])
        #expect(tally.respondents == 2)
    }

    @Test func heldAnswersAreLeftOutAndCounted() {
        var columns = Asked.columns((1...12).map { Asked.event(.response, $0, at: Asked.inside, ["q1": .integer(5)]) })
        columns.hold([ResponseColumns.hash("test", "3"), ResponseColumns.hash("test", "4")])
        let tally = columns.tallies(in: Asked.all)[0]
        #expect(tally.respondents == 10 && tally.held == 2 && tally[.satisfaction] == [0, 0, 0, 0, 10])
        #expect(columns.tallies(in: Asked.all, includingHeld: true)[0].respondents == 12)
        let scores = FeedbackScores(columns, in: Asked.all, rule: .staff, resamples: 10)
        #expect(scores.held == 2)
        #expect(scores.lines.first?.score.n == 10)
        #expect(scores.lines.first?.withHeld?.n == 12)
        columns.hold([])
        #expect(columns.tallies(in: Asked.all)[0].held == 0)
    }

    @Test func theResponseRateCountsOffersAndNeverPassesOne() {
        let columns = Asked.columns([
            Asked.event(.offer, 1, journey: "a", at: Asked.inside, channel: .email),
            Asked.event(.offer, 2, journey: "b", at: Asked.inside, channel: .email),
            Asked.event(.response, 3, journey: "a", at: Asked.inside, ["q1": .integer(5)]),
            Asked.event(.response, 4, journey: "a", at: Asked.inside, ["q1": .integer(5)]),
            Asked.event(.response, 5, at: Asked.inside, ["q1": .integer(5)]),
        ])
        let offers = columns.offers(in: Asked.all)
        #expect(offers.offered == 2 && offers.answered == 1)
    }

    @Test func anOfferIsOneByItsKeyWhateverItsPlaceAndWhoeverElseIsAsked() {
        func key(_ text: String) -> [String: AttributeValue] { ["offer": .text(text)] }
        let columns = Asked.columns([
            // Two people at one touchpoint, neither of them known: the first one answers.
            Asked.event(.offer, 1, at: Asked.inside, key("k1")), Asked.event(.offer, 2, at: Asked.inside, key("k2")),
            Asked.event(.offer, 3, at: Asked.inside, key("k2")),
            Asked.event(.response, 4, at: Asked.inside, key("k1").merging(["q1": .integer(5)]) { $1 }),
            Asked.event(.response, 5, at: Asked.inside, ["q1": .integer(5)]),
        ])
        let offers = columns.offers(in: Asked.all)
        #expect(offers.offered == 2 && offers.answered == 1)
        // The same when a page is about some surveys only: an offer names the form, not its version.
        let some = columns.offers(in: Asked.all, surveys: [0])
        #expect(some.offered == 2 && some.answered == 1)
    }

    @Test func aReportsRateCountsAnsweredOffersNotVolunteers() throws {
        var events = (1...40).map { number in
            Asked.event(.response, Int64(100 + number), at: Asked.inside, ["q1": .integer(4)])
        }
        events.insert(Asked.event(.offer, 1, journey: "a", at: Asked.inside), at: 0)
        events.insert(Asked.event(.offer, 2, journey: "b", at: Asked.inside), at: 0)
        events.append(Asked.event(.response, 200, journey: "a", at: Asked.inside, ["q1": .integer(2)]))
        let report = QuarterReport(
            Asked.service, Asked.columns(events), quarter: Asked.quarter, bounds: Asked.bounds, customers: nil,
            now: Asked.inside)
        let survey = try #require(report.surveys.first)
        #expect(survey.respondents == 41 && survey.offered == 2 && survey.answeredOffers == 1)
        #expect(survey.responseRate == 0.5)
    }

    private func random(_ count: Int) -> ResponseColumns {
        var random = SplitMix64(seed: 5)
        return Asked.columns(
            (0..<count).map { place in
                let base = 1 + random.below(5)
                func near() -> AttributeValue {
                    .integer(Int64(min(5, max(1, base + random.below(3) - 1))))
                }
                var answers = ["q1": near(), "q2": near(), "q3": near(), "q4": near()]
                if random.below(6) == 0 { answers["q3"] = nil }
                if random.below(4) == 0 { answers["mine"] = near() }
                return Asked.event(.response, Int64(place + 1), at: Asked.inside, answers)
            })
    }

    @Test func theIndexOfFoldedAnswersEqualsTheIndexOfRows() throws {
        let columns = random(400)
        let rows = columns.answers.map { bits in
            SurveyItem.drivers.map { PackedAnswers(bits: bits)[$0] }
        }
        let table = try RatingTable(drivers: SurveyItem.drivers.map(\.name), rows: rows)
        for scoring in [RatingScore.mean, .top2] {
            let expected = try #require(ExperienceIndex(table, scoring: scoring))
            let found = columns.cells(in: Asked.all).index(scoring, rule: .staff)
            #expect(abs((found.figure.value ?? 0) - (expected.index ?? 0)) < 1e-9)
            let low = try #require(expected.interval?.lower)
            #expect(abs((found.figure.interval?.lower ?? 0) - low) < 1e-9)
            #expect(found.withoutAnswers == ["efficiency", "transparency", "employee"])
        }
    }

    @Test func driversOfFoldedAnswersEqualThoseOfRows() throws {
        let columns = random(900)
        let found = try DriverAnalysis(columns.cells(in: Asked.all), outcome: .trust, resamples: 40)
        let rows: [[Double]] = columns.answers.compactMap { bits in
            let packed = PackedAnswers(bits: bits)
            guard let trust = packed[.trust], let works = packed[.effectiveness], let ease = packed[.ease] else {
                return nil
            }
            return [Double(trust), Double(works), Double(ease)]
        }
        let expected = try DriverImportance(DriverCorrelations(rows: rows))
        #expect(found.n == rows.count)
        #expect(abs(found.rSquared - expected.rSquared) < 1e-9)
        let ease = try #require(found.drivers.first { $0.item == .ease })
        #expect(abs(ease.share - expected.lmgShare[1]) < 1e-9)
        #expect(ease.low <= ease.share && ease.share <= ease.high)
        #expect(found.method.name == "lmg.bootstrap")
    }

    @Test func drawnMomentsGiveTheIntervalsOfDrawnPeople() throws {
        // 1,200 people are past the limit: compare with people drawn again.
        let columns = random(1_450)
        let found = try DriverAnalysis(columns.cells(in: Asked.all), outcome: .trust, resamples: 400)
        #expect(found.method.name == "lmg.normal-moments")
        let rows: [[Double]] = columns.answers.compactMap { bits in
            let packed = PackedAnswers(bits: bits)
            guard let trust = packed[.trust], let works = packed[.effectiveness], let ease = packed[.ease] else {
                return nil
            }
            return [Double(trust), Double(works), Double(ease)]
        }
        let drawn = try DriverRanks(rows: rows, resamples: 200, seed: 1).drivers
        let works = try #require(found.drivers.first { $0.item == .effectiveness })
        #expect(abs(works.low - drawn[0].share.lower) < 0.02)
        #expect(abs(works.high - drawn[0].share.upper) < 0.02)
    }

    @Test func tooFewAnswersGiveNoRanking() {
        #expect(throws: DriverAnalysis.Failure.tooFewDrivers) {
            _ = try DriverAnalysis(AnswerCells(codes: [], counts: []), outcome: .trust)
        }
        let few = random(150)
        #expect(throws: DriverAnalysis.Failure.self) {
            _ = try DriverAnalysis(few.cells(in: Asked.all), outcome: .trust)
        }
    }
}
