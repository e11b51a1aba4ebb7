/// One to five: faces, stars, agreement.
struct RatingType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .driver] }
    static let scores = ["1", "2", "3", "4", "5"]

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard RatingType.scores.contains(given[0]), let score = Int64(given[0]) else {
            throw .notOneOf(RatingType.scores)
        }
        return .value(.integer(score))
    }

    func possibleAnswers(_ question: Question) -> [String]? { RatingType.scores }
}

/// Up or down.
struct ThumbsType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .driver] }
    static let ways = ["up", "down"]

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard ThumbsType.ways.contains(given[0]) else { throw .notOneOf(ThumbsType.ways) }
        return .value(.text(given[0]))
    }

    func possibleAnswers(_ question: Question) -> [String]? { ThumbsType.ways }

    func reading(_ answer: KeptAnswer, _ question: Question, _ language: Language) -> String {
        switch (answer.plainValues.first, language) {
        case ("up", .en): "Yes"
        case ("up", .es): "Sí"
        case ("down", _): "No"
        default: ""
        }
    }
}
