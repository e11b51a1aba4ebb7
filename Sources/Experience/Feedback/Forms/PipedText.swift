/// A text with places for what is known only when it is shown: `{service}`, `{agency}`, or the name of an earlier
/// question for its answer. Two braces stand for one. What is filled in is plain text: whoever shows it escapes it.
package struct PipedText: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case place(String)
    }

    package private(set) var parts: [Part] = []
    /// False where a brace is not closed, or closes nothing.
    package private(set) var isWhole = true

    package static let service = "service"
    package static let agency = "agency"

    package init(_ text: String) {
        var plain = ""
        var rest = Substring(text)
        while let next = rest.popFirst() {
            if next == "{" {
                if rest.first == "{" {
                    rest.removeFirst()
                    plain.append("{")
                } else if let end = rest.firstIndex(of: "}") {
                    if !plain.isEmpty { parts.append(.text(plain)) }
                    plain = ""
                    parts.append(.place(trimmed(String(rest[..<end]))))
                    rest = rest[rest.index(after: end)...]
                } else {
                    isWhole = false
                    plain.append(next)
                }
            } else if next == "}" {
                if rest.first == "}" { rest.removeFirst() } else { isWhole = false }
                plain.append("}")
            } else {
                plain.append(next)
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
    }

    /// A text with one place named anew; everything else as it was written, also what is not whole.
    static func renaming(_ old: String, _ new: String, in text: String) -> String {
        var out = ""
        var rest = Substring(text)
        while let next = rest.popFirst() {
            out.append(next)
            guard next == "{" else { continue }
            if rest.first == "{" {
                out.append(rest.removeFirst())
            } else if let end = rest.firstIndex(of: "}") {
                let name = rest[..<end]
                out += trimmed(String(name)) == old ? new : String(name)
                out.append("}")
                rest = rest[rest.index(after: end)...]
            }
        }
        return out
    }

    package var places: [String] {
        parts.compactMap {
            if case .place(let name) = $0 { name } else { nil }
        }
    }
}

/// What the places of a form's texts stand for, for one person.
package struct FormFilling: Sendable {
    package var service: LocalText?
    package var agency: LocalText?
    package var form: FormDefinition
    package var kept: [Slug: KeptAnswer]

    package init(_ form: FormDefinition, service: ServiceDefinition?, kept: [Slug: KeptAnswer] = [:]) {
        self.service = service?.title
        self.agency = service?.agencyName
        self.form = form
        self.kept = kept
    }

    /// The longest an answer may be inside another question.
    static let answerLimit = 200

    /// The text with its places filled; a place without an answer is "…".
    package func text(_ text: LocalText, _ language: Language) -> String {
        let source = text[language]
        guard source.utf8.contains(where: { $0 == 0x7B || $0 == 0x7D }) else { return source }
        return PipedText(source).parts.map { part in
            switch part {
            case .text(let text): text
            case .place(PipedText.service): service?[language] ?? "…"
            case .place(PipedText.agency): agency?[language] ?? "…"
            case .place(let name): answer(name, language) ?? "…"
            }
        }.joined()
    }

    private func answer(_ name: String, _ language: Language) -> String? {
        guard let question = Slug(name).flatMap({ form.question($0) }), let answer = kept[question.id] else {
            return nil
        }
        let reading = question.kind.type.reading(answer, question, language)
        return reading.isEmpty ? nil : String(reading.prefix(FormFilling.answerLimit))
    }
}
