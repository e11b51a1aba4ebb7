/// The rules of one kind of question. A kind is a value of this protocol, in a file with its like, and a line in
/// ``Question/Kind/type``; how it is drawn is told by its page's field.
package protocol QuestionType: Sendable {
    /// What beside text, hint and condition such a question may have.
    var properties: Set<QuestionProperty> { get }
    /// Answers that may name a person or hold their own words: kept in the vault, never in an event.
    var isPersonal: Bool { get }
    /// Judges what was given: never empty, each text trimmed and not empty.
    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer
    /// What is wrong with the question itself.
    func check(_ question: Question) -> [FormProblem]
    /// The answers a condition may name; nil when any text is possible.
    func possibleAnswers(_ question: Question) -> [String]?
    /// An answer as people read it.
    func reading(_ answer: KeptAnswer, _ question: Question, _ language: Language) -> String
}

package enum QuestionProperty: String, Sendable, CaseIterable {
    case required, options, rows, driver, atLeast = "at_least", atMost = "at_most", accepts, maxBytes = "max_bytes"
    case value
}

extension QuestionType {
    package var isPersonal: Bool { false }
    package func check(_ question: Question) -> [FormProblem] { [] }
    package func possibleAnswers(_ question: Question) -> [String]? { nil }

    package func reading(_ answer: KeptAnswer, _ question: Question, _ language: Language) -> String {
        switch answer {
        case .value(let value): value.plain
        case .choices(let ids): ids.map { question.optionTitle($0, language) }.joined(separator: ", ")
        case .rows(let rows):
            rows.map { row in
                let line = question.rows.first { $0.id == row.row }?.title[language] ?? row.row.text
                return "\(line): \(question.optionTitle(row.choice, language))"
            }.joined(separator: "; ")
        case .words(let words): words
        case .file(let note): note.name
        case .none: ""
        }
    }
}

extension Question {
    /// The title of an option; an id no option has is shown as it is.
    package func optionTitle(_ id: String, _ language: Language) -> String {
        options.first { $0.id.text == id }?.title[language] ?? id
    }
}

extension Question.Kind {
    /// The catalogue of question types.
    package var type: any QuestionType {
        switch self {
        case .faces, .stars, .agreement: RatingType()
        case .thumbs: ThumbsType()
        case .single: SingleChoiceType()
        case .multiple: MultipleChoiceType()
        case .matrix: MatrixType()
        case .ranking: RankingType()
        case .number: NumberType()
        case .date: DateType()
        case .shortText, .longText: WordsType()
        case .email: EmailType()
        case .phone: PhoneType()
        case .postcode: PostcodeType()
        case .file: FileType()
        case .hidden: HiddenType()
        case .info: InfoType()
        }
    }

    package var isPersonal: Bool { type.isPersonal }
}
