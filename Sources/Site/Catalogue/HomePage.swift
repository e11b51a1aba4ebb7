import Experience

/// The catalogue of services.
struct HomePage: Page {
    static let template = "pages/home"
    var title: String
    var find: String
    var isSearch: Bool
    var count: String
    var cards: [Card]
    var isEmpty: Bool
    var trackPath = Paths.track
    var homePath = Paths.home

    struct Card: Sendable {
        var title: String
        var agency: String
        var summary: String
        var href: String
        var audience: String?
        /// The one or two facts that fit a card; empty when nothing may be published.
        var facts: [Fact]
        var hasFacts: Bool
    }

    struct Fact: Sendable {
        var value: String
        var label: String
    }

    init(cards: [Card], find: String, format: Format) {
        title = format.words["home_title"]
        self.find = find
        isSearch = !find.isEmpty
        count = format.words.counted("home_count", cards.count)
        self.cards = cards
        isEmpty = cards.isEmpty
    }

    /// Every word asked for occurs in the title, agency or summary, whatever its case or accents.
    static func matches(_ definition: ServiceDefinition, _ find: String, _ language: Language) -> Bool {
        let text = folded(
            "\(definition.title[language]) \(definition.agencyName[language]) \(definition.summary[language])")
        return folded(find).split(separator: " ").prefix(10).allSatisfy { text.contains($0) }
    }

    private static func folded(_ text: String) -> String {
        let plain: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n"]
        return String(text.lowercased().map { plain[$0] ?? $0 })
    }
}

extension HomePage.Card {
    init(_ definition: ServiceDefinition, _ facts: PublicFacts?, _ format: Format) {
        let language = format.language
        title = definition.title[language]
        agency = definition.agencyName[language]
        summary = definition.summary[language]
        href = Paths.service(definition.id)
        audience =
            switch definition.audience {
            case .public: nil
            case .businesses: format.words["audience_businesses"]
            case .employees: format.words["audience_employees"]
            }
        var shown: [HomePage.Fact] = []
        if let kept = facts?.kept.value {
            shown.append(HomePage.Fact(value: format.share(kept), label: format.words["fact_kept_short"]))
        }
        if let half = facts?.halfDone.value {
            shown.append(
                HomePage.Fact(
                    value: format.bound(half, facts?.halfDone.unit ?? .days), label: format.words["fact_half_short"]))
        }
        self.facts = shown
        hasFacts = !shown.isEmpty
    }
}
