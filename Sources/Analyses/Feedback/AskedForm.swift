package import Experience

/// A form as reports see it: which of its questions stands for which item, and in what words it was asked.
package struct AskedForm: Sendable, Hashable {
    package var id: Slug
    package var version: Int
    package var title: LocalText
    /// Question ids by item.
    package var items: [SurveyItem: String]
    /// What was asked, by item; the trust question also where it is asked by thumbs.
    package var wordings: [SurveyItem: LocalText]
    /// The trust question, where it is asked by thumbs.
    package var thumbs: String?
    /// The two lists of the second version.
    package var positive: String?
    package var negative: String?
    /// The last question of the second version, in people's own words: "question_4" of an upload.
    package var comment: String?

    /// True for the second version: trust, and what lay behind it.
    package var asksMentions: Bool { positive != nil && negative != nil }

    package init(_ form: FormDefinition) {
        id = form.id
        version = form.version
        title = form.title
        items = [:]
        wordings = [:]
        var own: [SurveyItem] = [.own1, .own2, .own3, .own4]
        for question in form.questions {
            switch question.kind {
            case .faces, .agreement:
                let item = question.driver.flatMap { SurveyItem($0) } ?? own.first
                guard let item, items[item] == nil else { continue }
                if question.driver.flatMap({ SurveyItem($0) }) == nil { own.removeFirst() }
                items[item] = question.id.text
                wordings[item] = question.text
            case .thumbs where question.driver == .trust && thumbs == nil:
                thumbs = question.id.text
                wordings[.trust] = question.text
            case .multiple:
                if question.id.text == "positive" { positive = question.id.text }
                if question.id.text == "negative" { negative = question.id.text }
            case .longText where comment == nil: comment = question.id.text
            default: break
            }
        }
    }

    /// A form whose definition is gone: only the overall rating is known.
    package init(unknown id: Slug, version: Int) {
        self.id = id
        self.version = version
        title = LocalText(en: id.text, es: id.text)
        items = [:]
        wordings = [:]
    }

    /// What one response holds, read from its attributes.
    package func pack(_ attributes: [String: AttributeValue]) -> PackedAnswers {
        var packed = PackedAnswers()
        for (item, question) in items { packed[item] = attributes[question]?.integer.map { Int(clamping: $0) } }
        if packed[.satisfaction] == nil, items[.satisfaction] == nil {
            packed[.satisfaction] = attributes[JourneyState.Key.rating]?.integer.map { Int(clamping: $0) }
        }
        if let thumbs, case .text(let word)? = attributes[thumbs] {
            packed.thumb = word == "up" ? true : word == "down" ? false : nil
        }
        if asksMentions, let trusts = packed.trusts, let list = trusts ? positive : negative {
            var ticked: Set<MentionedDriver> = []
            if case .text(let words)? = attributes[list] {
                for word in words.split(separator: ",") {
                    if let driver = MentionedDriver(rawValue: String(word)) { ticked.insert(driver) }
                }
            }
            packed.mention(positive: trusts, ticked)
        }
        return packed
    }
}
