import Analyses
import Commands
import Experience
import Formats
import Foundation
import Site
import Statistics
import Testing

/// What the public dashboard shows of small groups, and that its numbers are those of the staff's page and of the report.
@Suite struct PublicResultsTests {
    private static let zone = "America/New_York"
    private static let today = CivilDate("2026-11-21")!
    private static let now = Instant(rfc3339: "2026-11-21T12:00:00Z")!

    private static let service: ServiceDefinition = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let all = ServiceFolder.definitions(
            in: [root.appendingPathComponent("services").path], calendars: .standard, today: today)
        return all.first { $0.id.text == "passport-renewal" }!
    }()

    private struct Group {
        var quarter: String
        var n: Int
        var trusting: Int
        var channel = Channel.web
    }

    /// Answers to the form after delivery, group by group.
    private static func columns(_ groups: [Group]) -> ResponseColumns {
        var columns = ResponseColumns()
        let form = columns.add(AskedForm(service.forms[0]))
        for group in groups {
            let start = FiscalQuarter(group.quarter)!.bounds(in: zone)!.lowerBound.microseconds
            for place in 0..<group.n {
                var packed = PackedAnswers()
                packed[.satisfaction] = 1 + place % 5
                packed[.trust] = place < group.trusting ? 5 : 2
                columns.append(
                    packed, survey: .init(form: form, channel: group.channel, touchpoint: ""),
                    at: start + Int64(place), sequence: Int64(columns.count + 1), journey: nil,
                    key: UInt64(columns.count))
            }
        }
        return columns
    }

    private static func results(_ columns: ResponseColumns) -> PublicResults {
        PublicResults.make(
            [service], { _ in columns }, [], today: today, bounds: { $0.bounds(in: zone)! }, now: now)
    }

    @Test func smallGroupsAreHiddenWithAsManyOthersAsItTakes() throws {
        let columns = Self.columns([
            Group(quarter: "FY2026Q1", n: 300, trusting: 200),
            Group(quarter: "FY2026Q1", n: 310, trusting: 200, channel: .phone),
            Group(quarter: "FY2026Q2", n: 5, trusting: 4),
            Group(quarter: "FY2026Q2", n: 80, trusting: 4, channel: .phone),
            Group(quarter: "FY2026Q3", n: 90, trusting: 60),
            Group(quarter: "FY2026Q3", n: 95, trusting: 60, channel: .phone),
            Group(quarter: "FY2026Q4", n: 250, trusting: 100),
            Group(quarter: "FY2026Q4", n: 260, trusting: 100, channel: .phone),
        ])
        let found = Self.results(columns)
        let hidden = found.lines.filter(\.isHidden)
        // One hidden alone would follow from the total of the year.
        #expect(hidden.count >= 2)
        #expect(hidden.contains { $0.quarter == FiscalQuarter("FY2026Q2") })
        #expect(found.hidesSome)
        for line in hidden {
            #expect(line.respondents == nil && line.responseRate == nil)
            #expect(line.trust.value == nil && line.trust.low == nil && line.satisfaction.value == nil)
        }
        let shown = found.lines.filter { !$0.isHidden }
        #expect(shown.contains { $0.respondents == 300 })
        // The trend is made of what is shown, so nothing hidden follows from it.
        let points = Set(found.trend.map(\.label))
        for line in hidden { #expect(!points.contains(line.quarter.description)) }
    }

    @Test func nothingIsHiddenWhereEveryGroupIsLargeEnough() {
        let found = Self.results(
            Self.columns([
                Group(quarter: "FY2026Q1", n: 40, trusting: 30), Group(quarter: "FY2026Q2", n: 41, trusting: 20),
                Group(quarter: "FY2026Q3", n: 45, trusting: 9),
            ]))
        #expect(found.lines.count == 3 && !found.hidesSome)
    }

    @Test func aScoreIsTheSameOnEveryPageAndInTheReport() throws {
        let columns = Self.columns([Group(quarter: "FY2026Q1", n: 400, trusting: 290)])
        let quarter = FiscalQuarter("FY2026Q1")!
        let bounds = quarter.bounds(in: Self.zone)!
        let range = bounds.lowerBound.microseconds..<bounds.upperBound.microseconds
        let staff = FeedbackScores(columns, in: range, rule: .staff, resamples: 10)
        let own = try #require(staff.lines.first { $0.wording.item == .trust })
        let open = try #require(Self.results(columns).lines.first)
        #expect(open.trust.value == own.score.top2.value && open.trust.low == own.score.top2.interval?.lower)
        let report = QuarterReport(
            Self.service, columns, quarter: quarter, bounds: bounds, customers: nil, now: Self.now)
        let reported = try #require(report.surveys.first)
        let score = try #require(reported.scores().first { $0.item == .trust })
        #expect(score.top2.value == own.score.top2.value && score.mean.value == own.score.mean.value)
        #expect(score.counts == own.score.counts)
        // And once more out of the file it is published in.
        let read = try PublishedSurveys.read([UInt8](PublishedSurveys.write(report.surveys).utf8))
        let back = try #require(read.rows.first?.survey.scores().first { $0.item == .trust })
        #expect(back.top2.value == own.score.top2.value && back.counts == own.score.counts)
    }

    @Test func thumbsAreShownAndNotMixedIntoTheTrend() throws {
        func text(_ words: String) -> LocalText { LocalText(en: words, es: words) }
        func question(_ name: String, _ kind: Question.Kind, _ driver: Question.Driver? = nil) -> Question {
            Question(id: Slug(name)!, kind: kind, text: text(name), driver: driver)
        }
        var columns = ResponseColumns()
        let form = FormDefinition(
            id: Slug("two")!, title: text("Two"),
            questions: [
                question("trust", .thumbs, .trust), question("positive", .multiple), question("negative", .multiple),
            ])
        let place = columns.add(AskedForm(form))
        let start = FiscalQuarter("FY2026Q4")!.bounds(in: Self.zone)!.lowerBound.microseconds
        for number in 0..<60 {
            var packed = PackedAnswers()
            packed.thumb = number < 45
            columns.append(
                packed, survey: .init(form: place, channel: .web, touchpoint: ""), at: start + Int64(number),
                sequence: Int64(number), journey: nil, key: UInt64(number))
        }
        let found = Self.results(columns)
        let line = try #require(found.lines.first)
        #expect(line.trust.value == 0.75 && line.trust.n == 60 && line.trustWording == "trust")
        #expect(line.satisfaction.value == nil && found.trend.isEmpty)
    }
}
