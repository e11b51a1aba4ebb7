import RealModule

/// Probabilities of the most frequent 1–3-grams per language, parsed once from text compiled into the program.
struct LanguageProfiles: Sendable {
    /// Language codes; the position is the index used in `grams`.
    let codes: [String]
    /// Packed gram → (language, natural log of probability) pairs.
    let grams: [UInt64: [(language: Int, weight: Double)]]

    static let shared = LanguageProfiles()

    /// A gram of up to three scalars in one word (21 bits each).
    static func pack(_ scalars: some Collection<UInt32>) -> UInt64 {
        scalars.reduce(0) { $0 << 21 | UInt64($1 & 0x1F_FFFF) }
    }

    private init() {
        var codes: [String] = []
        var grams: [UInt64: [(language: Int, weight: Double)]] = Dictionary(minimumCapacity: 30_000)
        let whole = Self.data.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        for line in whole.unicodeScalars.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let language = codes.count
            codes.append(String(line[..<colon]))
            var level = 0
            var gram: [UInt32] = []
            for scalar in line[line.index(after: colon)...] {
                switch scalar {
                case "~": level += 1
                case "|":
                    let weight = -Double(level) / 2 * Double.log(2)
                    grams[Self.pack(gram), default: []].append((language, weight))
                    gram.removeAll(keepingCapacity: true)
                default: gram.append(scalar.value)
                }
            }
        }
        self.codes = codes
        self.grams = grams
    }
}
