/// The person's own words, short or long.
struct WordsType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .atMost] }
    var isPersonal: Bool { true }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        let limit = question.characterLimit
        guard given[0].unicodeScalars.count <= limit else { throw .tooLong(limit: limit) }
        return .words(given[0])
    }

    func check(_ question: Question) -> [FormProblem] {
        question.checkBounds(within: 1...Double(Question.longLimit), whole: true)
    }
}

struct EmailType: QuestionType {
    var properties: Set<QuestionProperty> { [.required] }
    var isPersonal: Bool { true }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard given[0].utf8.count <= 254, EmailType.isAddress(given[0]) else { throw .notAnEmail }
        return .words(given[0])
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && !text.contains(where: \.isWhitespace)
    }
}

struct PhoneType: QuestionType {
    var properties: Set<QuestionProperty> { [.required] }
    var isPersonal: Bool { true }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        let digits = given[0].utf8.filter { (48...57).contains($0) }.count
        guard (7...15).contains(digits), given[0].utf8.count <= 32 else { throw .notAPhone }
        return .words(given[0])
    }
}

/// A place of some thousands of people: kept with the event, in capitals.
struct PostcodeType: QuestionType {
    var properties: Set<QuestionProperty> { [.required] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        guard given[0].utf8.count <= 12 else { throw .tooLong(limit: 12) }
        return .value(.text(given[0].uppercased()))
    }
}
