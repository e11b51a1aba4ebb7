/// What a person answered to one question, as it came over a channel: text still to be judged.
package struct Answer: Hashable, Sendable {
    package var question: Slug
    package var values: [String]

    package init(question: Slug, values: [String]) {
        self.question = question
        self.values = values
    }
}

/// Why an answer can't be taken, in a form a page can translate.
package enum AnswerProblem: Error, Hashable, Sendable {
    case missing
    case notOneOf([String])
    case notANumber
    case notADate
    case notAnEmail
    case notAPhone
    case tooLong(limit: Int)
    case tooMany
    case unknownQuestion
}

/// An answer that met its question's rules: kept values that may stand in an event, and words for the vault.
package enum KeptAnswer: Hashable, Sendable {
    case value(AttributeValue)
    case choices([String])
    case words(String)
    case none
}

extension Question {
    package static let shortLimit = 200
    package static let longLimit = 5_000

    /// Checks one answer against the question. Empty text counts as no answer.
    package func keep(_ values: [String]) throws(AnswerProblem) -> KeptAnswer {
        let given = values.map(Question.trimmed).filter { !$0.isEmpty }
        guard let first = given.first else {
            if required { throw .missing }
            return .none
        }
        if kind != .multiple, given.count > 1 { throw .tooMany }
        switch kind {
        case .faces, .agreement:
            guard let score = Int64(first), (1...5).contains(score) else { throw .notOneOf(["1", "2", "3", "4", "5"]) }
            return .value(.integer(score))
        case .thumbs:
            guard first == "up" || first == "down" else { throw .notOneOf(["up", "down"]) }
            return .value(.text(first))
        case .single:
            guard options.contains(where: { $0.id.text == first }) else { throw .notOneOf(options.map(\.id.text)) }
            return .value(.text(first))
        case .multiple:
            for one in given where !options.contains(where: { $0.id.text == one }) {
                throw .notOneOf(options.map(\.id.text))
            }
            return .choices(options.map(\.id.text).filter(given.contains))
        case .number:
            guard let number = Double(first), number.isFinite else { throw .notANumber }
            return .value(number == number.rounded() && abs(number) < 9e15 ? .integer(Int64(number)) : .number(number))
        case .date:
            guard let date = CivilDate(first) else { throw .notADate }
            return .value(.text(date.description))
        case .postcode:
            guard first.utf8.count <= 12 else { throw .tooLong(limit: 12) }
            return .value(.text(first.uppercased()))
        case .email:
            guard first.utf8.count <= 254, Question.looksLikeEmail(first) else { throw .notAnEmail }
            return .words(first)
        case .phone:
            let digits = first.utf8.filter { (48...57).contains($0) }.count
            guard (7...15).contains(digits), first.utf8.count <= 32 else { throw .notAPhone }
            return .words(first)
        case .shortText:
            guard first.unicodeScalars.count <= Question.shortLimit else { throw .tooLong(limit: Question.shortLimit) }
            return .words(first)
        case .longText:
            guard first.unicodeScalars.count <= Question.longLimit else { throw .tooLong(limit: Question.longLimit) }
            return .words(first)
        }
    }

    private static func trimmed(_ text: String) -> String {
        var view = Substring(text)
        while let c = view.first, c.isWhitespace { view.removeFirst() }
        while let c = view.last, c.isWhitespace { view.removeLast() }
        return String(view)
    }

    private static func looksLikeEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && !text.contains(where: \.isWhitespace)
    }
}
