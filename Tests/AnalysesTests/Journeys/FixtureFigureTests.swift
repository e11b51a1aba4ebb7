import Analyses
import Foundation
import JourneyEngine
import Testing

/// The figures of one small log that travels with the project, so that a clone tests alone.
@Suite struct FixtureFigureTests {
    static func load() throws -> (log: EventLog, fixture: Figures) {
        let fixture = try SharedFigures.json(SharedFigures.fixtures.appendingPathComponent("running-example.json"))
        let activities = fixture["activities"]?.texts ?? []
        let resources = fixture["resources"]?.texts ?? []
        var builder = EventLogBuilder()
        let resource = builder.declare(AttributeDeclaration("org:resource", level: .event))
        for event in fixture["events"]?.list ?? [] {
            let row = event.list
            let journey = builder.journey(row[0].text ?? "")
            let minute = Int64(row[1].integer ?? 0)
            builder.append(
                journey: journey, activity: builder.activity(activities[row[2].integer ?? 0]),
                time: minute * 60_000_000)
            builder.setEvent(resource, code: builder.value(resource, resources[row[3].integer ?? 0]))
        }
        return (builder.finish(), fixture)
    }

    @Test func answersEqualTheFigures() throws {
        let (log, fixture) = try Self.load()
        let wanted = try #require(fixture["figures"])
        var got: [String: Figures] = [:]
        for question in JourneyQuestions.all {
            guard let answer = try? ReferenceFigureTests.asked(question, log, JourneyOptions()) else { continue }
            for key in answer.keys where got[key] == nil { got[key] = answer[key] }
        }
        var compared = 0
        for key in wanted.keys {
            var section = try #require(wanted[key])
            if key == "counts", var all = section.value as? [String: Any] {
                all["cases_out_of_time_order_in_file"] = nil
                section = Figures(all)
            }
            let own = try #require(got[key], "no question gives \(key)")
            #expect(section.differences(own, at: key).isEmpty, "\(section.differences(own, at: key))")
            compared += 1
        }
        #expect(compared >= 23)
    }

    @Test func conformanceEqualsTheFigures() throws {
        let (log, fixture) = try Self.load()
        let wanted = try #require(fixture["promised_path"])
        var options = JourneyOptions()
        options.path = wanted["steps"]?.texts ?? []
        let got = try ReferenceFigureTests.asked(ConformanceQuestion.self, log, options)
        for part in ["alignment", "token_replay"] {
            let differences = wanted[part]?.differences(got[part], at: part, relative: 1e-9) ?? [part]
            #expect(differences.isEmpty, "\(differences)")
        }
        let rows = got["variants"]?["rows"]
        #expect(wanted["rows"]?.differences(rows, at: "rows").isEmpty == true)
    }

    /// Rows in another order, other threads: the same bytes.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func orderOfRowsAndThreadsChangeNoAnswer(_ seed: UInt64) throws {
        let rows = SmallLogs.randomRows(seed: seed, journeys: 80)
        var random = SmallLogs.Random(state: seed)
        let log = SmallLogs.log(rows)
        let shuffled = SmallLogs.log(rows.shuffled(using: &random))
        for question in JourneyQuestions.all {
            var options = JourneyOptions()
            options.path = ["act 0", "act 1", "act 2 within 2 d"]
            options.endings = ["act 0"]
            options.rules = ["response(\"act 0\", \"act 1\") within 1 d"]
            options.lateAfterSeconds = 200_000
            options.threads = 1
            if question.id == "funnel" { options.path = ["act 0", "act 1"] }
            guard let one = try? question.ask(log, options).json() else {
                #expect(["cohorts"].contains(question.id), "\(question.id) gave nothing")
                continue
            }
            options.threads = 3
            let other = try question.ask(shuffled, options)
            // Ids of examples follow the order of journeys in the log; everything else may not.
            if question.id != "rules" { #expect(try other.json() == one, "\(question.id)") }
            #expect(!other.csv().isEmpty && !other.text().isEmpty)
        }
    }

    @Test func anUnknownQuestionNamesTheNearest() {
        #expect(throws: JourneyProblem.unknownQuestion("sumary", nearest: "summary")) {
            try JourneyQuestions.named("sumary")
        }
        #expect(Set(JourneyQuestions.all.map { $0.id }).count == JourneyQuestions.all.count)
    }

    @Test func aQuestionAsksForWhatItNeeds() {
        for question in [
            FunnelQuestion.id, PathQuestion.id, RulesQuestion.id, RemainingQuestion.id, ConformanceQuestion.id,
        ] {
            #expect(throws: JourneyProblem.self) {
                try JourneyQuestions.named(question).ask(SmallLogs.four, JourneyOptions())
            }
        }
    }

    @Test func optionsNoQuestionCouldUseAreRefused() {
        let changes: [(inout JourneyOptions) -> Void] = [
            { $0.confidence = 1 }, { $0.confidence = .nan }, { $0.noise = -0.1 }, { $0.top = 0 },
            { $0.lateAfterSeconds = .infinity }, { $0.activityDetail = 2 }, { $0.budget.seconds = 0 },
        ]
        for change in changes {
            var options = JourneyOptions()
            change(&options)
            #expect(throws: JourneyProblem.self) { try SummaryQuestion.ask(SmallLogs.four, options) }
        }
        #expect(throws: Never.self) { try SummaryQuestion.ask(SmallLogs.four, JourneyOptions()) }
    }

    @Test func tablesQuoteWhatASpreadsheetWouldRun() {
        let table = AnswerTable(
            "t", columns: ["a", "b"], rows: [[.text("=1+1"), .text("x,\"y\"")], [.number(-0.5), .none]])
        #expect(table.csv() == "a,b\r\n'=1+1,\"x,\"\"y\"\"\"\r\n-0.5,\r\n")
    }
}
