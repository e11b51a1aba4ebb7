package import Experience

/// Which language a page is written in: `?lang`, else the cookie, else the browser's wish, else English.
package enum LanguageChoice {
    package static let cookie = "lang"
    package static let parameter = "lang"

    package static func choose(asked: String?, cookie: String?, acceptLanguage: String?) -> Language {
        if let asked, let language = Language(rawValue: asked) { return language }
        if let cookie, let language = Language(rawValue: cookie) { return language }
        return negotiate(acceptLanguage) ?? .en
    }

    /// RFC 9110 §12.5.4 with basic filtering; among equal weights the first listed wins; weight 0 means never.
    package static func negotiate(_ header: String?) -> Language? {
        guard let header else { return nil }
        var best: (language: Language, weight: Double)?
        for part in header.split(separator: ",").prefix(50) {
            let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = pieces.first?.lowercased(),
                let language = Language(rawValue: String(tag.prefix { $0 != "-" }))
            else { continue }
            var weight = 1.0
            if let q = pieces.dropFirst().first(where: { $0.hasPrefix("q=") }) { weight = Double(q.dropFirst(2)) ?? 0 }
            guard weight > 0, weight <= 1 else { continue }
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}
