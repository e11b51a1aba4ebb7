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
    /// The lines of a matrix, or the options to be ranked.
    var rows: [Row] = []
    var describedBy: String?
    var isFaces = false
    var isStars = false
    var isScale = false
    var isThumbs = false
    var isSingle = false
    var isMultiple = false
    var isMatrix = false
    var isRanking = false
    var isFile = false
    var isHidden = false
    var isInfo = false
    var isText = false
    var isLong = false
    var inputType = "text"
    var autocomplete: String?
    var inputMode: String?
    var maxLength: Int?
    var width = "md"
    var lowLabel = ""
    var highLabel = ""
    /// What a file may be, for the browser's own dialogue.
    var accept: String?
    /// The file kept so far.
    var fileName: String?
    /// What the question wants beside its hint: how many, how long, what kind of file.
    var rule: String?

    struct Choice: Sendable {
        var id: String
        var value: String
        var label: String
        var isChosen: Bool
        var picture: String?
    }

    struct Row: Sendable {
        var id: String
        var name: String
        var label: String
        var options: [Choice]
    }

    /// - Parameter filling: for the places in the question's texts; nil where it has none.
    init(_ question: Question, _ sheet: AnswerSheet, _ words: Words, _ filling: FormFilling? = nil) {
        let language = words.language
        func shown(_ text: LocalText) -> String { filling?.text(text, language) ?? text[language] }
        let field = AnswerSheet.field(question.id)
        id = field
        name = field
        label = shown(question.text)
        hint = question.hint.map(shown)
        isRequired = question.required
        optionalMark = question.required ? nil : words["form_optional"]
        problem = sheet.problems[question.id].map { $0.text(for: question)[language] }
        let given = sheet.values[question.id] ?? []
        value = given.first ?? ""
        options = []
        func choice(_ value: String, _ label: String, _ picture: String? = nil) -> Choice {
            Choice(
                id: "\(field)-\(value)", value: value, label: label, isChosen: given.contains(value), picture: picture)
        }
        switch question.kind {
        case .faces:
            isFaces = true
            options = (1...5).map { choice("\($0)", words["face_\($0)"], Faces.picture($0)) }
        case .stars:
            isStars = true
            options = (1...5).map { choice("\($0)", words.counted("stars", $0)) }
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
            options = question.options.map { choice($0.id.text, shown($0.title)) }
            if isMultiple { rule = words.choiceRule(question) }
        case .matrix:
            isMatrix = true
            options = question.options.map { choice($0.id.text, shown($0.title)) }
            rows = question.rows.map { row in
                Row(question, row, shown(row.title), question.options.map { ($0.id.text, shown($0.title)) }, given)
            }
        case .ranking:
            isRanking = true
            rule = words["ranking_rule", ["n": NumberText.whole(question.options.count)]]
            let places = question.options.indices.map { ("\($0 + 1)", "\($0 + 1)") }
            rows = question.options.map { Row(question, $0, shown($0.title), places, given) }
        case .longText:
            isLong = true
            maxLength = question.characterLimit
            if question.atMost != nil {
                rule = words["text_rule", ["n": NumberText.whole(question.characterLimit)]]
            }
        case .shortText:
            isText = true
            maxLength = question.characterLimit
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
        case .file:
            isFile = true
            accept = question.acceptedFiles.map(\.mediaType).joined(separator: ",")
            fileName = given.first.flatMap { FileNote($0) }?.name
            rule =
                words[
                    "file_rule",
                    [
                        "kinds": question.acceptedFiles.map { $0.rawValue.uppercased() }.joined(separator: ", "),
                        "size": FileKind.sizeText(question.byteLimit),
                    ]]
        case .hidden: isHidden = true
        case .info: isInfo = true
        }
        var described: [String] = []
        if hint != nil { described.append("\(field)-hint") }
        if rule != nil { described.append("\(field)-rule") }
        if problem != nil { described.append("\(field)-error") }
        describedBy = described.isEmpty ? nil : described.joined(separator: " ")
    }

    /// Marks the field with a problem no judge could see by itself.
    mutating func mark(_ problem: String) {
        self.problem = problem
        describedBy = [describedBy, "\(id)-error"].compactMap { $0 }.joined(separator: " ")
    }

    /// Where a link to the question leads: its first control.
    var firstControl: String {
        if let row = rows.first { return isMatrix ? row.options.first?.id ?? id : row.id }
        return options.first?.id ?? id
    }
}

extension QuestionField.Row {
    init(
        _ question: Question, _ part: Question.Option, _ label: String, _ choices: [(String, String)],
        _ given: [String]
    ) {
        let field = AnswerSheet.field(question.id, part.id)
        id = field
        name = field
        self.label = label
        options = choices.map { value, title in
            QuestionField.Choice(
                id: "\(field)-\(value)", value: value, label: title,
                isChosen: given.contains(RowAnswer(row: part.id, choice: value).text), picture: nil)
        }
    }
}

extension Words {
    /// How many may be chosen, where the question says so.
    fileprivate func choiceRule(_ question: Question) -> String? {
        func whole(_ bound: Double?) -> Int? {
            bound.flatMap { $0 >= 0 && $0 <= Double(question.options.count) ? Int($0) : nil }
        }
        switch (whole(question.atLeast), whole(question.atMost)) {
        case (let least?, let most?) where least == most:
            return self["choose_exactly", ["n": NumberText.whole(most)]]
        case (let least?, let most?) where least > 1:
            return self["choose_between", ["least": NumberText.whole(least), "most": NumberText.whole(most)]]
        case (_, let most?): return self["choose_at_most", ["n": NumberText.whole(most)]]
        case (let least?, nil) where least > 1: return self["choose_at_least", ["n": NumberText.whole(least)]]
        default: return self["choose_any"]
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
            Line(text: "\(field.label): \(field.problem ?? "")", href: "#" + field.firstControl)
        }
    }
}
