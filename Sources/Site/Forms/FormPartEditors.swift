import Experience

/// One text in both languages, side by side.
struct TextPair: Sendable {
    var id: String
    var label: String
    var en: String
    var es: String
    var isLong: Bool

    init(_ id: String, _ label: String, _ text: LocalText?, isLong: Bool = false) {
        self.id = id
        self.label = label
        self.isLong = isLong
        en = text?.en ?? ""
        es = text?.es ?? ""
    }

    /// Nil where both are empty.
    static func take(_ id: String, _ body: FormBody) -> LocalText? {
        func line(_ language: String) -> String {
            (body["\(id)_\(language)"] ?? "").split(whereSeparator: \.isNewline).joined(separator: " ").trimmingEnds
        }
        let text = LocalText(en: String(line("en").prefix(2_000)), es: String(line("es").prefix(2_000)))
        return text.en.isEmpty && text.es.isEmpty ? nil : text
    }
}

/// A form's own texts, approval and standard.
struct FormSettingsPage: Page {
    static let template = "staff/form-settings"
    var title: String
    var formTitle: String
    var homePath: String
    var action: String
    var revision: String
    var texts: [TextPair]
    var standards: [QuestionField.Choice]
    var steps: [QuestionField.Choice]
    var control: String
    var expires: String
    var minutes: String
    var warnDays: String
    var asksReview: Bool
    var problem: String?
    var layout: Layout { .staff }

    /// - Parameter failed: the form as it was sent, where its approval could not be read.
    init(_ entry: FormEntry, _ failed: FormDefinition?, _ format: Format) {
        let (words, language) = (format.words, format.language)
        let form = failed ?? entry.current ?? FormDefinition(id: entry.id, title: LocalText(en: "", es: ""), pages: [])
        title = words["form_settings"]
        formTitle = form.title[language].isEmpty ? entry.id.text : form.title[language]
        homePath = Paths.Staff.form(entry.service.id, entry.id)
        action = Paths.Staff.form(entry.service.id, entry.id, "settings")
        revision = "\(entry.revision)"
        texts = [
            TextPair("title", words["form_part_title"], form.title),
            TextPair("intro", words["form_part_intro"], form.intro, isLong: true),
            TextPair("thanks", words["form_part_thanks"], form.thanks, isLong: true),
        ]
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> QuestionField.Choice {
            QuestionField.Choice(id: "", value: value, label: label, isChosen: isChosen, picture: nil)
        }
        standards = FormDefinition.Standard.allCases.map {
            choice($0.rawValue, words["form_standard_\($0.rawValue)"], $0 == form.standard)
        }
        steps =
            [choice("", words["form_ask_any"], form.askAfter == nil)]
            + entry.service.steps.map { choice($0.id.text, $0.title[language], $0.id == form.askAfter) }
        control = form.approval?.controlNumber ?? ""
        expires = form.approval?.expires.description ?? ""
        minutes = form.approval?.minutes.map { AttributeValue.number($0).plain } ?? ""
        warnDays = "\(form.approval?.warnDays ?? FormApproval.usualWarning)"
        asksReview = form.asksReview
        problem = failed == nil ? nil : words["form_approval_problem"]
    }

    /// False where a control number has no date, or the date can't be read.
    static func take(_ body: FormBody, into form: inout FormDefinition, _ service: ServiceDefinition) -> Bool {
        form.title = TextPair.take("title", body) ?? LocalText(en: "", es: "")
        form.intro = TextPair.take("intro", body)
        form.thanks = TextPair.take("thanks", body)
        form.standard = body["standard"].flatMap(FormDefinition.Standard.init(rawValue:)) ?? form.standard
        form.askAfter = body["ask_after"].flatMap { Slug($0) }.flatMap { step in
            service.steps.contains { $0.id == step } ? step : nil
        }
        form.asksReview = body["review"] == "1"
        let control = String((body["control"] ?? "").trimmingEnds.prefix(40))
        let expires = (body["expires"] ?? "").trimmingEnds
        form.approval = nil
        if control.isEmpty, expires.isEmpty { return true }
        guard !control.isEmpty, let date = CivilDate(expires) else { return false }
        let minutes = body["minutes"].flatMap { Double($0.trimmingEnds) }.flatMap {
            (0...10_000).contains($0) ? $0 : nil
        }
        let days = body["warn_days"].flatMap { Int($0.trimmingEnds) }.flatMap { (0...3_650).contains($0) ? $0 : nil }
        form.approval = FormApproval(
            controlNumber: control, expires: date, minutes: minutes, warnDays: days ?? FormApproval.usualWarning)
        return true
    }
}

