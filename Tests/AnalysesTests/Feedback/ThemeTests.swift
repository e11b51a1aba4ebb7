import Analyses
import Experience
import Formats
import Foundation
import Statistics
import Testing

@Suite struct ThemeTests {
    private static func list(_ terms: [String]...) -> ThemeList {
        ThemeList(
            terms.enumerated().map { place, terms in
                .init(id: Slug("t\(place)")!, title: LocalText(en: "t", es: "t"), terms: terms, examples: [])
            })
    }

    @Test func wordsPhrasesAndBeginningsAreFound() {
        let list = ThemeTests.list(["wait*"], ["on hold", "phone line*"], ["cold"], ["don't know"])
        #expect(list.themes(of: "I was WAITING, and waiting.") == [0])
        #expect(list.themes(of: "Kept on\nhold by the phone lines") == [1])
        #expect(list.themes(of: "on the hold") == [])
        #expect(list.themes(of: "scold, colder") == [])
        #expect(list.themes(of: "Cold! Awaited.") == [2])
        #expect(list.themes(of: "I dont know; I don’t know") == [3])
        #expect(list.themes(of: "") == [])
    }

    @Test func spanishLettersBelongToWords() {
        #expect(ThemeTests.list(["rápid*"]).themes(of: "Muy RÁPIDO todo") == [0])
        #expect(CommentWords.of("¡Qué rápido!") == ["¡qué", "rápido"])
    }

    @Test func learnsTheWordsThatTellAThemeApart() throws {
        var comments: [[String]] = []
        var labels: [Bool] = []
        for number in 0..<60 {
            let isLate = number % 3 == 0
            comments.append(["the", "office", isLate ? "queue" : "desk", number % 2 == 0 ? "was" : "is", "fine"])
            labels.append(isLate)
        }
        let theme = try #require(LearnedTheme(comments: comments, labelled: labels))
        #expect(theme.holds(["the", "office", "queue", "was", "fine"]))
        #expect(!theme.holds(["a", "nice", "desk"]))
        #expect(theme.tellingWords.contains("queue"))
        #expect(!theme.tellingWords.contains("fine"))
        #expect(LearnedTheme(comments: comments, labelled: labels.map { _ in false }) == nil)
    }

    @Test func guessingTheMajorityFindsNothing() {
        let labelled = [true] + Array(repeating: false, count: 9)
        let guess = ConfusionCounts(predicted: labelled.map { _ in false }, labelled: labelled)
        #expect(guess.accuracy == 0.9 && guess.majorityAccuracy == 0.9)
        #expect(guess.f1 == 0)
        #expect(guess.precision == nil)
    }

    @Test func theShippedListIsWholeAndTellsItsOwnExamples() throws {
        let file = try LabelledComments.themes()
        let list = ThemeList(
            file.themes.map { .init(id: $0.id, title: $0.title, terms: $0.terms, examples: $0.examples) })
        for (place, theme) in file.themes.enumerated() {
            #expect(!theme.examples.isEmpty)
            for example in theme.examples {
                #expect(list.themes(of: example).contains(place), "\(theme.id): \(example)")
            }
        }
    }

