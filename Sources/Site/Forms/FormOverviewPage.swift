import Experience

/// One form: its pages and questions side by side, what is wrong with it, its states and versions.
struct FormOverviewPage: Page {
    static let template = "staff/form"
    var title: String
    var serviceTitle: String
    var formsPath = Paths.Staff.forms
    var line: FormListPage.Line
    var notice: String?
    var problems: [Problem]
    var errors: String
    var isSound: Bool
    var action: String
    var stepAction: String
    var revision: String
    var pages: [PageLine]
    var kinds: [QuestionField.Choice]
    var steps: [Step]
    var versions: [Version]
    var hasVersions: Bool
    var settingsPath: String
    var yamlPath: String
    var downloadPath: String
    var phonePath: String
    var desktopPath: String
    var publicPath: String?
    var changed: String?
    var fromFile: String?
    var layout: Layout { .staff }

    struct Problem: Sendable {
        var place: String
        var text: String
        var href: String
        var isError: Bool
    }

    struct PageLine: Sendable {
        var id: String
        var anchor: String
        var number: String
        /// Nil where it is missing.
        var en: String?
        var es: String?
        var condition: String?
        var ways: [String]
        var mayFinish: Bool
        var editPath: String
        var isFirst: Bool
        var isLast: Bool
        var selectID: String
        var questions: [QuestionLine]
    }

    struct QuestionLine: Sendable {
        var id: String
        var anchor: String
        var kind: String
        /// Nil where it is missing.
        var en: String?
        var es: String?
        var isRequired: Bool
        var condition: String?
        var driver: String?
        var editPath: String
        var group: String?
    }

    struct Step: Sendable {
        var value: String
        var label: String
        var isMain: Bool
    }

    struct Version: Sendable {
        var label: String
        var when: String
        var by: String
        var preview: String
        var download: String
    }

    init(_ entry: FormEntry, versions: [FormVersionLine], names: [String: String], notice: String?, _ format: Format) {
        let (words, language) = (format.words, format.language)
        let (service, id) = (entry.service, entry.id)
        line = FormListPage.Line(entry, format)
        title = line.title
        serviceTitle = service.title[language]
        self.notice = notice
        action = Paths.Staff.form(service.id, id)
        stepAction = Paths.Staff.form(service.id, id, "step")
        revision = "\(entry.revision)"
        settingsPath = Paths.Staff.form(service.id, id, "settings")
        yamlPath = Paths.Staff.form(service.id, id, "yaml")
        downloadPath = Paths.Staff.form(service.id, id, "download")
        phonePath = Paths.Staff.form(service.id, id, "preview") + "?width=phone"
        desktopPath = Paths.Staff.form(service.id, id, "preview") + "?width=desktop"
        let isAsked = entry.published?.mayBeAsked(in: service, on: format.today) ?? false
        publicPath = isAsked ? Paths.feedback(service.id, form: id) : nil
        changed = entry.changedAt.map { at in
            words["form_changed", ["when": format.moment(at), "who": names[entry.changedBy ?? ""] ?? "–"]]
        }
        fromFile = entry.isFromFile ? words["form_from_file"] : nil
        let form = entry.current ?? FormDefinition(id: id, title: LocalText(en: "", es: ""), pages: [])
        problems = form.check(service: service, today: format.today).map { Problem($0, entry, words) }
        let count = problems.count(where: \.isError)
        isSound = count == 0
        errors = words.counted("form_errors", count)
        kinds = Question.Kind.allCases.map {
            QuestionField.Choice(
                id: "", value: $0.rawValue, label: words["question_kind_\($0.rawValue)"], isChosen: $0 == .single,
                picture: nil)
        }
        pages = form.pages.enumerated().map { PageLine($0.element, at: $0.offset, form, entry, words) }
        steps = entry.lifecycle.steps.filter { $0 != .write }.map {
            Step(value: $0.rawValue, label: words["form_step_\($0.rawValue)"], isMain: $0 == .submit || $0 == .publish)
        }
        self.versions = versions.map { version in
            let query = "version=\(version.version)"
            return Version(
                label: words["form_version", ["n": "\(version.version)"]], when: format.moment(version.at),
                by: version.by == "file" ? words["form_by_file"] : names[version.by] ?? "–",
                preview: Paths.Staff.form(service.id, id, "preview") + "?" + query,
                download: Paths.Staff.form(service.id, id, "download") + "?" + query)
        }
        hasVersions = !versions.isEmpty
    }
}

extension FormOverviewPage.Problem {
    init(_ problem: FormProblem, _ entry: FormEntry, _ words: Words) {
        let (service, id) = (entry.service.id, entry.id)
        text = problem.what.text[words.language]
        isError = problem.severity == .error
        switch problem.place.thing {
        case .form:
            place = words["form_settings"]
            href = Paths.Staff.form(service, id, "settings")
        case .page(let page), .group(let page, _):
            place = words["form_place_page", ["id": page.text]]
            href = Paths.Staff.formPage(service, id, page: page)
        case .question(let question):
            place = words["form_place_question", ["id": question.text]]
            href = Paths.Staff.formQuestion(service, id, question: question)
        }
        if problem.place.part != .whole { place += " · " + words["form_part_\(problem.place.part.rawValue)"] }
    }
}

extension FormOverviewPage.PageLine {
    init(_ page: FormPage, at place: Int, _ form: FormDefinition, _ entry: FormEntry, _ words: Words) {
        id = page.id.text
        anchor = "p-\(page.id)"
        number = words["form_page_number", ["n": "\(place + 1)"]]
        en = page.title?.en.nonEmpty
        es = page.title?.es.nonEmpty
        condition = words.condition(page.showIf, form).map { words["form_shown_if", ["condition": $0]] }
        ways = page.next.map { jump in
            let to =
                switch jump.to {
                case .page(let id): "“\(id)”"
                case .end: words["form_way_end"]
                }
            guard let when = words.condition(jump.when, form) else { return words["form_way_always", ["to": to]] }
            return words["form_way_when", ["condition": when, "to": to]]
        }
        mayFinish = page.mayFinish
        editPath = Paths.Staff.formPage(entry.service.id, entry.id, page: page.id)
        isFirst = place == 0
        isLast = place == form.pages.count - 1
        selectID = "kind-\(place)"
        questions = page.groups.flatMap { group in
            group.questions.map { question in
                FormOverviewPage.QuestionLine(
                    id: question.id.text, anchor: "q-\(question.id)",
                    kind: words["question_kind_\(question.kind.rawValue)"],
                    en: question.text.en.nonEmpty, es: question.text.es.nonEmpty, isRequired: question.required,
                    condition: words.condition(question.showIf, form).map {
                        words["form_shown_if", ["condition": $0]]
                    }, driver: question.driver.map { words["driver_\($0.rawValue)"] },
                    editPath: Paths.Staff.formQuestion(entry.service.id, entry.id, question: question.id),
                    group: group.title?[words.language])
            }
        }
    }
}

extension String {
    /// Nil where there is nothing: templates test for presence.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
