import Experience

/// One question with everything its kind has.
struct QuestionEditor: Page {
    static let template = "staff/form-question"
    var title: String
    var edited: EditedForm
    var action: String
    var id: String
    var kinds: [QuestionField.Choice]
    var drivers: [QuestionField.Choice]
    var texts: [TextPair]
    var isRequired: Bool
    var usesRequired: Bool
    var usesDriver: Bool
    var options: Options?
    var rows: Options?
    var usesLeast: Bool
    var usesMost: Bool
    var atLeast: String
    var atMost: String
    var usesFiles: Bool
    var files: [QuestionField.Choice]
    var megabytes: String
    var usesValue: Bool
    var value: String
    var condition: ConditionFields
    var problems: [FormOverviewPage.Problem]
    var layout: Layout { .staff }

    struct Options: Sendable {
        var prefix: String
        var label: String
        var lines: [Line]

        struct Line: Sendable {
            var number: String
            var name: String
            var label: String
            var id: String
            var en: String
            var es: String
        }
    }

    /// Empty lines for more.
    static let freeLines = 3
    static let lineLimit = 60

    init(_ entry: FormEntry, _ question: Question, _ format: Format) {
        let words = format.words
        let form =
            entry.current ?? FormDefinition(id: entry.id, title: LocalText(en: "", es: ""), questions: [question])
        title = words["form_place_question", ["id": question.id.text]]
        edited = EditedForm(entry, form, format)
        action = Paths.Staff.formQuestion(entry.service.id, entry.id, question: question.id)
        id = question.id.text
        kinds = Question.Kind.allCases.map {
            QuestionField.Choice($0.rawValue, words["question_kind_\($0.rawValue)"], $0 == question.kind)
        }
        drivers =
            [QuestionField.Choice("", words["driver_none"], question.driver == nil)]
            + Question.Driver.allCases.map {
                QuestionField.Choice($0.rawValue, words["driver_\($0.rawValue)"], $0 == question.driver)
            }
        texts = [
            TextPair("text", words["form_part_text"], question.text, isLong: true),
            TextPair("hint", words["form_part_hint"], question.hint),
        ]
        let uses = question.kind.type.properties
        isRequired = question.required
        usesRequired = uses.contains(.required)
        usesDriver = uses.contains(.driver)
        func lines(_ prefix: String, _ label: String, _ given: [Question.Option]) -> Options {
            Options(
                prefix: prefix, label: label,
                lines: (0..<(given.count + QuestionEditor.freeLines)).map { number in
                    let option = number < given.count ? given[number] : nil
                    return Options.Line(
                        number: "\(number + 1)", name: "\(prefix)\(number)", label: label, id: option?.id.text ?? "",
                        en: option?.title.en ?? "", es: option?.title.es ?? "")
                })
        }
        options =
            uses.contains(.options)
            ? lines("option", words[question.kind == .matrix ? "form_columns" : "form_part_options"], question.options)
            : nil
        rows = uses.contains(.rows) ? lines("row", words["form_part_rows"], question.rows) : nil
        usesLeast = uses.contains(.atLeast)
        usesMost = uses.contains(.atMost)
        atLeast = question.atLeast.map { AttributeValue.number($0).plain } ?? ""
        atMost = question.atMost.map { AttributeValue.number($0).plain } ?? ""
        usesFiles = uses.contains(.accepts)
        files = FileKind.allCases.map {
            QuestionField.Choice(
                $0.rawValue, $0.rawValue.uppercased(), question.acceptedFiles.contains($0), id: "file-\($0.rawValue)")
        }
        megabytes = "\(question.byteLimit >> 20)"
        usesValue = uses.contains(.value)
        value = question.value ?? ""
        condition = ConditionFields(question.showIf, form, prefix: "show", label: words["form_part_show_if"], words)
        problems = form.check(service: entry.service, today: format.today).filter {
            $0.place.thing == .question(question.id)
        }.map { FormOverviewPage.Problem($0, entry, words) }
    }

    /// Properties the kind does not use are emptied, so that a change of kind leaves nothing behind.
    static func take(_ body: FormBody, into question: inout Question) {
        question.kind = body["kind"].flatMap(Question.Kind.init(rawValue:)) ?? question.kind
        let uses = question.kind.type.properties
        question.text = TextPair.take("text", body) ?? LocalText(en: "", es: "")
        question.hint = TextPair.take("hint", body)
        question.required = uses.contains(.required) && body["required"] == "1"
        question.driver = uses.contains(.driver) ? body["driver"].flatMap(Question.Driver.init(rawValue:)) : nil
        question.options = uses.contains(.options) ? lines("option", body) : []
        question.rows = uses.contains(.rows) ? lines("row", body) : []
        func number(_ name: String, _ property: QuestionProperty) -> Double? {
            guard uses.contains(property), let value = Double((body[name] ?? "").trimmingEnds), abs(value) <= 1e15
            else { return nil }
            return value
        }
        question.atLeast = number("at_least", .atLeast)
        question.atMost = number("at_most", .atMost)
        let kinds = body.all("accepts").compactMap(FileKind.init(rawValue:))
        question.accepts = uses.contains(.accepts) && kinds.count < FileKind.allCases.count ? kinds : []
        question.maxBytes =
            uses.contains(.maxBytes)
            ? body["megabytes"].flatMap { Int($0.trimmingEnds) }.flatMap { (1...10).contains($0) ? $0 << 20 : nil }
            : nil
        question.value = uses.contains(.value) ? body["value"].flatMap { Slug($0.trimmingEnds)?.text } : nil
        question.showIf = ConditionFields.take(body, prefix: "show", old: question.showIf)
    }

    private static func lines(_ prefix: String, _ body: FormBody) -> [Question.Option] {
        var options: [Question.Option] = []
        for number in 0..<lineLimit {
            let title = TextPair.take("\(prefix)\(number)", body)
            let typed = Slug((body["\(prefix)\(number)_id"] ?? "").trimmingEnds)
            guard title != nil || typed != nil else { continue }
            guard let id = typed ?? Slug("\(prefix)-\(number + 1)") else { continue }
            options.append(Question.Option(id: id, title: title ?? LocalText(en: "", es: "")))
        }
        return options
    }
}
