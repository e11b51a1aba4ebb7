import Experience
import Testing

func slug(_ text: String) -> Slug { Slug(text)! }
func both(_ text: String) -> LocalText { LocalText(en: text, es: text) }

func ask(_ id: String, _ kind: Question.Kind = .single, required: Bool = false, showIf: Condition? = nil) -> Question {
    let options = ["a", "b", "c"].map { Question.Option(id: slug($0), title: both($0)) }
    return Question(
        id: slug(id), kind: kind, text: both(id), required: required,
        options: [.single, .multiple, .ranking, .matrix].contains(kind) ? options : [],
        rows: kind == .matrix ? ["r", "s"].map { Question.Option(id: slug($0), title: both($0)) } : [],
        showIf: showIf)
}

func when(_ question: String, _ values: String...) -> Condition {
    .test(.init(question: slug(question), check: .isOne(values)))
}

func page(
    _ id: String, _ questions: [Question], showIf: Condition? = nil, next: [FormPage.Jump] = []
) -> FormPage {
    FormPage(id: slug(id), showIf: showIf, questions: questions, next: next)
}

func form(_ pages: FormPage...) -> FormDefinition {
    FormDefinition(id: slug("f"), title: both("F"), pages: pages)
}

func problems(_ form: FormDefinition, _ service: ServiceDefinition? = nil) -> [FormProblem.What] {
    form.check(service: service, today: CivilDate(daysSince1970: 20_778)).map(\.what)
}

@Suite struct FormCheckTests {
    @Test func aSoundFormHasNoProblems() {
        let sound = form(
            page("one", [ask("q")], next: [.init(when: when("q", "a"), to: .page(slug("three")))]),
            page("two", [ask("r", showIf: when("q", "b"))]),
            page("three", [ask("s", .longText)], showIf: .not(when("q", "c"))))
        #expect(problems(sound) == [])
    }

    @Test func aCircleIsFoundWithItsPages() {
        let round = form(
            page("one", [ask("q")]),
            page("two", [ask("r")], next: [.init(when: when("r", "a"), to: .page(slug("one")))]),
            page("three", [ask("s")]))
        #expect(problems(round) == [.cycle([slug("one"), slug("two"), slug("one")])])
        let itself = form(page("one", [ask("q")], next: [.init(to: .page(slug("one")))]))
        #expect(problems(itself) == [.cycle([slug("one"), slug("one")])])
    }

    @Test func aWayBackThatMakesNoCircleIsAllowed() {
        let back = form(
            page("one", [ask("q")], next: [.init(to: .page(slug("three")))]),
            page("two", [ask("r")], next: [.init(to: .end)]),
            page("three", [ask("s")], next: [.init(to: .page(slug("two")))]))
        #expect(problems(back) == [])
        #expect(back.judge([:]).path.map(\.text) == ["one", "three", "two"])
    }

    @Test func aPageNobodyComesToIsADeadEnd() {
        let lost = form(
            page("one", [ask("q")], next: [.init(to: .end)]), page("two", [ask("r")]))
        #expect(problems(lost) == [.unreachable])
    }

    @Test func aWayToNowhereNamesTheNearestPage() {
        let wrong = form(
            page("one", [ask("q")], next: [.init(when: when("q", "a"), to: .page(slug("threee")))]),
            page("three", [ask("r")]))
        #expect(problems(wrong) == [.unknownPage("threee", nearest: "three")])
    }

    @Test func aConditionOnALaterQuestionIsRefused() {
        let late = form(
            page("one", [ask("q", showIf: when("r", "a"))]), page("two", [ask("r")]))
        #expect(problems(late) == [.askedLater(slug("r"))])
        let samePage = form(page("one", [ask("q", showIf: when("r", "a")), ask("r")]))
        #expect(problems(samePage) == [.askedLater(slug("r"))])
        let itself = form(page("one", [ask("q", showIf: when("q", "a"))]))
        #expect(problems(itself) == [.isItself])
    }

    @Test func aConditionOnAQuestionOfAnotherBranchIsRefused() {
        let branches = form(
            page("one", [ask("q")], next: [.init(when: when("q", "a"), to: .page(slug("right")))]),
            page("left", [ask("l")], next: [.init(to: .end)]),
            page("right", [ask("r", showIf: when("l", "a"))]))
        #expect(problems(branches) == [.neverBefore(slug("l"))])
    }

