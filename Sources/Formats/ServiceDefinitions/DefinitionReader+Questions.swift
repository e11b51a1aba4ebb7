internal import Experience
internal import Yams

extension DefinitionReader {
    /// What a request asks: one page, so without conditions; files are for forms.
    mutating func questions(_ place: Place?) -> [Question] {
        guard let place else { return [] }
        var forms = FormReader(self)
        var read: [(Place, Question)] = []
        for item in forms.reader.list(place) {
            if let question = forms.question(item) { read.append((item, question)) }
        }
        self = forms.reader
        for (at, question) in read {
            if question.showIf != nil { report(at, "a request's questions are all asked; leave show_if to forms.") }
            if question.kind == .file { report(at, "a request takes no files; ask for them in a form.") }
            report(question.check() + FormReader.missing(question), forms)
        }
        return unique(read, by: \.id.text, called: "question")
    }

    /// Forms of the service's own, and ready forms it uses under its own names.
    mutating func forms(
        _ place: Place?, steps: [Slug], ready: [Slug: FormDefinition], collection: FormApproval?, today: CivilDate
    ) -> [FormDefinition] {
        var read: [(Place, FormDefinition)] = []
        for item in list(place) {
            let isReady = item.node.mapping?.contains { $0.key.string == "use" } ?? false
            if isReady {
                if let form = readyForm(item, steps: steps, ready: ready) { read.append((item, form)) }
                continue
            }
            var forms = FormReader(self)
            let before = findings.count
            let form = forms.form(item, name: "id", steps: steps)
            self = forms.reader
            guard let form else { continue }
            if !findings[before...].contains(where: { $0.severity == .error }) {
                var judged = form
                if judged.approval == nil { judged.approval = collection }
                // The service tells of its collection's end itself.
                let isOwn = form.approval != nil
                report(judged.check(today: today).filter { isOwn || $0.place.part != .approval }, forms)
            }
            read.append((item, form))
        }
        return unique(read, by: \.id.text, called: "form")
    }

    private mutating func readyForm(_ place: Place, steps: [Slug], ready: [Slug: FormDefinition]) -> FormDefinition? {
        guard let entries = mapping(place, required: ["use"], optional: ["id", "title", "ask_after"]) else {
            return nil
        }
        let name = reference(entries["use"], to: ready.keys.sorted(), called: "ready form")
        let id = slug(entries["id"])
        let title = local(entries["title"])
        let askAfter = reference(entries["ask_after"], to: steps, called: "step")
        guard let name, var form = ready[name] else { return nil }
        if let id { form.id = id }
        if let title { form.title = title }
        form.askAfter = askAfter
        return form
    }

    private mutating func report(_ problems: [FormProblem], _ forms: FormReader) {
        findings += problems.map { forms.finding($0, file: file) }
    }
}

extension FormReader {
    /// A request's texts, which no form's check sees.
    static func missing(_ question: Question) -> [FormProblem] {
        let form = FormDefinition(id: question.id, title: LocalText(en: "-", es: "-"), questions: [question])
        return form.texts.flatMap { place, text in
            Language.allCases.filter { text[$0].isEmpty }.map { FormProblem(place, .textMissing($0)) }
        }
    }
}
