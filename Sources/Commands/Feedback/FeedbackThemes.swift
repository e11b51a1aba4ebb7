internal import Analyses
internal import ArgumentParser
internal import Experience
internal import Formats
internal import Foundation
internal import Site
internal import Statistics

struct FeedbackThemes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes",
        abstract: "Show how well the rules tell what comments are about, or measure it on comments labelled by hand.",
        discussion: """
            Without FILE the shares kept with the list are shown. FILE is a CSV with a column of comments, a column that names \
            the person, and a column of 1s for each label; the list says which labels a theme stands for. People are parted in \
            two halves by their name: terms may be chosen looking at one (--half 0), and are judged on the other (--half 1). \
            No comment is printed; words are, where at least five comments hold them.
            """)

    @Argument(help: "Comments labelled by hand.")
    var file: String?

    @Option(help: "The list of themes (default: the one shipped with the templates).")
    var themes: String?

    @Option(help: "Column of the comments.")
    var text = "FFT answer"

    @Option(help: "Column that names the person.")
    var person = "Respondent ID"

    @Option(help: "Half of the people to judge on, 0 or 1.")
    var half = 1

    @Flag(help: "Judge on everybody, the half the terms were chosen from included.")
    var everybody = false

    @Flag(help: "Show the words that set each theme's comments apart (log-odds, z > 1.96).")
    var words = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Folder of the templates (default: beside the program).")
    var templates: String?

    func run() async throws {
        try await reportingFailures {
            guard half == 0 || half == 1 else { throw CommandFailure.usage("--half is 0 or 1.") }
            let list = try readList()
            var judged = list.themes.compactMap { theme in
                theme.measured.map { ThemeJudgement(theme, ConfusionCounts($0), [], comments: $0.of) }
            }
            if let file { judged = try judge(list, file) }
            guard !judged.isEmpty else {
                throw CommandFailure.badData("no theme of the list says how well it is told; measure with a FILE.")
            }
            print(try json ? ThemeJudgement.json(judged) : ThemeJudgement.table(judged, words: words))
        }
    }

    private func readList() throws -> ThemeFile {
        let path: String
        if let themes {
            path = themes
        } else {
            do { path = try TemplateLibrary.locate(configured: templates).path + "/themes.yaml" } catch {
                throw CommandFailure.noInput("\(error)")
            }
        }
        guard let yaml = textOfFile(path) else {
            throw CommandFailure.noInput("there is no list of themes at \(path); check the name.")
        }
        do throws(ThemeFile.Problem) { return try ThemeFile(yaml: yaml) } catch {
            throw CommandFailure.badData("\(path): \(error)")
        }
    }

    private func judge(_ list: ThemeFile, _ path: String) throws -> [ThemeJudgement] {
        guard fileKind(path) == .file, let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.noInput("there is no file at \(path); check the name.")
        }
        do throws(DelimitedTable.Problem) {
            let table = try DelimitedTable([UInt8](data))
            let (texts, people) = (try table.index(of: text), try table.index(of: person))
            let rows = table.rows.filter { everybody || FeedbackThemes.half(of: $0[people]) == half }
            let comments = rows.map { $0[texts] }
            let rules = ThemeList(
                list.themes.map { .init(id: $0.id, title: $0.title, terms: $0.terms, examples: $0.examples) })
            let found = comments.map { rules.themes(of: $0) }
            let split = comments.map { Set(CommentWords.of($0)) }
            var judged: [ThemeJudgement] = []
            for (place, theme) in list.themes.enumerated() where !theme.labels.isEmpty {
                var columns: [Int] = []
                for label in theme.labels { columns.append(try table.index(of: label)) }
                let labelled = rows.map { row in columns.contains { row[$0] == "1" } }
                let predicted = found.map { $0.contains(place) }
                judged.append(
                    ThemeJudgement(
                        theme, ConfusionCounts(predicted: predicted, labelled: labelled),
                        words ? TellingWords.of(split, inside: predicted, fewest: ThemeReader.fewestComments) : [],
                        comments: rows.count))
            }
            return judged
        } catch {
            throw CommandFailure.badData("\(path): \(error)")
        }
    }

    /// By person, so that two comments of one person never stand on both sides.
    static func half(of person: String) -> Int { Int(ResponseColumns.hash("half", person) >> 17 & 1) }
}

