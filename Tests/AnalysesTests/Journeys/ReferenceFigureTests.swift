import Analyses
import Foundation
import Formats
import JourneyEngine
import Testing

/// Every figure of the reference files, for every log there.
@Suite(.enabled(if: SharedFigures.isPresent, Comment(rawValue: SharedFigures.whyAbsent)))
struct ReferenceFigureTests {
    static let names = [
        "running-example", "receipt", "roadtraffic100", "sepsis", "bpic2020_domestic", "bpic2013_incidents",
    ]

    static func load(_ figures: Figures) throws -> EventLog {
        let file = figures["file"]?.text ?? ""
        var url = SharedFigures.logs.appendingPathComponent(file)
        if !FileManager.default.fileExists(atPath: url.path) { url = URL(fileURLWithPath: url.path + ".gz") }
        var options = LogReadingOptions()
        options.globalDefaults = false
        return try LogReader.read(path: url.path, options: options).log
    }

    static func asked(
        _ question: any JourneyQuestion.Type, _ log: EventLog, _ options: JourneyOptions
    ) throws -> Figures {
        Figures(try JSONSerialization.jsonObject(with: question.ask(log, options).json()))
    }

    @Test(arguments: names) func answersEqualTheReference(_ name: String) throws {
        let wanted = try SharedFigures.json(SharedFigures.figures.appendingPathComponent(name + ".json"))
        let log = try Self.load(wanted)
        var got: [String: Figures] = [:]
        for question in JourneyQuestions.all {
            guard let answer = try? Self.asked(question, log, JourneyOptions()) else { continue }
            for key in answer.keys where got[key] == nil { got[key] = answer[key] }
        }
        let maps: Set<String> = [
            "activities", "start", "end", "rework_cases_per_activity", "self_loops", "variants_count_of_counts",
            "coverage_top",
        ]
        let elsewhere: Set<String> = ["log", "file", "agree", "made_with", "cohorts"]
        var compared = 0
        for key in wanted.keys where !elsewhere.contains(key) {
            let section = try #require(wanted[key])
            var own = try #require(got[key], "no question gives \(key)")
            if key == "variants_top" { own = Figures(Array((own.value as? [Any] ?? []).prefix(section.list.count))) }
            var left = section
            if key == "counts", var all = section.value as? [String: Any] {
                // About the file, not the log: the reader's business.
                all["cases_out_of_time_order_in_file"] = nil
                left = Figures(all)
            }
            let differences = left.differences(own, at: key)
            #expect(differences.isEmpty, "\(name): \(differences)")
            if maps.contains(key) { #expect(Set(section.keys) == Set(own.keys), "\(name): keys of \(key)") }
            compared += 1
        }
        #expect(compared >= 17)
    }

    @Test func cohortsEqualTheReference() throws {
        let wanted = try SharedFigures.json(SharedFigures.figures.appendingPathComponent("receipt.json"))
        let log = try Self.load(wanted)
        let cohorts = try #require(wanted["cohorts"])
        for attribute in cohorts.keys {
            var options = JourneyOptions()
            options.attribute = attribute
            let got = try Self.asked(CohortsQuestion.self, log, options)
            let groups = try #require(cohorts[attribute])
            let own = try #require(got["cohorts"]?[attribute])
            #expect(Set(groups.keys) == Set(own.keys))
            #expect(groups.differences(own, at: attribute).isEmpty, "\(groups.differences(own, at: attribute))")
        }
    }

    static let nets = [
        "running-example__alpha", "running-example__promised_path", "running-example__inductive_0.0",
        "receipt__promised_path", "receipt__inductive_0.0", "receipt__inductive_0.2", "roadtraffic100__inductive_0.0",
        "roadtraffic100__inductive_0.2", "sepsis__inductive_0.2", "bpic2020_domestic__promised_path",
        "bpic2020_domestic__inductive_0.2", "receipt__alpha",
    ]

    @Test(arguments: nets) func conformanceEqualsTheReference(_ model: String) throws {
        let wanted = try SharedFigures.json(SharedFigures.figures.appendingPathComponent(model + ".json"))
        var options = JourneyOptions()
        options.net = try PetriNet(
            pnml: Array(Data(contentsOf: SharedFigures.figures.appendingPathComponent(model + ".pnml"))))
        // Nothing here needs more than 4,000 states; a net without an end is given up on at the same number.
        options.budget = AlignmentBudget(states: 20_000)
        let got = try Self.asked(ConformanceQuestion.self, try Self.load(wanted), options)
        for key in ["places", "transitions", "silent", "arcs", "duplicate_labels", "activities_not_in_model"] {
            let differences = wanted[key]?.differences(got[key], at: key) ?? ["\(key): not in the reference"]
            #expect(differences.isEmpty, "\(differences)")
        }
        if let aligned = wanted["alignment"] {
            // What the reference's own search gave up on is its own affair; ours ends everywhere.
            #expect(got["alignment"]?["traces_skipped_on_time"]?.integer == 0)
            for key in [
                "traces", "total_deviations", "perfectly_fitting", "log_fitness", "average_trace_fitness",
            ] {
                let differences = aligned[key]?.differences(got["alignment"]?[key], at: key, relative: 1e-9) ?? [key]
                #expect(differences.isEmpty, "\(differences)")
            }
            let key = "shortest_model_path_visible_moves"
            #expect(wanted[key]?.integer == got[key]?.integer)
        }
        if let replayed = wanted["token_replay"] {
            for key in ["m", "r", "p", "c", "log_fitness", "fitting_traces", "traces_with_ignored_events"] {
                let differences =
                    replayed[key]?.differences(got["token_replay"]?[key], at: key, relative: 1e-9) ?? [key]
                #expect(differences.isEmpty, "\(differences)")
            }
        }
        if let precision = wanted["pm4py_precision_token_etc"], wanted["silent"]?.integer == 0 {
            let differences = precision.differences(got["precision_etc"], at: "precision", relative: 1e-9)
            #expect(differences.isEmpty, "\(differences)")
        }
        var own: [[String]: Figures] = [:]
        for row in got["variants"]?["rows"]?.list ?? [] { own[row.list[1].texts] = row }
        var compared = 0
        for row in wanted["variants"]?["rows"]?.list ?? [] {
            let mine = try #require(own[row.list[1].texts]).list
            #expect(mine[0].integer == row.list[0].integer)
            if wanted["alignment"] != nil { #expect(mine[2].integer == row.list[2].integer) }
            if row.list.count > 3, mine.count > 3 {
                #expect(mine[3].list.map(\.integer) == row.list[3].list.map(\.integer))
            }
            compared += 1
        }
        #expect(compared == wanted["variants"]?["listed"]?.integer)
    }

    @Test(arguments: names)
    func everyJourneyFitsTheMinedModelWithoutNoise(_ name: String) throws {
        let wanted = try SharedFigures.json(SharedFigures.figures.appendingPathComponent(name + ".json"))
        let log = VariantLog(try Self.load(wanted))
        let net = InductiveMiner.tree(of: log).petriNet(name: name)
        #expect(NetSoundness(net) == .sound)
        let found = NetConformance(log, net, threads: 2)
        #expect(found.totalDeviations == 0)
        #expect(found.perfectlyFitting == log.journeyCount)
    }
}
