/// The word and emoji lists of VADER, parsed once from text compiled into the program.
struct SentimentLexicon: Sendable {
    /// Word (lower case, some with punctuation) → valence.
    let valence: [String: Double]
    /// Emoji → its description in words.
    let descriptions: [Unicode.Scalar: String]

    static let shared = SentimentLexicon()

    private init() {
        var valence: [String: Double] = Dictionary(minimumCapacity: 7600)
        for line in Self.lines(of: Self.words) {
            guard let tab = line.lastIndex(of: "\t"), let value = Double(line[line.index(after: tab)...])
            else { continue }
            valence[String(line[..<tab])] = value
        }
        self.valence = valence
        var descriptions: [Unicode.Scalar: String] = Dictionary(minimumCapacity: 1300)
        for line in Self.lines(of: Self.emoji) {
            guard let tab = line.firstIndex(of: "\t"), let code = UInt32(line[..<tab], radix: 16),
                let scalar = Unicode.Scalar(code)
            else { continue }
            descriptions[scalar] = String(line[line.index(after: tab)...])
        }
        self.descriptions = descriptions
    }

    private static func lines(of text: StaticString) -> [Substring] {
        let whole = text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        return whole.split(separator: "\n", omittingEmptySubsequences: true)
    }
}
