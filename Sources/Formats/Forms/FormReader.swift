internal import Experience
internal import Yams

/// Reads a form's YAML into the model. The shape is judged here, the sense by ``FormDefinition/check(service:today:)``,
/// so that a draft with holes in it can still be opened and mended.
struct FormReader {
    var reader: DefinitionReader
    /// Where each part of the form stands in the text.
    var marks: [FormPlace: DefinitionReader.Place] = [:]

    typealias Place = DefinitionReader.Place

    init(_ reader: DefinitionReader) { self.reader = reader }

    /// - Parameter name: the key that holds the form's id: "form" in a file of its own, "id" inside a service.
    mutating func form(_ place: Place, name: String, steps: [Slug]?) -> FormDefinition? {
        guard
            let entries = reader.mapping(
                place, required: [name, "title"],
                optional: [
                    "version", "standard", "intro", "thanks", "approval", "review", "ask_after", "questions", "pages",
                ])
        else { return nil }
        mark(.form, .whole, place, entries, ["title", "intro", "thanks", "approval", "standard"])
        let id = reader.slug(entries[name])
        let version = reader.number(entries["version"], in: 1...100_000, what: "a version number")
        let standard = reader.word(entries["standard"], FormDefinition.Standard.self) ?? .own
        var pages: [FormPage] = []
        switch (entries["pages"], entries["questions"]) {
        case (let all?, nil):
            for item in reader.list(all) {
                if let page = page(item) { pages.append(page) }
            }
        case (nil, let questions?):
            pages = [FormPage(id: .firstPage, questions: self.questions(questions))]
        case (_?, let questions?):
            reader.report(questions, "a form has pages or questions, not both; move these onto a page.")
        case (nil, nil):
            reader.report(place, "“pages” is missing (or “questions”, for a form of one page).")
        }
        var askAfter: Slug?
        if let at = entries["ask_after"] {
            askAfter = steps.map { reader.reference(at, to: $0, called: "step") } ?? reader.slug(at)
        }
        let approval = approval(entries["approval"])
        let title = local(entries["title"])
        guard let id else { return nil }
        return FormDefinition(
            id: id, title: title ?? LocalText(en: "", es: ""), version: version.map { Int($0) } ?? 1,
            standard: standard, intro: local(entries["intro"]), thanks: local(entries["thanks"]), pages: pages,
            askAfter: askAfter, approval: approval, asksReview: reader.flag(entries["review"], default: false))
    }

    private mutating func page(_ place: Place) -> FormPage? {
        guard
            let entries = reader.mapping(
                place, required: ["id"],
                optional: ["title", "text", "show_if", "may_finish", "questions", "groups", "next"])
        else { return nil }
        guard let id = reader.slug(entries["id"]) else { return nil }
        mark(.page(id), .whole, place, entries, ["id", "title", "text", "show_if", "next"])
        var groups: [QuestionGroup] = []
        switch (entries["groups"], entries["questions"]) {
        case (let all?, nil):
            for (number, item) in reader.list(all).enumerated() {
                if let group = group(item, page: id, number: number) { groups.append(group) }
            }
        case (nil, let questions?): groups = [QuestionGroup(questions: self.questions(questions))]
        case (_?, let questions?):
            reader.report(questions, "a page has groups or questions, not both; move these into a group.")
        case (nil, nil): break
        }
        var next: [FormPage.Jump] = []
        for item in reader.list(entries["next"]) {
            guard let parts = reader.mapping(item, required: ["to"], optional: ["when"]) else { continue }
            let when = condition(parts["when"])
            guard let to = reader.slug(parts["to"]) else { continue }
            next.append(.init(when: when, to: to.text == FormPage.Target.endWord ? .end : .page(to)))
        }
        return FormPage(
            id: id, title: local(entries["title"]), text: local(entries["text"]),
            showIf: condition(entries["show_if"]), groups: groups, next: next,
            mayFinish: reader.flag(entries["may_finish"], default: false))
    }

    private mutating func group(_ place: Place, page: Slug, number: Int) -> QuestionGroup? {
        guard
            let entries = reader.mapping(place, required: ["questions"], optional: ["title", "text", "show_if"])
        else { return nil }
        mark(.group(page: page, number: number), .whole, place, entries, ["title", "text", "show_if"])
        return QuestionGroup(
            title: local(entries["title"]), text: local(entries["text"]), showIf: condition(entries["show_if"]),
            questions: entries["questions"].map { questions($0) } ?? [])
    }

    private mutating func approval(_ place: Place?) -> FormApproval? {
        guard let place,
            let entries = reader.mapping(
                place, required: ["control_number", "expires"], optional: ["minutes", "warn_days"])
        else { return nil }
        let number = reader.text(entries["control_number"], limit: 40)
        let expires = reader.date(entries["expires"])
        let minutes = reader.number(entries["minutes"], in: 0...10_000, what: "minutes a response takes")
        let days = reader.number(entries["warn_days"], in: 0...3_650, what: "a number of days")
        guard let number, let expires else { return nil }
        return FormApproval(
            controlNumber: number, expires: expires, minutes: minutes,
            warnDays: days.map { Int($0) } ?? FormApproval.usualWarning)
    }

    mutating func mark(
        _ thing: FormPlace.Thing, _ part: FormPlace.Part, _ place: Place, _ entries: [String: Place], _ keys: [String]
    ) {
        marks[FormPlace(thing, part)] = place
        for key in keys {
            if let part = FormPlace.Part(rawValue: key), let at = entries[key] { marks[FormPlace(thing, part)] = at }
        }
    }

    /// A text in both languages; an empty one is left to the check, which names the language.
    mutating func local(_ place: Place?, limit: Int = 2_000) -> LocalText? {
        guard let place else { return nil }
        guard place.node.mapping != nil else {
            reader.report(place, "expected a text in each language: {en: …, es: …}.")
            return nil
        }
        guard let entries = reader.mapping(place, required: Language.allCases.map(\.rawValue)) else { return nil }
        func words(_ language: Language) -> String {
            guard let at = entries[language.rawValue] else { return "" }
            if at.node.scalar?.string.isEmpty ?? false { return "" }
            return reader.text(at, limit: limit) ?? ""
        }
        return LocalText(en: words(.en), es: words(.es))
    }

    /// The finding of a problem, at the nearest part of the text it can be laid to.
    func finding(_ problem: FormProblem, file: String) -> ServiceFinding {
        let place =
            marks[problem.place] ?? marks[FormPlace(problem.place.thing)] ?? marks[FormPlace(.form)]
        return ServiceFinding(
            severity: problem.severity == .error ? .error : .warning, file: file, line: place?.node.mark?.line ?? 0,
            column: place?.node.mark?.column ?? 0, path: place?.path ?? "", message: problem.what.text.en)
    }
}
