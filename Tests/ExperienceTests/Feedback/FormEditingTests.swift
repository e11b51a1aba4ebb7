import Experience
import Testing

@Suite struct FormEditingTests {
    static func names(_ form: FormDefinition) -> [[String]] {
        form.pages.map { $0.questions.map(\.id.text) }
    }

    @Test func aQuestionMovesOverTheEndsOfPages() {
        var two = form(page("one", [ask("a"), ask("b")]), page("two", [ask("c")]))
        two.move(question: slug("b"), down: true)
        #expect(Self.names(two) == [["a"], ["b", "c"]])
        two.move(question: slug("b"), down: false)
        two.move(question: slug("b"), down: false)
        #expect(Self.names(two) == [["b", "a"], ["c"]])
        two.move(question: slug("b"), down: false)
        #expect(Self.names(two) == [["b", "a"], ["c"]])
    }

    @Test func aNewNameIsTakenIntoConditions() {
        var two = form(
            page("one", [ask("a")], next: [.init(when: when("a", "a"), to: .end)]),
            page("two", [ask("b", showIf: .not(when("a", "b")))], showIf: when("a", "c")))
        two.rename(question: slug("a"), to: slug("z"))
        #expect(problems(two) == [])
        #expect(two.question(slug("a")) == nil)
    }

    @Test func whatIsRemovedIsGoneAndNewNamesAreFresh() {
        var one = form(page("one", [ask("question-2"), ask("b")]))
        #expect(one.freshQuestionName("question") == slug("question-3"))
        one.remove(question: slug("b"))
        #expect(Self.names(one) == [["question-2"]])
        #expect(one.freshQuestionName("question") == slug("question-3"))
        one.add(ask("c"), to: slug("one"))
        #expect(Self.names(one) == [["question-2", "c"]])
    }
}
