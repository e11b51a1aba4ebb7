/// Questions asked of people at a touchpoint.
package struct FormDefinition: Hashable, Sendable {
    package var id: Slug
    package var title: LocalText
    package var version: Int
    package var questions: [Question]
    /// The step after which the form is offered; nil when it is only ever opened by the person.
    package var askAfter: Slug?

    package init(id: Slug, title: LocalText, version: Int = 1, questions: [Question], askAfter: Slug? = nil) {
        self.id = id
        self.title = title
        self.version = version
        self.questions = questions
        self.askAfter = askAfter
    }
}

/// One question of a form or of a request.
package struct Question: Hashable, Sendable {
    package var id: Slug
    package var kind: Kind
    package var text: LocalText
    package var hint: LocalText?
    package var required: Bool
    package var options: [Option]
    /// What an A-11 driver or an index item this question measures, if any.
    package var driver: Driver?

    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// Five faces, 1 to 5.
        case faces
        /// Five-point agreement, 1 strongly disagree to 5 strongly agree.
        case agreement
        case thumbs, single, multiple, number, date
        case shortText = "short_text", longText = "long_text"
        case email, phone, postcode

        /// Answers that may name a person or hold their own words: kept in the vault, never in an event.
        package var isPersonal: Bool {
            switch self {
            case .shortText, .longText, .email, .phone: true
            default: false
            }
        }
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
        options: [Option] = [], driver: Driver? = nil
    ) {
        self.id = id
        self.kind = kind
        self.text = text
        self.hint = hint
        self.required = required
        self.options = options
        self.driver = driver
    }
}