    @Test func anAnswerThatDoesNotExistIsNamedWithTheNearest() {
        let wrong = form(page("one", [ask("t", .thumbs)]), page("two", [ask("q", showIf: when("t", "upp"))]))
        #expect(problems(wrong) == [.unknownAnswer("upp", nearest: "up")])
        let unknown = form(page("one", [ask("trust", .thumbs)]), page("two", [ask("q", showIf: when("trsut", "up"))]))
        #expect(problems(unknown) == [.unknownQuestion("trsut", nearest: "trust")])
    }

    @Test func onlyRatingsAndNumbersHaveAtLeast() {
        let bound = Condition.test(.init(question: slug("q"), check: .atLeast(2)))
        #expect(
            problems(form(page("one", [ask("q")]), page("two", [ask("r", showIf: bound)]))) == [
                .notComparable(slug("q"))
            ])
        #expect(problems(form(page("one", [ask("q", .stars)]), page("two", [ask("r", showIf: bound)]))) == [])
    }

    @Test func aMatrixIsTestedByALine() {
        let all = Condition.test(.init(question: slug("m"), check: .isOne(["a"])))
        #expect(problems(form(page("one", [ask("m", .matrix)]), page("two", [ask("q", showIf: all)]))) == [.rowNeeded])
        let line = Condition.test(.init(question: slug("m"), row: slug("r"), check: .isOne(["a"])))
        let good = form(page("one", [ask("m", .matrix)]), page("two", [ask("q", showIf: line)]))
        #expect(problems(good) == [])
        #expect(good.judge([slug("m"): ["r=a"]]).visible.contains(slug("q")))
        #expect(!good.judge([slug("m"): ["s=a"]]).visible.contains(slug("q")))
    }

    @Test func everyTextIsNeededInBothLanguages() {
        var half = form(page("one", [ask("q")]))
        half.pages[0].groups[0].questions[0].options[1].title.es = "  "
        half.title.en = ""
        let found = half.check(today: CivilDate(daysSince1970: 0))
        #expect(found.map(\.what) == [.textMissing(.en), .textMissing(.es)])
        #expect(found.map(\.place) == [FormPlace(.form, .title), FormPlace(.question(slug("q")), .options)])
    }

    @Test func theSixteenthQuestionOfAnA11FormIsRefused() {
        var many = form(page("one", (1...16).map { ask("q\($0)") }))
        #expect(problems(many) == [])
        many.standard = .a11v1
        #expect(problems(many).contains(.tooManyQuestions(count: 16, limit: 15)))
        many.pages[0].groups[0].questions[15].kind = .info
        #expect(!problems(many).contains(.tooManyQuestions(count: 16, limit: 15)))
    }

    @Test func placesInTextsNameWhatIsKnownByThen() {
        func says(_ text: String) -> [FormProblem.What] {
            var second = ask("r")
            second.text = both(text)
            return problems(form(page("one", [ask("q")]), page("two", [second, ask("s")])))
        }
        #expect(says("{service} {agency} {q} {{plain}}") == [])
        #expect(
            says("{servise}") == [
                .unknownPlaceholder("servise", nearest: "service"), .unknownPlaceholder("servise", nearest: "service"),
            ])
        #expect(says("{s}").first == .askedLater(slug("s")))
        #expect(says("{q").first == .brokenPlaceholder)
    }

    @Test func propertiesAKindDoesNotUseAreRefused() {
        var question = ask("q", .date)
        question.driver = .trust
        question.atMost = 3
        #expect(question.check().map(\.what) == [.propertyNotUsed(.date), .propertyNotUsed(.date)])
    }

    @Test(arguments: [-1, 0, 1.5, 1e300, .nan, .infinity] as [Double])
    func boundsThatCannotBeAreRefusedAndNeverCrash(bound: Double) {
        var question = ask("q", .multiple)
        question.atMost = bound
        question.atLeast = bound
        #expect(!question.check().isEmpty || bound == 0)
        _ = try? question.keep(["a", "b"])
        var text = ask("t", .longText)
        text.atMost = bound
        #expect((1...Question.longLimit).contains(text.characterLimit))
    }

    @Test func everyProblemSaysWhatToDoInBothLanguages() {
        let all: [FormProblem.What] =
            [
                .textMissing(.en), .nameTwice(slug("a")), .nameReserved(slug("a")), .noQuestions, .tooFewOptions,
                .unknownQuestion("a", nearest: nil), .unknownQuestion("a", nearest: "b"), .cycle([slug("a")]),
                .unreachable, .approvalMissing, .brokenPlaceholder,
            ] + StandardRule.allCases.map { .standard($0) }
        for what in all {
            let (en, es) = (what.text.en, what.text.es)
            #expect([".", "?"].contains(en.suffix(1)) && [".", "?"].contains(es.suffix(1)) && en != es)
        }
    }
}
