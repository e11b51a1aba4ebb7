import Experience

/// The answers of one form as they came, judged question by question.
struct AnswerSheet: Sendable {
    var values: [Slug: [String]] = [:]
    var kept: [Slug: KeptAnswer] = [:]
    var problems: [Slug: AnswerProblem] = [:]

    init() {}

    init(_ questions: [Question], _ form: FormBody) {
        for question in questions {
            let given = form.all(AnswerSheet.field(question.id))
            values[question.id] = given
            do throws(AnswerProblem) {
                kept[question.id] = try question.keep(given)
            } catch { problems[question.id] = error }
        }
    }

    static func field(_ id: Slug) -> String { "q_\(id)" }

    var isEmpty: Bool { kept.values.allSatisfy { $0 == .none } }
}
