/// Splits text into the word pieces a BERT model was trained on (lower-cased, accents stripped).
///
/// - Method: control characters dropped, CJK characters set apart, canonical decomposition without marks, lower case, split at
///   white space and punctuation, then the longest piece in the vocabulary again and again ("##" continues a word).
/// - Reference: Wu et al. 2016, arXiv 1609.08144; Devlin et al. 2019. Same pieces as the "uncased" tokenizers.
/// - A word of more than 100 characters or with an unknown part becomes `[UNK]`. English first: other languages fall into
///   many small pieces.
package struct WordPieceTokenizer: Sendable {
    /// Piece → id (its line in the vocabulary file, from 0).
    private let ids: [String: Int]
    private let unknown: Int
    private let start: Int
    private let end: Int
    private let pieces: [String]

    /// `nil` when the vocabulary lacks `[UNK]`, `[CLS]` or `[SEP]`.
    package init?(vocabulary: [String]) {
        let ids = Dictionary(vocabulary.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        guard let unknown = ids["[UNK]"], let start = ids["[CLS]"], let end = ids["[SEP]"] else { return nil }
        self.ids = ids
        self.unknown = unknown
        self.start = start
        self.end = end
        pieces = vocabulary
    }

    /// The piece with an id; `nil` outside the vocabulary.
    package func piece(_ id: Int) -> String? { pieces.indices.contains(id) ? pieces[id] : nil }

    /// Ids with `[CLS]` before and `[SEP]` after, cut to `limit` in all.
    package func encode(_ text: String, limit: Int = 256) -> [Int] {
        var result = [start]
        for word in words(of: text) {
            if result.count >= limit - 1 { break }
            result.append(contentsOf: split(word))
        }
        return Array(result.prefix(max(limit - 1, 1))) + [end]
    }

    /// Longest-match-first pieces of one word.
    private func split(_ word: [Unicode.Scalar]) -> [Int] {
        guard word.count <= 100 else { return [unknown] }
        var result: [Int] = []
        var from = 0
        while from < word.count {
            var to = word.count
            var found: Int?
            while to > from, found == nil {
                var piece = String.UnicodeScalarView(from > 0 ? "##".unicodeScalars : "".unicodeScalars)
                piece.append(contentsOf: word[from..<to])
                found = ids[String(piece)]
                if found == nil { to -= 1 }
            }
            guard let id = found else { return [unknown] }
            result.append(id)
            from = to
        }
        return result
    }

    /// Normalised words; punctuation and CJK characters stand alone.
    private func words(of text: String) -> [[Unicode.Scalar]] {
        var result: [[Unicode.Scalar]] = []
        var word: [Unicode.Scalar] = []
        func close() {
            if !word.isEmpty { result.append(word) }
            word.removeAll()
        }
        for character in text {
            for scalar in LatinComposition.canonical(character) {
                let category = scalar.properties.generalCategory
                if scalar.properties.isWhitespace {
                    close()
                    continue
                }
                if category == .nonspacingMark || Self.isDropped(scalar, category) { continue }
                let isAlone = Self.isPunctuation(scalar, category) || Self.isIdeograph(scalar)
                if isAlone { close() }
                for lower in scalar.properties.lowercaseMapping.unicodeScalars
                where lower.properties.generalCategory != .nonspacingMark {
                    word.append(lower)
                }
                if isAlone { close() }
            }
        }
        close()
        return result
    }

    private static func isDropped(_ scalar: Unicode.Scalar, _ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        default: scalar.value == 0xFFFD
        }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar, _ category: Unicode.GeneralCategory) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        default: break
        }
        switch category {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B81F, 0x2B920...0x2CEAF,
            0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
