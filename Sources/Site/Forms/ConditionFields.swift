import Experience

/// A condition as rows of controls: what can be written without YAML. One that lies deeper is shown and left alone.
struct ConditionFields: Sendable {
    var prefix: String
    var label: String
    /// The condition in words, where it can't be edited here.
    var fixed: String?
    var isAny: Bool
    var rows: [Row]

    struct Row: Sendable {
        var id: String
        var number: String
        var questions: [QuestionField.Choice]
        var checks: [QuestionField.Choice]
        var values: String
    }

    static let rowCount = 3
    private static let words = ["is", "is_not", "at_least", "at_most", "answered", "unanswered"]

    init(_ condition: Condition?, _ form: FormDefinition, prefix: String, label: String, _ words: Words) {
        self.prefix = prefix
        self.label = label
        var tests: [Condition.Test] = []
        isAny = false
        switch condition {
        case .test(let test)?: tests = [test]
        case .all(let parts)?, .any(let parts)?:
            if case .any? = condition { isAny = true }
            tests = parts.compactMap { if case .test(let test) = $0 { test } else { nil } }
            if tests.count != parts.count || tests.count > ConditionFields.rowCount {
                fixed = words.condition(condition, form)
            }
        case .not?: fixed = words.condition(condition, form)
        case nil: break
        }
        rows = (0..<ConditionFields.rowCount).map { number in
            let test = number < tests.count ? tests[number] : nil
            let (check, values) = ConditionFields.parts(test)
            return Row(
                id: "\(prefix)-\(number)", number: "\(number)",
                questions: form.questions.filter { $0.kind != .info }.map {
                    QuestionField.Choice(
                        id: "", value: $0.id.text, label: "\($0.id): \($0.text[words.language].prefix(50))",
                        isChosen: $0.id == test?.question, picture: nil)
                },
                checks: ConditionFields.words.map {
                    QuestionField.Choice(
                        id: "", value: $0, label: words["check_\($0)"], isChosen: $0 == check, picture: nil)
                }, values: values)
        }
    }

    private static func parts(_ test: Condition.Test?) -> (String, String) {
        guard let test else { return ("is", "") }
        let row = test.row.map { "\($0)=" } ?? ""
        func number(_ value: Double) -> String { row + AttributeValue.number(value).plain }
        switch test.check {
        case .isOne(let values): return ("is", values.map { row + $0 }.joined(separator: ", "))
        case .isNone(let values): return ("is_not", values.map { row + $0 }.joined(separator: ", "))
        case .atLeast(let bound): return ("at_least", number(bound))
        case .atMost(let bound): return ("at_most", number(bound))
        case .answered: return ("answered", "")
        case .unanswered: return ("unanswered", "")
        }
    }

    /// What the controls say; the old condition where they weren't shown.
    static func take(_ body: FormBody, prefix: String, old: Condition?) -> Condition? {
        if body["\(prefix)_fixed"] != nil { return old }
        var tests: [Condition] = []
        for number in 0..<rowCount {
            guard let question = body["\(prefix)_question_\(number)"].flatMap({ Slug($0) }) else { continue }
            var row: Slug?
            let values = (body["\(prefix)_values_\(number)"] ?? "").split(separator: ",").map { part in
                let text = String(part).trimmingEnds
                guard let pair = RowAnswer(text) else { return text }
                row = pair.row
                return pair.choice
            }.filter { !$0.isEmpty }
            let bound = values.first.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
            let check: Condition.Check =
                switch body["\(prefix)_check_\(number)"] {
                case "is_not": .isNone(values)
                case "at_least": .atLeast(bound ?? 0)
                case "at_most": .atMost(bound ?? 0)
                case "answered": .answered
                case "unanswered": .unanswered
                default: .isOne(values)
                }
            tests.append(.test(.init(question: question, row: row, check: check)))
        }
        if tests.count < 2 { return tests.first }
        return body["\(prefix)_join"] == "any" ? .any(tests) : .all(tests)
    }
}

extension Words {
    /// A condition as people read it.
    func condition(_ condition: Condition?, _ form: FormDefinition) -> String? {
        guard let condition else { return nil }
        switch condition {
        case .all(let parts):
            return parts.compactMap { self.condition($0, form) }.joined(separator: " \(self["condition_and"]) ")
        case .any(let parts):
            return "(" + parts.compactMap { self.condition($0, form) }.joined(separator: " \(self["condition_or"]) ")
                + ")"
        case .not(let part): return "\(self["condition_not"]) (\(self.condition(part, form) ?? ""))"
        case .test(let test):
            let name = "“\(test.question)”" + (test.row.map { " (\($0))" } ?? "")
            func list(_ values: [String]) -> String { values.joined(separator: ", ") }
            return switch test.check {
            case .isOne(let values): "\(name) \(self["check_is"]) \(list(values))"
            case .isNone(let values): "\(name) \(self["check_is_not"]) \(list(values))"
            case .atLeast(let bound): "\(name) \(self["check_at_least"]) \(AttributeValue.number(bound).plain)"
            case .atMost(let bound): "\(name) \(self["check_at_most"]) \(AttributeValue.number(bound).plain)"
            case .answered: "\(name) \(self["check_answered"])"
            case .unanswered: "\(name) \(self["check_unanswered"])"
            }
        }
    }
}
