import Channels
import Experience

/// What every page of a form carries on to its end: the ticket against floods, and the door the person came through.
struct FormPassage: Sendable {
    var ticket: Site.Ticket
    var door: FormDoor?
    /// The door as forms carry it.
    var doorText: String?
    var language: Language

    var isFramed: Bool { door?.isFramed == true }
    var scripts: [String] { (isFramed ? ["frame.js"] : []) + (ticket.script.map { [$0] } ?? []) }

    var hidden: [FormView.Hidden] {
        var hidden = [FormView.Hidden(name: "ticket", value: ticket.text), FormView.Hidden(name: "work", value: "")]
        if let doorText { hidden.append(FormView.Hidden(name: "door", value: doorText)) }
        return hidden
    }

    /// A frame has no cookie that keeps the language chosen: its addresses do.
    func path(_ path: String) -> String {
        guard isFramed else { return path }
        let query = Paths.query([(LanguageChoice.parameter, language.rawValue)])
        return path + (path.contains("?") ? "&" + query.dropFirst() : query)
    }
}

extension Site {
    func passage(
        _ door: (door: FormDoor, text: String)?, _ definition: ServiceDefinition, _ form: FormDefinition,
        response: TimeOrderedID, _ language: Language
    ) -> FormPassage {
        FormPassage(
            ticket: ticket(FeedbackPages.place(definition, form), response: response.description), door: door?.door,
            doorText: door?.text, language: language)
    }

    /// The passage of unsent answers. Whoever came in while the door was open may finish after it has closed; a link
    /// that works once is still asked when the answers are sent.
    func passage(
        of unsent: UnsentAnswers, _ definition: ServiceDefinition, _ form: FormDefinition, _ language: Language
    ) -> FormPassage {
        let place = FeedbackPages.place(definition, form)
        let door = unsent.door.flatMap { text in
            FormDoor(text, place: place, key: configuration.formKey, now: Instant(microseconds: 0))
                .map { (door: $0, text: text) }
        }
        return passage(door, definition, form, response: unsent.response, language)
    }
}

extension FormView {
    func carrying(_ passage: FormPassage) -> FormView {
        var view = self
        view.hidden += passage.hidden
        view.bits = passage.ticket.bits
        view.scripts = passage.scripts
        view.isFramed = passage.isFramed
        view.action = passage.path(action)
        return view
    }
}

extension AnswersView {
    func carrying(_ passage: FormPassage) -> AnswersView {
        var view = self
        view.hidden = passage.hidden
        view.bits = passage.ticket.bits
        view.scripts = passage.scripts
        view.isFramed = passage.isFramed
        view.action = passage.path(action)
        for line in view.lines.indices { view.lines[line].change = passage.path(lines[line].change) }
        return view
    }
}
