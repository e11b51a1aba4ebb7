/// What a person answered to one question, as it came over a channel: text still to be judged.
package struct Answer: Hashable, Sendable {
    package var question: Slug
    package var values: [String]

    package init(question: Slug, values: [String]) {
        self.question = question
        self.values = values
    }
}

/// One line of a matrix with what was chosen in it; written "row=choice".
package struct RowAnswer: Hashable, Sendable {
    package var row: Slug
    package var choice: String

    package init(row: Slug, choice: String) {
        self.row = row
        self.choice = choice
    }

    package init?(_ text: String) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let row = Slug(halves[0]) else { return nil }
        self.init(row: row, choice: String(halves[1]))
    }

    package var text: String { "\(row)=\(choice)" }
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
    case below(Double)
    case above(Double)
    case tooFewChoices(Int)
    case tooManyChoices(Int)
    /// Lines of a matrix that have no answer.
    case rowsMissing([Slug])
    /// Two options were given the same place, or a place is missing.
    case notARanking
    case notThisKindOfFile([FileKind])
    case fileTooLarge(bytes: Int)
    /// A malware scan found something in the file.
    case infectedFile
    /// A malware scan that is asked for gave no verdict.
    case uncheckedFile
}

/// An answer that met its question's rules: kept values that may stand in an event, and words for the vault.
package enum KeptAnswer: Hashable, Sendable {
    case value(AttributeValue)
    /// In the order of the options; of a ranking, best first.
    case choices([String])
    case rows([RowAnswer])
    case words(String)
    case file(FileNote)
    case none

    /// What conditions test.
    package var plainValues: [String] {
        switch self {
        case .value(let value): [value.plain]
        case .choices(let choices): choices
        case .rows(let rows): rows.map(\.text)
        case .words(let words): [words]
        case .file(let note): [note.text]
        case .none: []
        }
    }
}

extension Question {
    /// Checks one answer against the question. Empty text counts as no answer.
    package func keep(_ values: [String]) throws(AnswerProblem) -> KeptAnswer {
        let given = values.map(trimmed).filter { !$0.isEmpty }
        guard !given.isEmpty else {
            if required, isAsked { throw .missing }
            return .none
        }
        return try kind.type.keep(given, for: self)
    }
}

/// Without white space at its ends.
func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while let c = view.first, c.isWhitespace { view.removeFirst() }
    while let c = view.last, c.isWhitespace { view.removeLast() }
    return String(view)
}