/// One page: its texts, when it is shown, and where it leads.
struct FormPageEditor: Page {
    static let template = "staff/form-page"
    var title: String
    var formTitle: String
    var homePath: String
    var action: String
    var revision: String
    var texts: [TextPair]
    var condition: ConditionFields
    var mayFinish: Bool
    var ways: [Way]
    var problems: [FormOverviewPage.Problem]
    var layout: Layout { .staff }

    struct Way: Sendable {
        var prefix: String
        var condition: ConditionFields
        var targets: [QuestionField.Choice]
    }

    static let wayCount = 3

    init(_ entry: FormEntry, _ page: FormPage, _ format: Format) {
        let words = format.words
        let form = entry.current ?? FormDefinition(id: entry.id, title: LocalText(en: "", es: ""), pages: [page])
        title = words["form_place_page", ["id": page.id.text]]
        formTitle = form.title[format.language].isEmpty ? entry.id.text : form.title[format.language]
        homePath = Paths.Staff.form(entry.service.id, entry.id)
        action = Paths.Staff.formPage(entry.service.id, entry.id, page: page.id)
        revision = "\(entry.revision)"
        texts = [
            TextPair("title", words["form_part_title"], page.title),
            TextPair("text", words["form_part_text"], page.text, isLong: true),
        ]
        for (number, group) in page.groups.enumerated() where page.groups.count > 1 || group.title != nil {
            texts.append(
                TextPair("group\(number)", words["form_group_title", ["n": "\(number + 1)"]], group.title))
        }
        condition = ConditionFields(page.showIf, form, prefix: "show", label: words["form_part_show_if"], words)
        mayFinish = page.mayFinish
        ways = (0..<max(FormPageEditor.wayCount, page.next.count)).map { number in
            let jump = number < page.next.count ? page.next[number] : nil
            func choice(_ value: String, _ label: String, _ isChosen: Bool) -> QuestionField.Choice {
                QuestionField.Choice(id: "", value: value, label: label, isChosen: isChosen, picture: nil)
            }
            var targets = [choice("", words["form_way_none"], jump == nil)]
            targets += form.pages.filter { $0.id != page.id }.map {
                choice($0.id.text, "“\($0.id)”", jump?.to == .page($0.id))
            }
            targets.append(choice(FormPage.Target.endWord, words["form_way_end"], jump?.to == .end))
            return Way(
                prefix: "way\(number)",
                condition: ConditionFields(
                    jump?.when, form, prefix: "way\(number)", label: words["form_way", ["n": "\(number + 1)"]], words),
                targets: targets)
        }
        let all = form.check(service: entry.service, today: format.today)
        problems = all.filter { problem in
            switch problem.place.thing {
            case .page(let id), .group(let id, _): id == page.id
            default: false
            }
        }.map { FormOverviewPage.Problem($0, entry, words) }
    }

    static func take(_ body: FormBody, into page: inout FormPage) {
        page.title = TextPair.take("title", body)
        page.text = TextPair.take("text", body)
        for number in page.groups.indices where body["group\(number)_en"] != nil {
            page.groups[number].title = TextPair.take("group\(number)", body)
        }
        page.showIf = ConditionFields.take(body, prefix: "show", old: page.showIf)
        page.mayFinish = body["may_finish"] == "1"
        var next: [FormPage.Jump] = []
        for number in 0..<max(wayCount, page.next.count) {
            guard let target = body["way\(number)_to"].flatMap({ Slug($0) }) else { continue }
            let old = number < page.next.count ? page.next[number].when : nil
            next.append(
                FormPage.Jump(
                    when: ConditionFields.take(body, prefix: "way\(number)", old: old),
                    to: target.text == FormPage.Target.endWord ? .end : .page(target)))
        }
        page.next = next
    }
}

