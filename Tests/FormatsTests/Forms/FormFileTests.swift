import Experience
import Formats
import Foundation
import Testing

@Suite struct FormFileTests {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("forms")
    static let shipped = ["a11-v1", "a11-v2-thumbs", "a11-v2-five-point", "kiosk", "outcome", "recruiting"]
    static let today = CivilDate(daysSince1970: 20_778)

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("\(name).yaml"), encoding: .utf8)
    }

    func read(_ yaml: String) -> FormReading { readForm(yaml: yaml, file: "forms/x.yaml", today: Self.today) }

    @Test(arguments: shipped) func aReadyFormHasNoFindings(name: String) throws {
        let reading = read(try Self.text(name))
        #expect(reading.findings == [])
        #expect(reading.isSound)
    }

    @Test func everyReadyFormIsInThisTest() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".yaml") }
        #expect(Set(names) == Set(Self.shipped.map { $0 + ".yaml" }))
    }

    @Test(arguments: shipped) func whatIsWrittenIsReadBack(name: String) throws {
        let form = try #require(read(try Self.text(name)).form)
        let again = read(writeForm(form))
        #expect(again.findings == [])
        #expect(again.form == form)
    }

    /// Every property of the model, with texts that want escaping.
    @Test func everyPropertyIsWrittenAndReadBack() {
        let both = LocalText(en: "say \"no\": {{x}} # – \\ ñ", es: "diga «no»: 'x' & <b>")
        let test = Condition.test(.init(question: Slug("m")!, row: Slug("r")!, check: .isOne(["a", "yes"])))
        let deep = Condition.any([.not(test), .all([.test(.init(question: Slug("n")!, check: .atLeast(-2.5)))])])
        let option = Question.Option(id: Slug("a")!, title: both)
        let other = Question.Option(id: Slug("yes")!, title: both)
        let question = Question(
            id: Slug("n")!, kind: .number, text: both, hint: both, required: true, atLeast: -10, atMost: 99.5)
        let matrix = Question(
            id: Slug("m")!, kind: .matrix, text: both, options: [option, other],
            rows: [Question.Option(id: Slug("r")!, title: both)])
        let file = Question(
            id: Slug("f")!, kind: .file, text: both, showIf: deep, accepts: [.pdf, .png], maxBytes: 500 << 10)
        let hidden = Question(id: Slug("h")!, kind: .hidden, text: both, value: "autumn")
        let form = FormDefinition(
            id: Slug("whole")!, title: both, version: 7, intro: both, thanks: both,
            pages: [
                FormPage(
                    id: Slug("p1")!, title: both, text: both,
                    groups: [
                        QuestionGroup(title: both, text: both, questions: [question]),
                        QuestionGroup(
                            showIf: .test(.init(question: Slug("n")!, check: .answered)), questions: [matrix]),
                    ],
                    next: [.init(when: deep, to: .end), .init(to: .page(Slug("p2")!))], mayFinish: true),
                FormPage(
                    id: Slug("p2")!, showIf: .test(.init(question: Slug("n")!, check: .unanswered)),
                    questions: [file, hidden]),
            ], askAfter: Slug("done")!,
            approval: FormApproval(
                controlNumber: "0000-0000", expires: CivilDate(daysSince1970: 21_000), minutes: 2.5, warnDays: 30),
            asksReview: true)
        let reading = read(writeForm(form))
        #expect(reading.form == form)
        #expect(reading.findings.map(\.message) == [])
    }

    @Test func everyErrorIsReportedWithItsLineAndTheNearestWord() throws {
        let broken = try Self.text("a11-v2-thumbs")
            .replacing("kind: multiple", with: "kind: multipel", maxReplacements: 1)
            .replacing("{ question: trust, is: [down] }", with: "{ question: trsut, is: [down] }")
            .replacing("at_most: 2000", with: "at_mots: 2000")
        let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
        let reading = read(broken)
        #expect(!reading.isSound)
        for (needle, hint) in [("multipel", "“multiple”"), ("at_mots", "“at_most”")] {
            let line = lines.firstIndex { $0.contains(needle) }.map { $0 + 1 }
            #expect(reading.findings.first { $0.line == line }?.message.contains(hint) == true, "\(reading.findings)")
        }
        let sense = read(
            try Self.text("a11-v2-thumbs").replacing("question: trust, is: [down]", with: "question: trsut, is: [dwon]")
        )
        let line = lines.firstIndex { $0.contains("trsut") }.map { $0 + 1 }
        #expect(sense.findings.contains { $0.line == line && $0.message.contains("“trust”") })
    }

    @Test func aTextMissingInOneLanguageIsAnErrorButTheFormCanBeOpened() throws {
        let reading = read(try Self.text("kiosk").replacing("es: \"¿Cómo fue su visita hoy?\" }", with: "es: \"\" }"))
        #expect(!reading.isSound)
        #expect(reading.form != nil)
        #expect(reading.problems.contains { $0.what == .textMissing(.es) })
    }

    @Test(arguments: ["", "just text", "- a", "form: [", "form: x\nform: y", "a: &a [*a]", "form: x\npages: 3"])
    func refusesWhatIsNoForm(yaml: String) {
        #expect(!read(yaml).isSound)
        #expect(!read(yaml).findings.isEmpty)
    }

    @Test(arguments: shipped) func aTruncatedFileNeverCrashesAndIsNeverSilent(name: String) throws {
        let text = try Self.text(name)
        let whole = try #require(read(text).form)
        for cut in stride(from: 0, to: text.count, by: 37) {
            let reading = read(String(text.prefix(cut)))
            #expect(!reading.isSound || reading.form != whole || text.dropFirst(cut).allSatisfy(\.isWhitespace))
        }
    }

    @Test func conditionsAsDeepAsAnAttackersAreRefused() {
        let deep =
            String(repeating: "{ not: ", count: 60) + "{ question: rating, answered: true }"
            + String(repeating: " }", count: 60)
        let reading = read(
            "form: x\ntitle: {en: a, es: b}\npages:\n  - id: a\n    show_if: \(deep)\n    questions: []\n")
        #expect(reading.findings.contains { $0.message.contains("deep") })
    }
}