/// How one theme was told.
struct ThemeJudgement {
    let id: String
    let counts: ConfusionCounts
    let words: [String]
    let comments: Int

    init(_ theme: ThemeFile.Theme, _ counts: ConfusionCounts, _ words: [String], comments: Int) {
        id = theme.id.text
        (self.counts, self.words, self.comments) = (counts, words, comments)
    }

    /// F1 over all themes, and what giving everybody the most frequent theme reaches.
    static func whole(_ all: [ThemeJudgement]) -> (rules: Double, majority: Double) {
        let hits = all.reduce(0) { $0 + $1.counts.truePositives }
        let given = all.reduce(0) { $0 + $1.counts.flagged }
        let having = all.reduce(0) { $0 + $1.counts.positives }
        let most = all.map(\.counts.positives).max() ?? 0
        let comments = all.map(\.comments).max() ?? 0
        func f1(_ hits: Int, _ given: Int) -> Double {
            given + having > 0 ? 2 * Double(hits) / Double(given + having) : 0
        }
        return (f1(hits, given), f1(most, comments))
    }

    static func table(_ all: [ThemeJudgement], words: Bool) -> String {
        func share(_ one: Proportion?) -> String {
            guard let one else { return "–" }
            guard let interval = one.interval() else { return percent(one.share) }
            return "\(percent(one.share)) (\(percent(interval.lower))–\(percent(interval.upper)))"
        }
        let rows = all.map { one in
            [
                one.id, grouped(one.counts.positives), grouped(one.counts.flagged), share(one.counts.precision),
                share(one.counts.recall), one.counts.f1.map { String(format: "%.2f", $0) } ?? "–",
                percent(one.counts.accuracy), percent(one.counts.majorityAccuracy),
            ]
        }
        let whole = whole(all)
        var lines =
            ["\(grouped(all.map(\.comments).max() ?? 0)) comments labelled by hand; intervals are 95 % Wilson.", ""]
            + SurveyScoreText.table(
                [
                    "theme", "have it", "given it", "right when named", "found of all", "F1", "right in all",
                    "always “no”",
                ], rows)
        lines += [
            "",
            "Over all themes F1 \(String(format: "%.3f", whole.rules)); giving everybody the most frequent theme: "
                + "\(String(format: "%.3f", whole.majority)). Always “no” finds no theme: its F1 is 0 in every line.",
            "Themes are told by rules; no embedding model is part of this build.",
        ]
        if words {
            lines.append("")
            lines += all.map { "\($0.id): \($0.words.isEmpty ? "–" : $0.words.joined(separator: ", "))" }
        }
        return lines.joined(separator: "\n")
    }

    private struct Document: Encodable {
        struct Theme: Encodable {
            var theme: String
            var having: Int
            var given: Int
            var precision: Double?
            var precisionLow: Double?
            var precisionHigh: Double?
            var recall: Double?
            var recallLow: Double?
            var recallHigh: Double?
            var f1: Double?
            var accuracy: Double
            var majorityAccuracy: Double
            var words: [String]
        }

        var comments: Int
        var f1: Double
        var majorityF1: Double
        var method: String
        var themes: [Theme]
    }

    static func json(_ all: [ThemeJudgement]) throws -> String {
        let whole = whole(all)
        let document = Document(
            comments: all.map(\.comments).max() ?? 0, f1: whole.rules, majorityF1: whole.majority, method: "rules",
            themes: all.map { one in
                let (precision, recall) = (one.counts.precision, one.counts.recall)
                return Document.Theme(
                    theme: one.id, having: one.counts.positives, given: one.counts.flagged,
                    precision: precision?.share, precisionLow: precision?.interval()?.lower,
                    precisionHigh: precision?.interval()?.upper, recall: recall?.share,
                    recallLow: recall?.interval()?.lower, recallHigh: recall?.interval()?.upper, f1: one.counts.f1,
                    accuracy: one.counts.accuracy, majorityAccuracy: one.counts.majorityAccuracy, words: one.words)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
