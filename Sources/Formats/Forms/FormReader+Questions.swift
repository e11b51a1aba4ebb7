internal import Experience
internal import Yams

extension FormReader {
    mutating func questions(_ place: Place) -> [Question] {
        var questions: [Question] = []
        for item in reader.list(place) {
            if let question = question(item) { questions.append(question) }
        }
        return questions
    }

    mutating func question(_ place: Place) -> Question? {
        guard
            let entries = reader.mapping(
                place, required: ["id", "kind", "text"],
                optional: [
                    "hint", "required", "options", "driver", "rows", "show_if", "at_least", "at_most", "accepts",
                    "max_size", "value",
                ])
        else { return nil }
        let id = reader.slug(entries["id"])
        let kind = reader.word(entries["kind"], Question.Kind.self)
        let text = local(entries["text"])
        let hint = local(entries["hint"])
        let required = reader.flag(entries["required"], default: false)
        let driver = reader.word(entries["driver"], Question.Driver.self)
        let options = self.options(entries["options"])
        let rows = self.options(entries["rows"])
        let showIf = condition(entries["show_if"])
        let range = -1e15...1e15
        let atLeast = reader.number(entries["at_least"], in: range, what: "a number")
        let atMost = reader.number(entries["at_most"], in: range, what: "a number")
        var accepts: [FileKind] = []
        for item in reader.list(entries["accepts"]) {
            if let kind = reader.word(item, FileKind.self) { accepts.append(kind) }
        }
        let maxBytes = size(entries["max_size"])
        let value = entries["value"].flatMap { reader.text($0, limit: 64) }
        guard let id, let kind else { return nil }
        mark(
            .question(id), .whole, place, entries,
            ["id", "kind", "text", "hint", "options", "rows", "required", "driver", "show_if", "at_least", "at_most"])
        for (part, key) in [(FormPlace.Part.accepts, "accepts"), (.maxBytes, "max_size"), (.value, "value")] {
            if let at = entries[key] { marks[FormPlace(.question(id), part)] = at }
        }
        return Question(
            id: id, kind: kind, text: text ?? LocalText(en: "", es: ""), hint: hint, required: required,
            options: options, driver: driver, rows: rows, showIf: showIf, atLeast: atLeast, atMost: atMost,
            accepts: accepts, maxBytes: maxBytes, value: value)
    }

    private mutating func options(_ place: Place?) -> [Question.Option] {
        var options: [Question.Option] = []
        for item in reader.list(place) {
            guard let parts = reader.mapping(item, required: ["id", "title"]) else { continue }
            let title = local(parts["title"])
            if let id = reader.slug(parts["id"]) {
                options.append(Question.Option(id: id, title: title ?? LocalText(en: "", es: "")))
            }
        }
        return options
    }

    /// "5 MB", "500 KB".
    private mutating func size(_ place: Place?) -> Int? {
        guard let place, let raw = reader.text(place) else { return nil }
        let words = raw.uppercased().split(separator: " ")
        if words.count == 2, let amount = Int(words[0]), (1...100_000).contains(amount) {
            switch words[1] {
            case "KB": return amount << 10
            case "MB" where amount <= 1_000: return amount << 20
            default: break
            }
        }
        reader.report(place, "“\(raw.prefix(40))” is not a size; write a whole number and KB or MB, such as 5 MB.")
        return nil
    }

    /// `{ question: q, is: [a, b] }`, `{ all: […] }`, `{ any: […] }`, `{ not: … }`.
    mutating func condition(_ place: Place?, depth: Int = 1) -> Condition? {
        guard let place else { return nil }
        guard depth <= Condition.depthLimit else {
            reader.report(
                place, "the condition lies more than \(Condition.depthLimit) deep; write it with fewer parts.")
            return nil
        }
        let tests = ["question", "row", "is", "is_not", "at_least", "at_most", "answered"]
        guard let entries = reader.mapping(place, required: [], optional: tests + ["all", "any", "not"]) else {
            return nil
        }
        func parts(_ at: Place) -> [Condition] {
            var parts: [Condition] = []
            for item in reader.list(at) {
                if let part = condition(item, depth: depth + 1) { parts.append(part) }
            }
            if parts.isEmpty { reader.report(at, "name at least one condition.") }
            return parts
        }
        switch (entries["all"], entries["any"], entries["not"], entries["question"]) {
        case (let all?, nil, nil, nil): return .all(parts(all))
        case (nil, let any?, nil, nil): return .any(parts(any))
        case (nil, nil, let not?, nil): return condition(not, depth: depth + 1).map { .not($0) }
        case (nil, nil, nil, _?): return test(place, entries)
        default:
            reader.report(place, "a condition is one of question, all, any and not; write just one of them.")
            return nil
        }
    }

    private mutating func test(_ place: Place, _ entries: [String: Place]) -> Condition? {
        let question = reader.slug(entries["question"])
        let row = reader.slug(entries["row"])
        var checks: [Condition.Check] = []
        if let at = entries["is"] { checks.append(.isOne(values(at))) }
        if let at = entries["is_not"] { checks.append(.isNone(values(at))) }
        if let bound = reader.number(entries["at_least"], in: -1e15...1e15, what: "a number") {
            checks.append(.atLeast(bound))
        }
        if let bound = reader.number(entries["at_most"], in: -1e15...1e15, what: "a number") {
            checks.append(.atMost(bound))
        }
        if let at = entries["answered"] { checks.append(reader.flag(at, default: true) ? .answered : .unanswered) }
        guard let question else { return nil }
        if checks.isEmpty {
            reader.report(place, "say what the answer must be: is, is_not, at_least, at_most or answered.")
            return nil
        }
        let tests = checks.map { Condition.test(.init(question: question, row: row, check: $0)) }
        return tests.count == 1 ? tests[0] : .all(tests)
    }

    /// One word or a list of words.
    private mutating func values(_ place: Place) -> [String] {
        if place.node.scalar != nil { return reader.text(place).map { [$0] } ?? [] }
        return reader.texts(place)
    }
}
