package import Experience

/// Themes of comments and the words that tell them: curated, readable, changed without a build.
package struct ThemeList: Sendable {
    package struct Theme: Sendable, Hashable {
        package var id: Slug
        package var title: LocalText
        /// A word ("queue"), a phrase ("on hold"), or the start of words ("wait*"), in small letters.
        package var terms: [String]
        /// A few comments of this theme, in our own words.
        package var examples: [String]

        package init(id: Slug, title: LocalText, terms: [String], examples: [String]) {
            self.id = id
            self.title = title
            self.terms = terms
            self.examples = examples
        }
    }

    package let themes: [Theme]
    private let index: TermIndex

    package init(_ themes: [Theme]) {
        self.themes = themes
        index = TermIndex(themes)
    }

    /// Places of the themes a comment is about; none where no term occurs.
    package func themes(of comment: String) -> Set<Int> { index.find(CommentWords.of(comment)) }
}

/// A comment as words: small letters, no signs, at most the first 2,000 words.
package enum CommentWords {
    package static func of(_ comment: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        func close() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in comment.lowercased().utf8 {
            // Letters of any script, digits and the apostrophe inside a word; all else parts words.
            let isLetter = byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            if isLetter {
                word.append(byte)
            } else if byte != 0x27 {
                close()
                if words.count >= 2_000 { break }
            }
        }
        close()
        return words
    }
}

/// Terms by their first word, so that a comment is read once whatever the number of themes.
private struct TermIndex: Sendable {
    private struct Entry: Sendable {
        var theme: Int
        var rest: [String]
        var isPrefix: Bool
    }

    private var words: [String: [Entry]] = [:]
    /// Beginnings of words, by their first three bytes.
    private var beginnings: [String: [(start: String, entry: Entry)]] = [:]

    init(_ themes: [ThemeList.Theme]) {
        for (place, theme) in themes.enumerated() {
            for term in theme.terms {
                let isPrefix = term.hasSuffix("*")
                let parts = CommentWords.of(isPrefix ? String(term.dropLast()) : term)
                guard let first = parts.first else { continue }
                let entry = Entry(theme: place, rest: Array(parts.dropFirst()), isPrefix: isPrefix)
                if parts.count == 1, isPrefix {
                    beginnings[String(first.prefix(3)), default: []].append((first, entry))
                } else {
                    words[first, default: []].append(entry)
                }
            }
        }
    }

    func find(_ comment: [String]) -> Set<Int> {
        var found: Set<Int> = []
        for (at, word) in comment.enumerated() {
            for (start, entry) in beginnings[String(word.prefix(3))] ?? [] where word.hasPrefix(start) {
                found.insert(entry.theme)
            }
            for entry in words[word] ?? [] where !found.contains(entry.theme) {
                let following = comment[(at + 1)...].prefix(entry.rest.count)
                guard following.count == entry.rest.count else { continue }
                let isSame = zip(entry.rest.indices, following).allSatisfy { place, given in
                    entry.isPrefix && place == entry.rest.count - 1
                        ? given.hasPrefix(entry.rest[place]) : given == entry.rest[place]
                }
                if isSame { found.insert(entry.theme) }
            }
        }
        return found
    }
}
