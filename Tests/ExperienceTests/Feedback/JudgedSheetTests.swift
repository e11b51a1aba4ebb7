import Experience
import Testing

@Suite struct JudgedSheetTests {
    /// Trust up leads to what went well, down to what could be better; both end with words.
    static let branching = form(
        page("trust", [ask("trust", .thumbs, required: true)]),
        page("well", [ask("positive", .multiple)], showIf: when("trust", "up")),
        page(
            "better", [ask("negative", .multiple, required: true), ask("why", .longText)], showIf: when("trust", "down")
        ),
        page("words", [ask("comment", .longText)]))

    @Test func switchingABranchDropsTheOtherBranchsAnswers() {
        let both: [Slug: [String]] = [
            slug("trust"): ["up"], slug("positive"): ["a"], slug("negative"): ["b"], slug("why"): ["slow"],
            slug("comment"): ["hello"],
        ]
        let up = Self.branching.judge(both)
        #expect(up.isGood)
        #expect(up.kept[slug("negative")] == nil && up.kept[slug("why")] == nil)
        #expect(up.dropped == [slug("negative"), slug("why")])
        var switched = both
        switched[slug("trust")] = ["down"]
        let down = Self.branching.judge(switched)
        #expect(down.kept[slug("positive")] == nil)
        #expect(down.kept[slug("negative")] == .choices(["b"]))
        #expect(down.path.map(\.text) == ["trust", "better", "words"])
    }

    @Test func aRequiredQuestionOfTheOtherBranchIsNotMissed() {
        #expect(Self.branching.judge([slug("trust"): ["up"]]).isGood)
        #expect(Self.branching.judge([slug("trust"): ["down"]]).problems == [slug("negative"): .missing])
    }

    @Test func anAnswerThatCannotBeTakenLeadsNowhere() {
        let judged = Self.branching.judge([slug("trust"): ["sideways"], slug("positive"): ["a"]])
        #expect(judged.problems[slug("trust")] == .notOneOf(["up", "down"]))
        #expect(judged.path.map(\.text) == ["trust", "words"])
        #expect(judged.dropped == [slug("positive")])
    }

    @Test func judgesOnlyAsFarAsAsked() {
        let first = Self.branching.judge([slug("trust"): ["down"]], through: slug("trust"))
        #expect(first.isGood && first.path == [slug("trust")] && !first.reachesEnd)
    }

    @Test func aHiddenAnswerHidesWhatDependsOnIt() {
        let chain = form(
            page("one", [ask("a")]), page("two", [ask("b", showIf: when("a", "a"))]),
            page("three", [ask("c", showIf: when("b", "a"))]))
        let values: [Slug: [String]] = [slug("a"): ["b"], slug("b"): ["a"], slug("c"): ["a"]]
        #expect(chain.judge(values).visible == [slug("a")])
    }

    @Test func aHiddenQuestionTakesANameFromTheLinkAndNothingElse() {
        var question = ask("campaign", .hidden)
        question.value = "autumn"
        let one = form(page("one", [question, ask("q")]))
        #expect(one.judge([:]).kept[slug("campaign")] == .value(.text("autumn")))
        #expect(one.judge([slug("campaign"): ["spring-2"]]).kept[slug("campaign")] == .value(.text("spring-2")))
        #expect(one.judge([slug("campaign"): ["Ana López"]]).kept[slug("campaign")] == .value(.text("autumn")))
    }

    @Test func problemsAreSaidInBothLanguages() {
        let texts = Self.branching.judge([:]).texts(of: Self.branching)
        #expect(texts[slug("trust")]?.en == "Choose one of the answers.")
        #expect(texts[slug("trust")]?.es == "Elija una de las respuestas.")
    }

    @Test func pipedAnswersAreReadAsPeopleGaveThem() {
        var second = ask("r", .longText)
        second.text = LocalText(en: "You chose {q} at {service}: {{x}}", es: "Eligió {q}")
        let two = form(page("one", [ask("q")]), page("two", [second]))
        let kept = two.judge([slug("q"): ["b"]]).kept
        let filling = FormFilling(two, service: nil, kept: kept)
        #expect(filling.text(second.text, .en) == "You chose b at …: {x}")
        #expect(filling.text(second.text, .es) == "Eligió b")
    }

    @Test func everyTypeKeepsWhatItAsksForAndRefusesTheRest() throws {
        func keep(_ question: Question, _ values: String...) -> KeptAnswer? { try? question.keep(values) }
        for kind in [Question.Kind.faces, .stars, .agreement] {
            #expect(keep(ask("q", kind), "5") == .value(.integer(5)))
            for wrong in ["0", "6", "+5", "05", "5.0", "five", "5 5"] { #expect(keep(ask("q", kind), wrong) == nil) }
        }
        #expect(keep(ask("q", .ranking), "c", "a", "b") == .choices(["c", "a", "b"]))
        #expect(keep(ask("q", .ranking), "a=2", "b=3", "c=1") == .choices(["c", "a", "b"]))
        #expect(keep(ask("q", .ranking), "a=1", "b=1", "c=2") == nil)
        #expect(keep(ask("q", .ranking), "a", "b") == nil)
        #expect(
            keep(ask("q", .matrix), "s=b", "r=a")
                == .rows([RowAnswer(row: slug("r"), choice: "a"), RowAnswer(row: slug("s"), choice: "b")]))
        #expect(keep(ask("q", .matrix), "r=z") == nil)
        #expect(throws: AnswerProblem.rowsMissing([slug("s")])) { try ask("q", .matrix, required: true).keep(["r=a"]) }
        var number = ask("q", .number)
        number.atLeast = 1
        number.atMost = 10
        #expect(keep(number, "2.5") == .value(.number(2.5)))
        for wrong in ["0", "11", "nan", "inf", "1e400", "0x10p", "two"] { #expect(keep(number, wrong) == nil) }
        var many = ask("q", .multiple)
        many.atLeast = 1
        many.atMost = 2
        #expect(keep(many, "b", "a") == .choices(["a", "b"]))
        #expect(throws: AnswerProblem.tooManyChoices(2)) { try many.keep(["a", "b", "c"]) }
        var short = ask("q", .shortText)
        short.atMost = 3
        #expect(keep(short, "abc") == .words("abc"))
        #expect(throws: AnswerProblem.tooLong(limit: 3)) { try short.keep(["abcd"]) }
        let note = FileNote(kind: .pdf, size: 100, name: "a:b.pdf")
        #expect(keep(ask("q", .file), note.text) == .file(note))
        #expect(keep(ask("q", .file), "exe:1:x") == nil)
        #expect(keep(ask("q", .info), "x") == KeptAnswer.none)
    }

    @Test func aResponseHoldsEachAnswerInItsShapeAndNoWords() {
        var rating = ask("rating", .faces)
        rating.driver = .satisfaction
        let all = form(
            page("one", [rating, ask("m", .matrix), ask("k", .ranking), ask("w", .longText), ask("f", .file)]))
        let sheet = all.judge([
            slug("rating"): ["4"], slug("m"): ["r=a"], slug("k"): ["b", "a", "c"], slug("w"): ["my words"],
            slug("f"): ["pdf:10:me.pdf"],
        ])
        let shape = ResponseShape(form: all, answers: sheet.kept, language: .es)
        #expect(
            shape.attributes == [
                "form": .text("f"), "form_version": .integer(1), "language": .text("es"), "rating": .integer(4),
                "m.r": .text("a"), "k": .text("b,a,c"), "f": .text("pdf"),
            ])
        #expect(shape.words.map(\.field) == ["w", "f"] && shape.words.map(\.text) == ["my words", "me.pdf"])
    }
}