    @Test func refusesListsThatContradictThemselves() {
        let twice = "themes: [{id: a, title: {en: A, es: A}, terms: [x]}, {id: a, title: {en: A, es: A}, terms: [y]}]"
        #expect(throws: ThemeFile.Problem.self) { _ = try ThemeFile(yaml: twice) }
        #expect(throws: ThemeFile.Problem.self) {
            _ = try ThemeFile(yaml: "themes: [{id: a, title: {en: A, es: A}, terms: []}]")
        }
        #expect(throws: ThemeFile.Problem.self) { _ = try ThemeFile(yaml: "themes: 7") }
    }

    /// Learned on one half of the people, judged on the other, whose comments were not looked at.
    @Test(.enabled(if: SharedFeedback.comments != nil, SharedFeedback.absence))
    func themesBeatTheMajorityOnCommentsLabelledByHand() throws {
        let data = try LabelledComments()
        let (learning, judging) = (data.rows(half: 0), data.rows(half: 1))
        let file = try LabelledComments.themes()
        let list = ThemeList(file.themes.map { .init(id: $0.id, title: $0.title, terms: $0.terms, examples: []) })
        let judged = judging.map { list.themes(of: data.comments[$0]) }
        var report = "theme | precision | recall | F1 | n | accuracy | majority\n"
        func line(_ name: String, _ q: ConfusionCounts) -> String {
            func shown(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
            return
                "\(name) | \(shown(q.precision?.share)) | \(shown(q.recall?.share)) | \(shown(q.f1)) | \(q.positives)"
                + " | \(shown(q.accuracy)) | \(shown(q.majorityAccuracy))\n"
        }
        var hits = 0
        var wrong = 0
        var missed = 0
        for (place, theme) in file.themes.enumerated() {
            let labels = try data.labels(of: theme)
            let quality = ConfusionCounts(
                predicted: judged.map { $0.contains(place) }, labelled: judging.map { labels[$0] })
            report += line(theme.id.text, quality)
            hits += quality.truePositives
            wrong += quality.falsePositives
            missed += quality.falseNegatives
            let measured = try #require(theme.measured, "\(theme.id) says nothing of how well it is told")
            #expect(abs((quality.precision?.share ?? 0) - measured.precision) < 0.006, "\(theme.id)")
            #expect(abs((quality.recall?.share ?? 0) - measured.recall) < 0.006, "\(theme.id)")
            #expect(quality.flagged == measured.given && quality.positives == measured.having)
        }
        let rules = 2 * Double(hits) / Double(2 * hits + wrong + missed)
        // The best guess that looks at no comment: everybody means the most frequent theme.
        let frequent = try file.themes.map { theme in
            let labels = try data.labels(of: theme)
            return judging.count { labels[$0] }
        }
        let most = frequent.max() ?? 0
        let majority = 2 * Double(most) / Double(judging.count + frequent.reduce(0, +))
        report += "rules micro-F1 \(rules), majority \(majority)\n"
        #expect(rules > majority + 0.1)

        let words = data.comments.map { CommentWords.of($0) }
        var learned = (hits: 0, wrong: 0, missed: 0, themes: 0)
        for column in data.columns {
            let labels = data.labels(columns: [column])
            guard
                let theme = LearnedTheme(
                    comments: learning.map { words[$0] }, labelled: learning.map { labels[$0] })
            else { continue }
            let quality = ConfusionCounts(
                predicted: judging.map { theme.holds(words[$0]) }, labelled: judging.map { labels[$0] })
            report += line("learned: " + column, quality)
            learned.hits += quality.truePositives
            learned.wrong += quality.falsePositives
            learned.missed += quality.falseNegatives
            learned.themes += 1
        }
        let whole = 2 * Double(learned.hits) / Double(2 * learned.hits + learned.wrong + learned.missed)
        report += "learned micro-F1 \(whole) over \(learned.themes) of \(data.columns.count) columns\n"
        if let path = ProcessInfo.processInfo.environment["THROUGHLINE_THEME_REPORT"] {
            try report.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(learned.themes >= 20)
        #expect(whole > majority)
    }
}

/// Comments labelled by hand, kept outside the project; their text is never printed.
struct LabelledComments {
    let comments: [String]
    let columns: [String]
    private let cells: [[String: String]]
    private let halves: [Int]

    private static let aside: Set<String> = [
        "Comment ID", "Trust", "Respondent ID", "Date", "Service type 1", "Service type 2", "FFT categorical answer",
        "FFT question", "FFT answer", "Person identifiable info?", "Comment sentiment",
    ]

    init() throws {
        let path = try #require(SharedFeedback.comments)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let table = try TextTable(bytes)
        cells = table.rows
        comments = table.rows.map { $0["FFT answer"] ?? "" }
        columns = table.columns.filter { !LabelledComments.aside.contains($0) }
        // By person: two answers of one person never stand on both sides.
        halves = table.rows.map { Int(ResponseColumns.hash("half", $0["Respondent ID"] ?? "") >> 17 & 1) }
    }

    func rows(half: Int) -> [Int] { halves.indices.filter { halves[$0] == half } }

    func labels(columns: [String]) -> [Bool] { cells.map { row in columns.contains { row[$0] == "1" } } }

    func labels(of theme: ThemeFile.Theme) throws -> [Bool] {
        try #require(!theme.labels.isEmpty && theme.labels.allSatisfy(columns.contains), "\(theme.id) names no label")
        return labels(columns: theme.labels)
    }

    static func themes() throws -> ThemeFile {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try ThemeFile(
            yaml: String(contentsOf: root.appendingPathComponent("Templates/themes.yaml"), encoding: .utf8))
    }
}

/// A comma-separated table, small and whole.
private struct TextTable {
    var columns: [String] = []
    var rows: [[String: String]] = []

    init(_ bytes: [UInt8]) throws {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func text() -> String { String(decoding: field, as: UTF8.self) }
        while place < bytes.count {
            let byte = bytes[place]
            if isQuoted {
                if byte == 0x22, place + 1 < bytes.count, bytes[place + 1] == 0x22 {
                    field.append(byte)
                    place += 1
                } else if byte == 0x22 {
                    isQuoted = false
                } else {
                    field.append(byte)
                }
            } else if byte == 0x22 {
                isQuoted = true
            } else if byte == 0x2C {
                record.append(text())
                field = []
            } else if byte == 0x0A {
                record.append(text())
                field = []
                records.append(record)
                record = []
            } else if byte != 0x0D {
                field.append(byte)
            }
            place += 1
        }
        if !record.isEmpty || !field.isEmpty { records.append(record + [text()]) }
        columns = try #require(records.first)
        rows = records.dropFirst().map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }
    }
}
