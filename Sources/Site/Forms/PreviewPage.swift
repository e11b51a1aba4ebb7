import Experience

/// A form as people will see it, at the width of a phone or of a desk. Nothing is kept or sent.
struct PreviewPage: Page {
    static let template = "staff/form-preview"
    var title: String
    var edited: EditedForm
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
        edited = EditedForm(entry, sheet.form, format)
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
