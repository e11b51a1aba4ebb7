package import Experience

/// Which column of a spreadsheet holds what: said by whoever imports, or guessed from the header and told.
package struct AnswerColumns: Hashable, Sendable {
    package enum Meaning: Hashable, Sendable, CustomStringConvertible {
        case id, occurred, channel, touchpoint, code, language
        case question(Slug)

        package var description: String {
            switch self {
            case .id: "id"
            case .occurred: "occurred"
            case .channel: "channel"
            case .touchpoint: "touchpoint"
            case .code: "code"
            case .language: "language"
            case .question(let id): id.text
            }
        }
    }

    package struct Column: Hashable, Sendable {
        package var index: Int
        package var name: String
        package var meaning: Meaning
        package var isGuessed: Bool
    }

    package var columns: [Column]
    /// Columns that mean nothing to this form; not read.
    package var unread: [String]

    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case noSuchColumn(String, known: [String])
        case noSuchMeaning(String, known: [String])
        case twice(String)
        case noAnswers

        package var description: String {
            switch self {
            case .noSuchColumn(let name, let known):
                "there is no column “\(name)”; the columns are \(known.joined(separator: ", "))."
            case .noSuchMeaning(let name, let known):
                "“\(name)” is no question of this form; a column can be one of \(known.joined(separator: ", "))."
            case .twice(let name): "two columns are “\(name)”; say which with --column \(name)=COLUMN."
            case .noAnswers:
                "no column is an answer to this form; say which is with --column QUESTION=COLUMN."
            }
        }
    }

    /// - Parameter said: pairs of what and column, as typed.
    package init(header: [String], form: FormDefinition, said: [(meaning: String, column: String)]) throws(Problem) {
        var found: [Int: Column] = [:]
        var taken: Set<String> = []
        let known = ["id", "occurred", "channel", "touchpoint", "code", "language"] + form.questions.map(\.id.text)
        for (name, column) in said {
            guard let meaning = AnswerColumns.meaning(name, form) else { throw .noSuchMeaning(name, known: known) }
            guard let index = header.firstIndex(where: { AnswerColumns.same($0, column) }) else {
                throw .noSuchColumn(column, known: header)
            }
            guard taken.insert(meaning.description).inserted else { throw .twice(name) }
            found[index] = Column(index: index, name: header[index], meaning: meaning, isGuessed: false)
        }
        for (index, name) in header.enumerated() where found[index] == nil {
            guard let meaning = AnswerColumns.guess(name, form), !taken.contains(meaning.description) else { continue }
            taken.insert(meaning.description)
            found[index] = Column(index: index, name: name, meaning: meaning, isGuessed: true)
        }
        columns = found.values.sorted { $0.index < $1.index }
        unread = header.indices.filter { found[$0] == nil }.map { header[$0] }
        guard columns.contains(where: { if case .question = $0.meaning { true } else { false } }) else {
            throw .noAnswers
        }
    }

    private static func meaning(_ name: String, _ form: FormDefinition) -> Meaning? {
        if let question = form.questions.first(where: { $0.id.text == name }) { return .question(question.id) }
        switch name {
        case "id": return .id
        case "occurred": return .occurred
        case "channel": return .channel
        case "touchpoint": return .touchpoint
        case "code": return .code
        case "language": return .language
        default: return nil
        }
    }

    private static let usual: [(Meaning, Set<String>)] = [
        (.id, ["id", "response id", "responseid", "record id", "uuid"]),
        (
            .occurred,
            ["occurred", "date", "submitted", "submitted at", "created at", "timestamp", "fecha", "end date", "time"]
        ),
        (.channel, ["channel", "canal", "mode"]), (.touchpoint, ["touchpoint", "location", "place", "lugar", "site"]),
        (.code, ["code", "tracking code", "código"]), (.language, ["language", "idioma", "lang"]),
    ]

    private static func guess(_ name: String, _ form: FormDefinition) -> Meaning? {
        let plain = AnswerColumns.plain(name)
        for question in form.questions {
            let names = [question.id.text, question.text.en, question.text.es].map(AnswerColumns.plain)
            if names.contains(plain) { return .question(question.id) }
        }
        return usual.first { $0.1.contains(plain) }?.0
    }

    private static func same(_ a: String, _ b: String) -> Bool { a == b || plain(a) == plain(b) }

    /// Lower case, letters and digits of any script with single spaces: "Response_ID " is "response id".
    static func plain(_ text: String) -> String {
        var out = ""
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                out.unicodeScalars.append(scalar)
            } else if !out.isEmpty, out.last != " " {
                out.append(" ")
            }
        }
        if out.last == " " { out.removeLast() }
        return out
    }

    /// What a cell says to a question: numbers, words of agreement and option titles are read as people write them.
    package static func values(_ cell: String, _ question: Question) -> [String] {
        let text = ConversationScript.plain(cell)
        guard !text.isEmpty else { return [] }
        let bare = plain(text)
        switch question.kind {
        case .agreement, .faces, .stars:
            if let number = Double(text), number == number.rounded(), abs(number) < 100 { return ["\(Int(number))"] }
            return [agreement[bare] ?? text]
        case .thumbs:
            switch bare {
            case "up", "1", "yes", "true", "si", "sí": return ["up"]
            case "down", "0", "2", "no", "false": return ["down"]
            default: return [text]
            }
        case .single: return [option(text, question) ?? text]
        case .multiple:
            return text.split { $0 == ";" || $0 == "|" || $0 == "," }.map { piece in
                let piece = ConversationScript.plain(String(piece))
                return option(piece, question) ?? piece
            }
        default: return [text]
        }
    }

    private static func option(_ text: String, _ question: Question) -> String? {
        let bare = plain(text)
        return question.options.first { [$0.id.text, $0.title.en, $0.title.es].map(plain).contains(bare) }?.id.text
    }

    private static let agreement: [String: String] = [
        "strongly disagree": "1", "disagree": "2", "neutral": "3", "neither agree nor disagree": "3", "agree": "4",
        "strongly agree": "5", "muy en desacuerdo": "1", "en desacuerdo": "2", "neutro": "3",
        "ni de acuerdo ni en desacuerdo": "3", "de acuerdo": "4", "muy de acuerdo": "5",
    ]
}
