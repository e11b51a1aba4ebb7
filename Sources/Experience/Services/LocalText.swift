/// The languages every page and definition is written in.
package enum Language: String, CaseIterable, Sendable, Codable, Hashable {
    case en, es
}

/// One text in each language; a definition without both is refused, so a page never falls back silently.
package struct LocalText: Hashable, Sendable, Codable {
    package var en: String
    package var es: String

    package init(en: String, es: String) {
        self.en = en
        self.es = es
    }

    package subscript(language: Language) -> String {
        switch language {
        case .en: en
        case .es: es
        }
    }
}
