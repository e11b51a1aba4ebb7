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

/// What stands above every part of a form that is edited: whose part it is, and the way back.
struct EditedForm: Sendable {
    var title: String
    var path: String
    /// What the writer saw: refused when somebody changed the form since.
    var revision: String

    init(_ entry: FormEntry, _ form: FormDefinition?, _ format: Format) {
        let own = form?.title[format.language] ?? ""
        title = own.isEmpty ? entry.id.text : own
        path = Paths.Staff.form(entry.service.id, entry.id)
        revision = "\(entry.revision)"
    }
}

extension QuestionField.Choice {
    /// One of a list without pictures.
    init(_ value: String, _ label: String, _ isChosen: Bool, id: String = "") {
        self.init(id: id, value: value, label: label, isChosen: isChosen, picture: nil)
    }
}
