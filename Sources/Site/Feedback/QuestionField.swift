import Experience

/// One question as a form control. Exactly one of the `is…` flags is true; the template picks by it.
struct QuestionField: Sendable {
    var id: String
    var name: String
    var label: String
    var hint: String?
    var isRequired: Bool
    var optionalMark: String?
    var problem: String?
    var value: String
    var options: [Choice]
    var describedBy: String?
    var isFaces = false
    var isScale = false
    var isThumbs = false
    var isSingle = false
    var isMultiple = false
    var isText = false
    var isLong = false
    var inputType = "text"
    var autocomplete: String?
    var inputMode: String?
    var maxLength: Int?
    var width = "md"
    var lowLabel = ""
    var highLabel = ""

    struct Choice: Sendable {
        var id: String
        var value: String
        var label: String
        var isChosen: Bool
        var picture: String?
    }

    init(_ question: Question, _ sheet: AnswerSheet, _ words: Words) {
        let language = words.language
        let field = AnswerSheet.field(question.id)
        id = field
        name = field
        label = question.text[language]
        hint = question.hint?[language]
        isRequired = question.required
        optionalMark = question.required ? nil : words["form_optional"]
        problem = sheet.problems[question.id].map { words.problem($0, question) }
        let given = sheet.values[question.id] ?? []
        value = given.first ?? ""
        var described: [String] = []
        if hint != nil { described.append("\(field)-hint") }
        if problem != nil { described.append("\(field)-error") }
        describedBy = described.isEmpty ? nil : described.joined(separator: " ")
        options = []
        func choice(_ value: String, _ label: String, _ picture: String? = nil) -> Choice {
            Choice(
                id: "\(field)-\(value)", value: value, label: label, isChosen: given.contains(value), picture: picture)
        }
        switch question.kind {
        case .faces:
            isFaces = true
            options = (1...5).map { choice("\($0)", words["face_\($0)"], Faces.picture($0)) }
        case .agreement:
            isScale = true
            options = (1...5).map { choice("\($0)", words["agree_\($0)"]) }
            lowLabel = words["agree_1"]
            highLabel = words["agree_5"]
        case .thumbs:
            isThumbs = true
            options = [
                choice("up", words["thumb_up"], Faces.thumb(up: true)),
                choice("down", words["thumb_down"], Faces.thumb(up: false)),
            ]
        case .single, .multiple:
            isSingle = question.kind == .single
            isMultiple = !isSingle
            options = question.options.map { choice($0.id.text, $0.title[language]) }
        case .longText:
            isLong = true
            maxLength = Question.longLimit
        case .shortText:
            isText = true
            maxLength = Question.shortLimit
            width = "xl"
        case .number:
            isText = true
            inputMode = "decimal"
            width = "sm"
        case .date:
            isText = true
            inputType = "date"
        case .email:
            isText = true
            inputType = "email"
            autocomplete = "email"
            maxLength = 254
            width = "xl"
        case .phone:
            isText = true
            inputType = "tel"
            autocomplete = "tel"
            maxLength = 32
        case .postcode:
            isText = true
            autocomplete = "postal-code"
            maxLength = 12
            width = "sm"
        }
    }
}

extension Words {
    /// What is wrong with an answer and what to do.
    func problem(_ problem: AnswerProblem, _ question: Question) -> String {
        switch problem {
        case .missing:
            switch question.kind {
            case .single, .multiple, .faces, .agreement, .thumbs: self["problem_missing_choice"]
            default: self["problem_missing"]
            }
        case .notOneOf: self["problem_not_one_of"]
        case .notANumber: self["problem_not_a_number"]
        case .notADate: self["problem_not_a_date"]
        case .notAnEmail: self["problem_not_an_email"]
        case .notAPhone: self["problem_not_a_phone"]
        case .tooLong(let limit): self["problem_too_long", ["n": NumberText.whole(limit)]]
        case .tooMany: self["problem_too_many"]
        case .unknownQuestion: self["problem_unknown"]
        }
    }
}

/// The list at the top of a form that came back: each problem a link to its control.
struct ProblemSummary: Sendable {
    struct Line: Sendable {
        var text: String
        var href: String
    }

    var title: String
    var lines: [Line]

    /// Nil when nothing is wrong.
    init?(_ fields: [QuestionField], _ words: Words) {
        let wrong = fields.filter { $0.problem != nil }
        guard !wrong.isEmpty else { return nil }
        title = words.counted("problem_summary", wrong.count)
        lines = wrong.map { field in
            Line(
                text: "\(field.label): \(field.problem ?? "")",
                href: "#" + (field.options.first?.id ?? field.id))
        }
    }
}
