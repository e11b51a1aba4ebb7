import Channels
import Experience
import Testing

@Suite struct AnswerColumnsTests {
    static let form = ConversationTests.form

    @Test func guessesColumnsByIdAndTextInEitherLanguage() throws {
        let columns = try AnswerColumns(
            header: ["Response_ID", "Fecha", "¿Cómo fue?", "Anything else?", "Shoe size"], form: Self.form, said: [])
        #expect(columns.columns.map(\.meaning.description) == ["id", "occurred", "overall", "words"])
        let guessed: [Bool] = columns.columns.map { $0.isGuessed }
        #expect(!guessed.contains(false))
        #expect(columns.unread == ["Shoe size"])
    }

    @Test func whatIsSaidGoesBeforeWhatIsGuessed() throws {
        let columns = try AnswerColumns(
            header: ["overall", "second look"], form: Self.form, said: [("overall", "Second  look")])
        #expect(columns.columns.map(\.name) == ["second look"])
        #expect(columns.columns.first?.isGuessed == false)
    }

    @Test func tellsWhatCannotBeMapped() {
        func problem(_ header: [String], _ said: [(meaning: String, column: String)]) -> AnswerColumns.Problem? {
            do throws(AnswerColumns.Problem) {
                _ = try AnswerColumns(header: header, form: Self.form, said: said)
                return nil
            } catch { return error }
        }
        #expect(problem(["a"], []) == .noAnswers)
        #expect(problem(["a"], [("overall", "b")]) == .noSuchColumn("b", known: ["a"]))
        #expect(problem(["a", "b"], [("overall", "a"), ("overall", "b")]) == .twice("overall"))
        if case .noSuchMeaning? = problem(["a"], [("mood", "a")]) {} else { Issue.record("a question that is none") }
    }

    @Test func readsAnswersAsPeopleWriteThem() {
        let faces = Self.form.questions[0]
        let single = Self.form.questions[1]
        #expect(AnswerColumns.values("4.0", faces) == ["4"])
        #expect(AnswerColumns.values("Strongly agree", faces) == ["5"])
        #expect(AnswerColumns.values("Llegó tarde", single) == ["late"])
        #expect(AnswerColumns.values("  ", single) == [])
        #expect(AnswerColumns.values("1e308", faces) == ["1e308"])
    }
}
