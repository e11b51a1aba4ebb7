import Experience

/// The answers of one form as they came, judged question by question.
struct AnswerSheet: Sendable {
    var values: [Slug: [String]] = [:]
    var kept: [Slug: KeptAnswer] = [:]
    var problems: [Slug: AnswerProblem] = [:]

    init() {}

    /// Questions that are all asked: a request's.
    init(_ questions: [Question], _ form: FormBody) {
        for question in questions {
            let given = AnswerSheet.values(of: question, form)
            values[question.id] = given
            do throws(AnswerProblem) {
                kept[question.id] = try question.keep(given)
            } catch { problems[question.id] = error }
        }
    }

    init(values: [Slug: [String]], _ judged: JudgedSheet) {
        self.values = values
        kept = judged.kept
        problems = judged.problems
    }

    static func field(_ id: Slug) -> String { "q_\(id)" }
    /// The control of one line of a matrix, or of one option to be ranked.
    static func field(_ id: Slug, _ part: Slug) -> String { "q_\(id)/\(part)" }

    /// What a page sent for a question, in the shape its type judges.
    static func values(of question: Question, _ form: FormBody) -> [String] {
        func parts(_ options: [Question.Option]) -> [String] {
            options.compactMap { option in
                guard let value = form[field(question.id, option.id)], !value.isEmpty else { return nil }
                return RowAnswer(row: option.id, choice: value).text
            }
        }
        switch question.kind {
        case .matrix: return parts(question.rows)
        case .ranking: return parts(question.options)
        default: return form.all(field(question.id))
        }
    }

    var isEmpty: Bool { kept.values.allSatisfy { $0 == .none } }
}
