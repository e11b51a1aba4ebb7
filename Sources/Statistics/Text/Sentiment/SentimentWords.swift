/// A comment split the way VADER does: emoji written out, words without the punctuation around them, emoticons kept.
struct SentimentWords {
    /// The text after emoji were replaced and space around it removed.
    let text: String
    let words: [String]
    let lowercased: [String]
    /// Some, but not all, words are in capitals.
    let hasMixedCapitals: Bool
    let isUppercase: [Bool]

    init(_ original: String, descriptions: [Unicode.Scalar: String]) {
        var written = String.UnicodeScalarView()
        var afterSpace = true
        for scalar in original.unicodeScalars {
            if let description = descriptions[scalar] {
                if !afterSpace { written.append(" ") }
                written.append(contentsOf: description.unicodeScalars)
                afterSpace = false
            } else {
                written.append(scalar)
                afterSpace = scalar == " "
            }
        }
        text = String(Self.trim(written[...], where: Self.isSpace))
        words = text.unicodeScalars.split(whereSeparator: Self.isSpace).map { token in
            // Two characters or fewer left: probably an emoticon, so keep the token whole.
            let stripped = Self.trim(token, where: Self.isPunctuation)
            return String(stripped.count <= 2 ? token : stripped)
        }
        lowercased = words.map { $0.lowercased() }
        isUppercase = words.map(Self.isUpper)
        let capitals = isUppercase.count { $0 }
        hasMixedCapitals = capitals > 0 && capitals < words.count
    }

    private static func trim(
        _ view: Substring.UnicodeScalarView, where isTrimmed: (Unicode.Scalar) -> Bool
    ) -> Substring.UnicodeScalarView {
        var start = view.startIndex
        while start < view.endIndex, isTrimmed(view[start]) { start = view.index(after: start) }
        var end = view.endIndex
        while end > start, isTrimmed(view[view.index(before: end)]) { end = view.index(before: end) }
        return view[start..<end]
    }

    /// White space as the reference's language splits by it: the Unicode property and four separator controls.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// The 32 ASCII punctuation characters; others stay.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// At least one cased character, none lower or title case.
    private static func isUpper(_ word: String) -> Bool {
        var hasUpper = false
        for scalar in word.unicodeScalars {
            if scalar.properties.isLowercase || scalar.properties.generalCategory == .titlecaseLetter { return false }
            if scalar.properties.isUppercase { hasUpper = true }
        }
        return hasUpper
    }
}
