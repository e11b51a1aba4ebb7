internal import Experience

extension DefinitionReader {
    mutating func questions(_ place: Place?) -> [Question] {
        var read: [(Place, Question)] = []
        for item in list(place) {
            if let question = question(item) { read.append((item, question)) }
        }
        return unique(read, by: \.id.text, called: "question")
    }

    private mutating func question(_ place: Place) -> Question? {
        guard
            let entries = mapping(
                place, required: ["id", "kind", "text"], optional: ["hint", "required", "options", "driver"])
        else { return nil }
        let id = slug(entries["id"])
        let kind = word(entries["kind"], Question.Kind.self)
        let text = local(entries["text"])
        let hint = local(entries["hint"])
        let required = flag(entries["required"], default: false)
        let driver = word(entries["driver"], Question.Driver.self)
        var options: [(Place, Question.Option)] = []
        for item in list(entries["options"]) {
            guard let parts = mapping(item, required: ["id", "title"]) else { continue }
            if let id = slug(parts["id"]), let title = local(parts["title"]) {
                options.append((item, Question.Option(id: id, title: title)))
            }
        }
        let kept = unique(options, by: \.id.text, called: "option")
        guard let id, let kind, let text else { return nil }
        switch kind {
        case .single, .multiple:
            if kept.count < 2 { report(place, "a question of kind \(kind.rawValue) needs at least two options.") }
        default:
            if let at = entries["options"] {
                report(
                    at,
                    "a question of kind \(kind.rawValue) has no options; use kind single or multiple, or take them out."
                )
            }
        }
        if driver != nil, kind != .faces, kind != .agreement, kind != .thumbs, let at = entries["driver"] {
            report(at, "only faces, agreement and thumbs measure a driver.")
        }
        return Question(
            id: id, kind: kind, text: text, hint: hint, required: required, options: kept, driver: driver)
    }

    mutating func forms(_ place: Place?, steps: [Slug]) -> [FormDefinition] {
        var read: [(Place, FormDefinition)] = []
        for item in list(place) {
            guard
                let entries = mapping(
                    item, required: ["id", "title", "questions"], optional: ["version", "ask_after"])
            else { continue }
            let id = slug(entries["id"])
            let title = local(entries["title"])
            let version = number(entries["version"], in: 1...100_000, what: "a version number")
            let questions = questions(entries["questions"])
            let askAfter = reference(entries["ask_after"], to: steps, called: "step")
            if let at = entries["questions"] {
                if questions.isEmpty { report(at, "a form needs at least one question.") }
                // A-11 Section 280 allows at most fifteen questions on a form.
                if questions.count > 15 { report(at, "\(questions.count) questions; ask at most 15.") }
            }
            guard let id, let title, !questions.isEmpty else { continue }
            read.append(
                (
                    item,
                    FormDefinition(
                        id: id, title: title, version: version.map { Int($0) } ?? 1, questions: questions,
                        askAfter: askAfter)
                ))
        }
        return unique(read, by: \.id.text, called: "form")
    }
}
