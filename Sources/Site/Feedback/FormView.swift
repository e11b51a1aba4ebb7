import Experience

/// A page of a form, which may stand inside another site's page.
protocol FramedPage: Page {
    var isFramed: Bool { get }
}

extension FramedPage {
    var layout: Layout { isFramed ? .frame : .publicSite }
}

/// One page of a form.
struct FormView: FramedPage {
    static let template = "pages/feedback"
    var title: String
    var heading: String
    /// The form's own title, above the heading of a page that has one.
    var caption: String?
    var lead: String?
    var text: String?
    var serviceTitle: String
    var servicePath: String
    var action: String
    var groups: [Group]
    var hidden: [Hidden]
    var problems: ProblemSummary?
    var control: ControlNotice?
    var progress: Progress?
    var notice: String?
    var hasFiles: Bool
    var hasBack = false
    var mayFinish = false
    var maySave = false
    var nextLabel: String
    /// The work a flood asks for.
    var bits = 0
    var scripts: [String] = []
    var isFramed = false

    struct Group: Sendable {
        var title: String?
        var text: String?
        var fields: [QuestionField]
    }

    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    struct Progress: Sendable {
        var text: String
        var number: String
        var total: String
    }

    /// - Parameters:
    ///   - isSaved: the answers are kept under a code, so that a person may go back, or come back later.
    ///   - showsProblems: false when the page is opened for the first time.
    init(
        _ sheet: FormSheet, _ page: FormPage, action: String, hidden: [Hidden], isSaved: Bool, showsProblems: Bool,
        hasMore: Bool = false, _ format: Format
    ) {
        let (words, language, form) = (format.words, format.language, sheet.form)
        let judged = sheet.judge(through: page.id)
        let filling = FormFilling(form, service: sheet.service, kept: judged.kept)
        var answers = AnswerSheet(values: sheet.values, judged)
        if !showsProblems { answers.problems = [:] }
        let visible = Set(judged.visible)
        groups = page.groups.compactMap { group in
            let fields = group.questions.filter { visible.contains($0.id) && $0.kind != .hidden }
                .map { QuestionField($0, answers, words, filling) }
            guard !fields.isEmpty else { return nil }
            return Group(
                title: group.title.map { filling.text($0, language) },
                text: group.text.map { filling.text($0, language) }, fields: fields)
        }
        problems = ProblemSummary(groups.flatMap(\.fields), words)
        let formTitle = filling.text(form.title, language)
        let pageTitle = page.title.map { filling.text($0, language) }
        heading = pageTitle ?? formTitle
        caption = pageTitle == nil ? nil : formTitle
        title = words.title(heading, hasProblem: problems != nil)
        let isFirst = judged.path.first == page.id
        lead = isFirst ? form.intro.map { filling.text($0, language) } ?? words["feedback_lead"] : nil
        text = page.text.map { filling.text($0, language) }
        serviceTitle = sheet.service.title[language]
        servicePath = Paths.service(sheet.service.id)
        self.action = action
        let shown = page.questions.filter { visible.contains($0.id) }.map(\.id.text).joined(separator: ",")
        self.hidden = hidden + [Hidden(name: "page", value: page.id.text), Hidden(name: "shown", value: shown)]
        control = isFirst ? form.approval(in: sheet.service).map { ControlNotice($0, format) } : nil
        var isLast = judged.reachesEnd
        if let (number, total) = sheet.progress(page.id) {
            if number < total { isLast = false }
            let places: KeyValuePairs = ["n": NumberText.whole(number), "total": NumberText.whole(total)]
            progress = Progress(
                text: words["form_progress", places], number: NumberText.whole(number - 1),
                total: NumberText.whole(total))
        }
        notice = hasMore ? words["form_more"] : nil
        hasFiles = page.questions.contains { $0.kind == .file }
        hasBack = isSaved && !isFirst
        maySave = isSaved || form.pages.count > 1
        mayFinish = page.mayFinish && !isLast
        nextLabel =
            words[isLast && !form.asksReview ? "feedback_send" : isLast ? "form_review" : "form_next"]
    }
}

extension ControlNotice {
    init(_ approval: FormApproval, _ format: Format) {
        text =
            format.words[
                "control_notice", ["number": approval.controlNumber, "expires": format.date(approval.expires)]]
        minutes = approval.minutes.map {
            format.words["control_minutes", ["n": NumberText.decimal($0, places: 0)]]
        }
    }
}

/// Everything a person answered, before it is sent.
struct AnswersView: FramedPage {
    static let template = "pages/answers"
    var title: String
    var caption: String
    var serviceTitle: String
    var servicePath: String
    var action: String
    var lines: [Line]
    var hidden: [FormView.Hidden] = []
    var bits = 0
    var scripts: [String] = []
    var isFramed = false

    struct Line: Sendable {
        var question: String
        var answer: String
        var change: String
    }

    init(_ sheet: FormSheet, action: String, _ format: Format) {
        let (words, language, form) = (format.words, format.language, sheet.form)
        let judged = sheet.judge()
        let filling = FormFilling(form, service: sheet.service, kept: judged.kept)
        title = words["answers_title"]
        caption = filling.text(form.title, language)
        serviceTitle = sheet.service.title[language]
        servicePath = Paths.service(sheet.service.id)
        self.action = action
        lines = judged.visible.compactMap { id in
            guard let question = form.question(id), question.isAsked, let page = form.page(of: id) else { return nil }
            let answer = words.reading(judged.kept[id] ?? .none, question)
            return Line(
                question: filling.text(question.text, language),
                answer: answer.isEmpty ? words["review_none"] : answer, change: action + "?page=\(page.id)")
        }
    }
}

/// How to come back to answers not yet sent.
struct SavedView: FramedPage {
    static let template = "pages/saved"
    var title: String
    var text: String
    var code: String
    var link: String
    var path: String
    var serviceTitle: String
    var servicePath: String
    var isFramed = false
    var scripts: [String] { isFramed ? ["frame.js"] : [] }

    init(
        _ service: ServiceDefinition, _ code: TrackingCode, until: Instant, link: String, path: String, _ format: Format
    ) {
        title = format.words["saved_title"]
        text = format.words["saved_text", ["date": format.moment(until)]]
        self.code = code.description
        self.link = link
        self.path = path
        serviceTitle = service.title[format.language]
        servicePath = Paths.service(service.id)
    }
}

struct ResumeView: Page {
    static let template = "pages/resume"
    var title: String
    var action = Paths.resume
    var code: String
    var problem: String?
    var resumeLead: String
}

/// A form that is not asked any more.
struct ClosedFormView: FramedPage {
    static let template = "pages/closed"
    var title: String
    var text: String
    var serviceTitle: String
    var servicePath: String
    var isFramed = false
    var scripts: [String] { isFramed ? ["frame.js"] : [] }
}

struct ThanksPage: Page {
    static let template = "pages/thanks"
    var title: String
    /// The form's own thanks, after ours.
    var text: String?
    var serviceTitle: String
    var servicePath: String
    var homePath = Paths.home
}

extension Words {
    /// An answer as a person reads it back.
    func reading(_ answer: KeptAnswer, _ question: Question) -> String {
        switch (question.kind, answer) {
        case (.faces, .value(let value)): self["face_\(value.plain)"]
        case (.agreement, .value(let value)): self["agree_\(value.plain)"]
        case (.stars, .value(let value)): counted("stars", value.integer.map { Int($0) } ?? 0)
        default: question.kind.type.reading(answer, question, language)
        }
    }
}