/// One question with everything its kind has.
struct QuestionEditor: Page {
    static let template = "staff/form-question"
    var title: String
    var formTitle: String
    var homePath: String
    var action: String
    var revision: String
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
        formTitle = form.title[format.language].isEmpty ? entry.id.text : form.title[format.language]
        homePath = Paths.Staff.form(entry.service.id, entry.id)
        action = Paths.Staff.formQuestion(entry.service.id, entry.id, question: question.id)
        revision = "\(entry.revision)"
        id = question.id.text
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> QuestionField.Choice {
            QuestionField.Choice(id: "file-\(value)", value: value, label: label, isChosen: isChosen, picture: nil)
        }
        kinds = Question.Kind.allCases.map {
            choice($0.rawValue, words["question_kind_\($0.rawValue)"], $0 == question.kind)
        }
        drivers =
            [choice("", words["driver_none"], question.driver == nil)]
            + Question.Driver.allCases.map {
                choice($0.rawValue, words["driver_\($0.rawValue)"], $0 == question.driver)
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
            choice($0.rawValue, $0.rawValue.uppercased(), question.acceptedFiles.contains($0))
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

/// The form as YAML: to read, to change, to put in place.
struct FormTextPage: Page {
    static let template = "staff/form-yaml"
    var title: String
    var formTitle: String
    var homePath: String
    var action: String
    var downloadPath: String
    var revision: String
    var text: String
    var findings: [String]
    var hasFindings: Bool
    var canKeep: Bool
    var layout: Layout { .staff }

    init(_ entry: FormEntry, _ text: String, _ findings: [String], _ format: Format, canKeep: Bool = false) {
        title = format.words["form_yaml"]
        let own = entry.current?.title[format.language] ?? ""
        formTitle = own.isEmpty ? entry.id.text : own
        homePath = Paths.Staff.form(entry.service.id, entry.id)
        action = Paths.Staff.form(entry.service.id, entry.id, "yaml")
        downloadPath = Paths.Staff.form(entry.service.id, entry.id, "download")
        revision = "\(entry.revision)"
        self.text = text
        self.findings = findings
        hasFindings = !findings.isEmpty
        self.canKeep = canKeep
    }
}

/// A form as people will see it, at the width of a phone or of a desk. Nothing is kept or sent.
struct PreviewPage: Page {
    static let template = "staff/form-preview"
    var title: String
    var formTitle: String
    var homePath: String
    var phonePath: String
    var desktopPath: String
    var isPhone: Bool
    var view: FormView?
    var action: String
    var languageNote: String
    var layout: Layout { .staff }

    init(
        _ entry: FormEntry, _ sheet: FormSheet, _ page: FormPage?, isPhone: Bool, version: String?,
        showsProblems: Bool, _ format: Format
    ) {
        let words = format.words
        title = words["form_preview"]
        let own = sheet.form.title[format.language]
        formTitle = own.isEmpty ? entry.id.text : own
        homePath = Paths.Staff.form(entry.service.id, entry.id)
        let base = Paths.Staff.form(entry.service.id, entry.id, "preview")
        func path(_ width: String) -> String {
            base + Paths.query([("width", width), ("page", page?.id.text), ("version", version)])
        }
        phonePath = path("phone")
        desktopPath = path("desktop")
        self.isPhone = isPhone
        action = base + Paths.query([("width", isPhone ? "phone" : "desktop"), ("version", version)])
        languageNote = words["form_preview_note"]
        guard let page else { return }
        // The answers of the other pages travel with the page, as nothing is kept.
        let shown = Set(page.questions.map(\.id))
        var hidden: [FormView.Hidden] = []
        for question in sheet.form.questions where !shown.contains(question.id) && question.kind != .file {
            let field = AnswerSheet.field(question.id)
            for value in sheet.values[question.id] ?? [] {
                if question.kind == .matrix || question.kind == .ranking, let pair = RowAnswer(value) {
                    hidden.append(.init(name: AnswerSheet.field(question.id, pair.row), value: pair.choice))
                } else {
                    hidden.append(.init(name: field, value: value))
                }
            }
        }
        view = FormView(
            sheet, page, action: action, hidden: hidden, isSaved: true, showsProblems: showsProblems, format)
        view?.maySave = false
    }
}
