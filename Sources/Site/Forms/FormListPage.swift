import Experience

/// Every form with its state, and the making of a new one.
struct FormListPage: Page {
    static let template = "staff/forms"
    var title: String
    var services: [Group]
    var hasForms: Bool
    var problem: String?
    var action = Paths.Staff.forms
    var serviceChoices: [QuestionField.Choice]
    var readyChoices: [QuestionField.Choice]
    var layout: Layout { .staff }

    struct Group: Sendable {
        var title: String
        var agency: String
        var anchor: String
        var forms: [Line]
    }

    struct Line: Sendable {
        var title: String
        var id: String
        var href: String
        var state: String
        var stateClass: String
        var writing: String?
        var version: String?
        var expiry: String?
        var isUrgent: Bool
        var questions: String
    }

    init(
        _ entries: [FormEntry], services: [ServiceDefinition], ready: [FormDefinition], problem: String?,
        _ format: Format
    ) {
        let (words, language) = (format.words, format.language)
        title = words["forms_title"]
        self.problem = problem
        self.services = services.map { service in
            Group(
                title: service.title[language], agency: service.agencyName[language], anchor: "s-\(service.id)",
                forms: entries.filter { $0.service.id == service.id }.map { Line($0, format) })
        }
        hasForms = !entries.isEmpty
        serviceChoices = services.map { Self.choice($0.id.text, $0.title[language]) }
        readyChoices =
            [Self.choice("", words["forms_blank"])]
            + ready.map { Self.choice($0.id.text, $0.id.text + ": " + $0.title[language]) }
    }

    private static func choice(_ value: String, _ label: String) -> QuestionField.Choice {
        QuestionField.Choice(id: "", value: value, label: label, isChosen: false, picture: nil)
    }
}

extension FormListPage.Line {
    init(_ entry: FormEntry, _ format: Format) {
        let words = format.words
        let form = entry.current
        let plain = form?.title[format.language] ?? ""
        title = plain.isEmpty ? entry.id.text : plain
        id = entry.id.text
        href = Paths.Staff.form(entry.service.id, entry.id)
        state = words["form_state_\(entry.lifecycle.state.rawValue)"]
        stateClass = FormListPage.Line.mark(entry.lifecycle.state)
        writing =
            entry.lifecycle.version > 0 ? entry.lifecycle.writing.map { words["form_writing_\($0.rawValue)"] } : nil
        version = entry.lifecycle.version > 0 ? words["form_version", ["n": "\(entry.lifecycle.version)"]] : nil
        questions = words.counted("form_questions", form?.questions.count(where: \.isAsked) ?? 0)
        expiry = nil
        isUrgent = false
        if let approval = form?.approval(in: entry.service) {
            switch approval.standing(on: format.today) {
            case .inForce: expiry = words["form_expires", ["date": format.date(approval.expires)]]
            case .ending(let days):
                expiry = words.counted("form_ending", days, ["date": format.date(approval.expires)])
                isUrgent = true
            case .expired:
                expiry = words["form_expired", ["date": format.date(approval.expires)]]
                isUrgent = true
            }
        }
    }

    static func mark(_ state: FormState) -> String {
        switch state {
        case .draft: "base"
        case .review: "info"
        case .published: "good"
        case .closed: "warn"
        }
    }
}
