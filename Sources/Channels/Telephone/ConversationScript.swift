package import Experience

/// A form asked one question at a time. Pure: what is kept between two messages is a ``Conversation``.
package struct ConversationScript: Sendable {
    package enum Medium: Sendable, Hashable {
        case sms
        /// The keys of a telephone: only what a digit can answer is asked.
        case keys
    }

    let form: FormDefinition
    let medium: Medium
    let language: Language

    package init(_ form: FormDefinition, _ medium: Medium, _ language: Language) {
        self.form = form
        self.medium = medium
        self.language = language
    }

    /// Whether the medium can ask a question of this kind.
    package static func canAsk(_ kind: Question.Kind, by medium: Medium) -> Bool {
        switch kind {
        case .faces, .stars, .agreement, .thumbs, .single, .number: true
        case .multiple, .date, .shortText, .longText, .email, .phone, .postcode: medium == .sms
        case .matrix, .ranking, .file, .hidden, .info: false
        }
    }

    /// The first question the walk shows that was neither answered nor skipped; nil at the end.
    package func next(_ conversation: Conversation) -> Question? {
        let walk = FormWalk(form, ConversationScript.values(conversation))
        for id in walk.visible where conversation.answers[id.text] == nil {
            guard let question = form.question(id) else { continue }
            if Self.canAsk(question.kind, by: medium), question.options.count <= 9 || medium == .sms {
                return question
            }
        }
        return nil
    }

    /// Answers as the form's walk reads them. Words are kept elsewhere: that they were given is all that is known here.
    private static func values(_ conversation: Conversation) -> [Slug: [String]] {
        var values: [Slug: [String]] = [:]
        for (name, value) in conversation.answers {
            guard let id = Slug(name), case .text(let text) = value, !text.isEmpty else { continue }
            values[id] = text.split(separator: ",").map(String.init)
        }
        return values
    }

    /// What was kept of the finished conversation, by the rules of the form.
    package func kept(_ conversation: Conversation) -> [Slug: KeptAnswer] {
        FormWalk(form, ConversationScript.values(conversation)).kept.filter { $0.value != .none }
    }

    package func prompt(_ question: Question) -> String {
        let words = ConversationWords.self
        var parts = [question.text[language]]
        func add(_ text: LocalText) { parts.append(text[language]) }
        switch (question.kind, medium) {
        case (.faces, .sms): add(words.faces)
        case (.stars, .sms): add(words.stars)
        case (.faces, .keys), (.stars, .keys): add(words.keyFaces)
        case (.agreement, .sms): add(words.agreement)
        case (.agreement, .keys): add(words.keyAgreement)
        case (.thumbs, .sms): add(words.thumbs)
        case (.thumbs, .keys): add(words.keyThumbs)
        case (.single, .sms), (.multiple, .sms):
            add(question.kind == .single ? words.single : words.multiple)
            parts += question.options.enumerated().map { "\($0.offset + 1) \($0.element.title[language])" }
        case (.single, .keys):
            for (at, option) in question.options.enumerated() { add(words.key(at + 1, option.title)) }
        case (.number, .sms): add(words.number)
        case (.number, .keys): add(words.keyNumber)
        case (.date, _): add(words.date)
        default: add(words.words)
        }
        if !question.required { add(medium == .sms ? words.skip : words.keySkip) }
        return String(parts.joined(separator: medium == .sms ? "\n" : " ").prefix(1_500))
    }

    package enum Reading: Hashable, Sendable {
        /// Stands in the conversation.
        case value(String)
        /// A person's own words: for the vault.
        case words(String)
        case skipped
        case notUnderstood
    }

    /// What a message says to the question that was asked.
    package func read(_ message: String, _ question: Question) -> Reading {
        let text = ConversationScript.plain(message)
        let bare = text.uppercased()
        if !question.required, ReservedWords.skip.contains(bare) || (medium == .keys && bare == "0") {
            return .skipped
        }
        guard !text.isEmpty else { return .notUnderstood }
        let values: [String]
        switch question.kind {
        case .faces, .stars, .agreement:
            guard let digit = text.first(where: { $0.isNumber })?.wholeNumberValue else { return .notUnderstood }
            // "10" is no 1 and "-1" neither: what may be another number is not guessed at.
            guard text.count(where: \.isNumber) == 1, !text.contains("-") else { return .notUnderstood }
            values = ["\(digit)"]
        case .thumbs:
            switch bare {
            case "1", "YES", "Y", "SI", "SÍ", "UP", "GOOD", "BIEN", "👍": values = ["up"]
            case "2", "NO", "N", "DOWN", "BAD", "MAL", "👎": values = ["down"]
            default: return .notUnderstood
            }
        case .single, .multiple:
            let pieces = question.kind == .single ? [text] : text.split { $0 == "," || $0 == " " }.map(String.init)
            values = pieces.compactMap { option($0, question) }
            guard values.count == pieces.count, !values.isEmpty else { return .notUnderstood }
        default: values = [text]
        }
        do throws(AnswerProblem) {
            switch try question.keep(values) {
            case .words(let words): return .words(words)
            case .none: return .notUnderstood
            case let kept: return .value(kept.plainValues.joined(separator: ","))
            }
        } catch { return .notUnderstood }
    }

    private func option(_ text: String, _ question: Question) -> String? {
        if let number = Int(text.filter { $0 != "." && $0 != ")" }), question.options.indices.contains(number - 1) {
            return question.options[number - 1].id.text
        }
        let bare = text.lowercased()
        return question.options.first { option in
            option.id.text.lowercased() == bare || option.title.en.lowercased() == bare
                || option.title.es.lowercased() == bare
        }?.id.text
    }

    /// A message without white space at its ends and without control characters, at most 1,600 characters.
    package static func plain(_ message: String) -> String {
        let kept = message.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" }
        var text = Substring(String(String.UnicodeScalarView(kept)).prefix(1_600))
        while let c = text.first, c.isWhitespace { text.removeFirst() }
        while let c = text.last, c.isWhitespace { text.removeLast() }
        return String(text)
    }
}
