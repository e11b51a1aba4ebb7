/// A file of a kind and size the question allows. What is judged is its ``FileNote``.
struct FileType: QuestionType {
    var properties: Set<QuestionProperty> { [.required, .accepts, .maxBytes] }
    var isPersonal: Bool { true }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        guard given.count == 1 else { throw .tooMany }
        if let refused = RefusedFile(note: given[0]) { throw refused.problem }
        guard let note = FileNote(given[0]), question.acceptedFiles.contains(note.kind) else {
            throw .notThisKindOfFile(question.acceptedFiles)
        }
        guard note.size <= question.byteLimit else { throw .fileTooLarge(bytes: question.byteLimit) }
        return .file(note)
    }

    func check(_ question: Question) -> [FormProblem] {
        guard let most = question.maxBytes, !(1_024...FileKind.largestLimit).contains(most) else { return [] }
        return [.question(question.id, .maxBytes, .outOfRange("1024", "\(FileKind.largestLimit)"))]
    }
}

extension Question {
    package var acceptedFiles: [FileKind] { accepts.isEmpty ? FileKind.allCases : accepts }
    package var byteLimit: Int { min(maxBytes ?? FileKind.usualLimit, FileKind.largestLimit) }
}

/// A value the person doesn't give: a campaign, an office, a version of a page. Stands in the event, so only a short
/// name is taken, never words.
struct HiddenType: QuestionType {
    var properties: Set<QuestionProperty> { [.value] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer {
        // Whatever else a link carries is dropped: the person can't mend it.
        guard let value = Slug(given[0]) else { return .none }
        return .value(.text(value.text))
    }

    func check(_ question: Question) -> [FormProblem] {
        guard let value = question.value, Slug(value) == nil else { return [] }
        return [.question(question.id, .value, .notAName(value))]
    }
}

struct InfoType: QuestionType {
    var properties: Set<QuestionProperty> { [] }

    func keep(_ given: [String], for question: Question) throws(AnswerProblem) -> KeptAnswer { .none }
}
