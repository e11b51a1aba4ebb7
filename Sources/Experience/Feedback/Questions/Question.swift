/// One question of a form or of a request.
package struct Question: Hashable, Sendable {
    package var id: Slug
    package var kind: Kind
    package var text: LocalText
    package var hint: LocalText?
    package var required: Bool
    /// What can be chosen: of single and multiple choice, ranking, and the columns of a matrix.
    package var options: [Option]
    /// What an A-11 driver or an index item this question measures, if any.
    package var driver: Driver?
    /// The lines of a matrix; each is answered with one of the columns.
    package var rows: [Option]
    /// The question is left out unless this holds.
    package var showIf: Condition?
    /// Smallest number, fewest choices.
    package var atLeast: Double?
    /// Greatest number, most choices, most characters of text.
    package var atMost: Double?
    /// What a file may be; empty for every kind we know.
    package var accepts: [FileKind]
    /// The largest file taken, in bytes; nil for ``FileKind/usualLimit``.
    package var maxBytes: Int?
    /// What a hidden question holds, unless the link that opened the form says otherwise.
    package var value: String?

    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// Five faces, 1 to 5.
        case faces
        /// One to five stars.
        case stars
        /// Five-point agreement, 1 strongly disagree to 5 strongly agree.
        case agreement
        case thumbs, single, multiple, matrix, ranking, number, date
        case shortText = "short_text", longText = "long_text"
        case email, phone, postcode, file
        /// Never shown; takes its value from the link or the definition.
        case hidden
        /// Words without an answer.
        case info
    }

    package struct Option: Hashable, Sendable {
        package var id: Slug
        package var title: LocalText

        package init(id: Slug, title: LocalText) {
            self.id = id
            self.title = title
        }
    }

    package enum Driver: String, CaseIterable, Sendable, Codable {
        case satisfaction, trust, effectiveness, ease, efficiency, transparency, humanity, employee
    }

    package init(
        id: Slug, kind: Kind, text: LocalText, hint: LocalText? = nil, required: Bool = false,
        options: [Option] = [], driver: Driver? = nil, rows: [Option] = [], showIf: Condition? = nil,
        atLeast: Double? = nil, atMost: Double? = nil, accepts: [FileKind] = [], maxBytes: Int? = nil,
        value: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.text = text
        self.hint = hint
        self.required = required
        self.options = options
        self.driver = driver
        self.rows = rows
        self.showIf = showIf
        self.atLeast = atLeast
        self.atMost = atMost
        self.accepts = accepts
        self.maxBytes = maxBytes
        self.value = value
    }
}

extension Question {
    package static let shortLimit = 200
    package static let longLimit = 5_000

    /// The most characters a text may have.
    package var characterLimit: Int {
        let most = kind == .longText ? Question.longLimit : Question.shortLimit
        guard let atMost, atMost >= 1, atMost <= Double(Question.longLimit) else { return most }
        return min(Int(atMost), Question.longLimit)
    }

    /// Questions people answer; infos and hidden ones are not counted against a limit.
    package var isAsked: Bool { kind != .info && kind != .hidden }
}
