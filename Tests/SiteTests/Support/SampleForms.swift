import Experience
import Site
import Synchronization

/// A form of several pages: trust leads to one of two sides, then words and a file, then a review.
enum SampleForms {
    static func options(_ ids: String...) -> [Question.Option] {
        ids.map { Question.Option(id: Slug($0)!, title: text("\($0) in English", "\($0) en español")) }
    }

    static func test(_ answer: String) -> Condition {
        .test(.init(question: "trust", check: .isOne([answer])))
    }

    static let branching = FormDefinition(
        id: "branching", title: text("How did {service} go?", "¿Cómo fue {service}?"), version: 2,
        thanks: text("We read every answer.", "Leemos cada respuesta."),
        pages: [
            FormPage(
                id: "start",
                questions: [
                    Question(id: "trust", kind: .thumbs, text: text("Do you trust us?", "¿Confía?"), required: true),
                    Question(
                        id: "campaign", kind: .hidden, text: text("Campaign", "Campaña"), value: "none"),
                ], mayFinish: true),
            FormPage(
                id: "well", showIf: test("up"),
                questions: [
                    Question(
                        id: "positive", kind: .multiple, text: text("What went well?", "¿Qué salió bien?"),
                        options: options("ease", "staff"))
                ]),
            FormPage(
                id: "better", showIf: test("down"),
                questions: [
                    Question(
                        id: "negative", kind: .multiple, text: text("What could be better?", "¿Qué mejorar?"),
                        required: true, options: options("ease", "staff")),
                    Question(
                        id: "more", kind: .shortText, text: text("Which staff?", "¿Qué personal?"), required: true,
                        showIf: .test(.init(question: "negative", check: .isOne(["staff"])))),
                ]),
            FormPage(
                id: "words",
                questions: [
                    Question(id: "why", kind: .longText, text: text("Why {negative}?", "¿Por qué {negative}?")),
                    Question(
                        id: "letter", kind: .file, text: text("The letter", "La carta"), accepts: [.pdf],
                        maxBytes: 4_096),
                    Question(
                        id: "times", kind: .matrix, text: text("When?", "¿Cuándo?"), options: options("am", "pm"),
                        rows: options("weekday", "weekend")),
                    Question(
                        id: "order", kind: .ranking, text: text("In order", "En orden"), options: options("one", "two")),
                ]),
        ], asksReview: true)
}

extension SampleSite {
    func unsentDesk() -> UnsentDesk {
        UnsentDesk(
            keep: { answers, code, files in
                self.kept.withLock { kept in
                    var all = kept.unsent[code]?.1 ?? [:]
                    all.merge(files) { _, new in new }
                    kept.unsent[code] = (answers, all)
                }
            }, answers: { code, _ in self.kept.withLock { $0.unsent[code]?.0 } },
            file: { question, code, _ in self.kept.withLock { $0.unsent[code]?.1[question] } },
            drop: { code, _ in self.kept.withLock { $0.unsent[code] = nil } }, version: { _, _, _ in nil })
    }

    func formDesk() -> FormDesk {
        @Sendable func entry(_ id: ServiceID, _ form: Slug) -> FormEntry? {
            guard let service = definitions.withLock({ $0.first { $0.id == id } }) else { return nil }
            let asked = service.forms.first { $0.id == form }
            let written = kept.withLock { $0.forms[form] }
            guard asked != nil || written != nil else { return nil }
            return FormEntry(
                service: service, id: form, published: asked, draft: written?.draft,
                lifecycle: written?.life ?? FormLifecycle(writing: nil, version: asked?.version ?? 0),
                revision: written?.revision ?? 0)
        }
        return FormDesk(
            all: {
                self.definitions.withLock { $0 }.flatMap { service in
                    service.forms.compactMap { entry(service.id, $0.id) }
                } + self.kept.withLock { Array($0.forms.keys) }.compactMap { entry("passport", $0) }
            }, entry: { entry($0, $1) }, ready: { [SampleForms.branching] },
            save: { service, form, revision, _ in
                let isCurrent = self.kept.withLock { kept in
                    guard revision == kept.forms[form.id]?.revision ?? 0 else { return false }
                    kept.forms[form.id] = SampleSite.Written(
                        draft: form, life: FormLifecycle(), revision: revision + 1)
                    return true
                }
                guard isCurrent, let now = entry(service, form.id) else { return .conflict }
                return .done(now)
            },
            step: { service, form, step, _, _ in
                guard let found = entry(service, form) else { return .conflict }
                var life = found.lifecycle
                let errors = found.current?.check(today: CivilDate(daysSince1970: 0)).count ?? 1
                do throws(FormLifecycle.Refusal) { try life.take(step, errors: errors) } catch {
                    return .refused(error)
                }
                let now = life
                self.kept.withLock { $0.forms[form]?.life = now }
                return .done(found)
            }, versions: { _, _ in [FormVersionLine(version: 1, at: SampleSite.start, by: "a1")] },
            version: { _, _, _ in nil },
            read: { _, _ in FormText(form: nil, findings: ["form.yaml:3: error: x"], isSound: false) },
            write: { "form: \($0.id)\n" })
    }

    struct Written: Sendable {
        var draft: FormDefinition
        var life: FormLifecycle
        var revision: Int64
    }
}
