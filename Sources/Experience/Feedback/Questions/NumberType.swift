/// A number within what the question allows.
struct NumberType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .atLeast, .atMost] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard let number = Double(given[0]), number.isFinite else { throw .notANumber }
        if let least = question.atLeast, number < least { throw .below(least) }
        if let most = question.atMost, number > most { throw .above(most) }
        return .value(number == number.rounded() && abs(number) < 9e15 ? .integer(Int64(number)) : .number(number))
    }

    func check(_ question: Question) -> [FormProblem] {
        question.checkBounds(within: -1e15...1e15, whole: false)
    }
}

/// A day, written 2026-04-14.
struct DateType: QuestionType {
    var properties: Set<QuestionProperty> { [.required] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard let date = CivilDate(given[0]) else { throw .notADate }
        return .value(.text(date.description))
    }
}
