import Analyses
import Experience
import Formats
import Statistics

// usage: feedback-bench [answers, 10,000,000] [answers of the quarter, 1,000,000]

func fail(_ words: String) -> Never { fatalError(words) }

/// Answers that hang together as people's do: a mood, and a little noise on each of seven items; a fifth by thumbs.
func columns(_ count: Int, in bounds: Range<Int64>) -> ResponseColumns {
    guard let first = Slug("seven"), let second = Slug("trust"), let positive = Slug("positive"),
        let negative = Slug("negative")
    else { fail("names") }
    let words = LocalText(en: "words", es: "palabras")
    let drivers: [Question.Driver] = [
        .satisfaction, .trust, .effectiveness, .ease, .efficiency, .transparency, .employee,
    ]
    let seven = FormDefinition(
        id: first, title: words,
        questions: drivers.compactMap { driver in
            Slug(driver.rawValue).map { Question(id: $0, kind: .agreement, text: words, driver: driver) }
        })
    let options = MentionedDriver.allCases.compactMap { driver in
        Slug(driver.rawValue).map { Question.Option(id: $0, title: words) }
    }
    let trust = FormDefinition(
        id: second, title: words,
        questions: [
            Question(id: second, kind: .thumbs, text: words, required: true, driver: .trust),
            Question(id: positive, kind: .multiple, text: words, options: options),
            Question(id: negative, kind: .multiple, text: words, options: options),
        ])
    var columns = ResponseColumns()
    let forms = [columns.add(AskedForm(seven)), columns.add(AskedForm(trust))]
    var random = SplitMix64(seed: 7)
    let step = max(1, (bounds.upperBound - bounds.lowerBound) / Int64(count))
    let channels: [Channel] = [.web, .phone, .kiosk, .sms]
    for row in 0..<count {
        var packed = PackedAnswers()
        let isThumbs = row % 5 == 0
        if isThumbs {
            let up = random.below(3) > 0
            packed.thumb = up
            packed.mention(positive: up, [MentionedDriver.allCases[random.below(7)]])
        } else {
            let mood = random.below(5)
            for item in SurveyItem.standard { packed[item] = min(5, max(1, mood + random.below(3))) }
        }
        columns.append(
            packed,
            survey: .init(
                form: forms[isThumbs ? 1 : 0], channel: channels[row % 4], touchpoint: "place-\(row % 10)"),
            at: bounds.lowerBound + Int64(row) * step, sequence: Int64(row), journey: nil, key: UInt64(row))
    }
    return columns
}

func timed<T>(_ name: String, _ work: () -> T) -> T {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000_000)
    var result = work()
    for _ in 0..<3 {
        let took = clock.measure { result = work() }
        best = min(best, took)
    }
    let milliseconds = Double(best.components.attoseconds) / 1e15 + Double(best.components.seconds) * 1_000
    print("\(name)\t\((milliseconds * 10).rounded() / 10) ms")
    return result
}

let counts = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let many = counts.first ?? 10_000_000
let some = counts.count > 1 ? counts[1] : 1_000_000
guard let quarter = FiscalQuarter("FY2026Q2"), let bounds = quarter.bounds(in: "America/New_York"),
    let agency = Slug("roads"), let service = Slug("permit")
else { fail("quarter") }
let range = bounds.lowerBound.microseconds..<bounds.upperBound.microseconds

let all = columns(many, in: range)
print("answers\t\(all.count)")
let tallies = timed("counts of every survey") { all.tallies(in: range) }
let cells = timed("answers folded") { all.cells(in: range) }
_ = timed("index with interval") { cells.index(.mean, rule: .staff) }
_ = timed("drivers with rank intervals") { try? DriverAnalysis(cells, outcome: .trust) }
let scores = timed("scores and drivers together") { FeedbackScores(all, in: range, rule: .staff) }
guard scores.respondents == many, tallies.reduce(0, { $0 + $1.respondents }) == many else { fail("answers were lost") }

let part = columns(some, in: range)
print("answers of the quarter\t\(part.count)")
let words = LocalText(en: "words", es: "palabras")
let definition = ServiceDefinition(
    id: service, agency: agency, agencyName: words, title: words, summary: words, steps: [], channels: [.web],
    outcome: words)
func report() -> QuarterReport {
    QuarterReport(definition, part, quarter: quarter, bounds: bounds, customers: nil, now: bounds.upperBound)
}
let whole = timed("report counted") { report() }
_ = timed("published layout written") { PublishedSurveys.write(report().surveys).utf8.count }
_ = timed("v1 header and detail written") {
    report().surveys.reduce(0) {
        $0 + SurveyHeader.write([SurveyHeader($1)]).utf8.count
            + SurveyDetail.write(SurveyDetail.lines(of: $1)).utf8.count
    }
}
_ = timed("v2 uploads of every answer written") {
    report().trust.reduce(0) { $0 + TrustAnswerFile.write(part.trustAnswers($1, in: range)).utf8.count }
}
guard whole.respondents == some else { fail("answers were lost") }
