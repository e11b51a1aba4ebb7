package import Experience

/// Writes a form as YAML that ``readForm(yaml:file:service:today:)`` reads back to the same form.
package func writeForm(_ form: FormDefinition) -> String {
    var writer = FormWriter()
    writer.form(form)
    return writer.lines.joined(separator: "\n") + "\n"
}

struct FormWriter {
    var lines: [String] = []

    private mutating func line(_ depth: Int, _ text: String) {
        lines.append(String(repeating: " ", count: depth * 2) + text)
    }

    mutating func form(_ form: FormDefinition) {
        line(0, "form: \(form.id)")
        line(0, "version: \(form.version)")
        if form.standard != .own { line(0, "standard: \(form.standard.rawValue)") }
        local(0, "title", form.title)
        local(0, "intro", form.intro)
        local(0, "thanks", form.thanks)
        if let approval = form.approval {
            line(0, "approval:")
            line(1, "control_number: \(quoted(approval.controlNumber))")
            line(1, "expires: \(approval.expires)")
            if let minutes = approval.minutes { line(1, "minutes: \(number(minutes))") }
            if approval.warnDays != FormApproval.usualWarning { line(1, "warn_days: \(approval.warnDays)") }
        }
        if form.asksReview { line(0, "review: true") }
        if let step = form.askAfter { line(0, "ask_after: \(quoted(step.text))") }
        line(0, form.pages.isEmpty ? "pages: []" : "pages:")
        for page in form.pages { self.page(page) }
    }

    private mutating func page(_ page: FormPage) {
        line(1, "- id: \(quoted(page.id.text))")
        local(2, "title", page.title)
        local(2, "text", page.text)
        if let condition = page.showIf { line(2, "show_if: \(text(condition))") }
        if page.mayFinish { line(2, "may_finish: true") }
        if let only = page.groups.first, page.groups.count == 1, only.title == nil, only.text == nil,
            only.showIf == nil
        {
            questions(2, only.questions)
        } else if !page.groups.isEmpty {
            line(2, "groups:")
            for group in page.groups { self.group(group) }
        }
        guard !page.next.isEmpty else { return }
        line(2, "next:")
        for jump in page.next {
            let to =
                switch jump.to {
                case .page(let id): quoted(id.text)
                case .end: FormPage.Target.endWord
                }
            line(3, "- { " + (jump.when.map { "when: \(text($0)), " } ?? "") + "to: \(to) }")
        }
    }

    private mutating func group(_ group: QuestionGroup) {
        // The dash stands before whatever comes first.
        let start = lines.count
        local(4, "title", group.title)
        local(4, "text", group.text)
        if let condition = group.showIf { line(4, "show_if: \(text(condition))") }
        questions(4, group.questions)
        if lines.count > start {
            lines[start] = "      - " + lines[start].dropFirst(8)
        }
    }

    private mutating func questions(_ depth: Int, _ questions: [Question]) {
        line(depth, questions.isEmpty ? "questions: []" : "questions:")
        for question in questions { self.question(depth + 1, question) }
    }

    private mutating func question(_ depth: Int, _ question: Question) {
        line(depth, "- id: \(quoted(question.id.text))")
        line(depth + 1, "kind: \(question.kind.rawValue)")
        if question.required { line(depth + 1, "required: true") }
        if let driver = question.driver { line(depth + 1, "driver: \(driver.rawValue)") }
        if let condition = question.showIf { line(depth + 1, "show_if: \(text(condition))") }
        local(depth + 1, "text", question.text)
        local(depth + 1, "hint", question.hint)
        if let least = question.atLeast { line(depth + 1, "at_least: \(number(least))") }
        if let most = question.atMost { line(depth + 1, "at_most: \(number(most))") }
        if !question.accepts.isEmpty {
            line(depth + 1, "accepts: [\(question.accepts.map(\.rawValue).joined(separator: ", "))]")
        }
        if let bytes = question.maxBytes {
            line(depth + 1, "max_size: " + (bytes % (1 << 20) == 0 ? "\(bytes >> 20) MB" : "\(bytes >> 10) KB"))
        }
        if let value = question.value { line(depth + 1, "value: \(quoted(value))") }
        options(depth + 1, "rows", question.rows)
        options(depth + 1, "options", question.options)
    }

    private mutating func options(_ depth: Int, _ key: String, _ options: [Question.Option]) {
        guard !options.isEmpty else { return }
        line(depth, "\(key):")
        for option in options {
            line(
                depth + 1,
                "- { id: \(quoted(option.id.text)), "
                    + "title: { en: \(quoted(option.title.en)), es: \(quoted(option.title.es)) } }")
        }
    }

    private mutating func local(_ depth: Int, _ key: String, _ text: LocalText?) {
        guard let text else { return }
        line(depth, "\(key):")
        line(depth + 1, "en: \(quoted(text.en))")
        line(depth + 1, "es: \(quoted(text.es))")
    }

    private func text(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): "{ all: [\(parts.map(text).joined(separator: ", "))] }"
        case .any(let parts): "{ any: [\(parts.map(text).joined(separator: ", "))] }"
        case .not(let part): "{ not: \(text(part)) }"
        case .test(let test):
            "{ question: \(quoted(test.question.text)), "
                + (test.row.map { "row: \(quoted($0.text)), " } ?? "") + text(test.check) + " }"
        }
    }

    private func text(_ check: Condition.Check) -> String {
        func list(_ values: [String]) -> String { "[\(values.map(quoted).joined(separator: ", "))]" }
        return switch check {
        case .answered: "answered: true"
        case .unanswered: "answered: false"
        case .isOne(let values): "is: \(list(values))"
        case .isNone(let values): "is_not: \(list(values))"
        case .atLeast(let bound): "at_least: \(number(bound))"
        case .atMost(let bound): "at_most: \(number(bound))"
        }
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    /// Double quotes take every text; control characters, which no text of a page needs, are left out.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n", "\t", "\r": result += " "
            default:
                if scalar.value >= 0x20, scalar.value != 0x7F, !(0x80...0x9F).contains(scalar.value) {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
