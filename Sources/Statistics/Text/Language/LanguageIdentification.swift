import RealModule

/// Which language a comment is written in.
///
/// - Method: the writing system first (it alone decides Korean, Japanese, Chinese, Greek, Thai, …); inside a shared script, naive
///   Bayes over 1–3-grams of letters with word boundaries.
/// - Reference: Cavnar & Trenkle 1994; Nakatani 2010 (langdetect); profiles from langdetect 1.0.9 (Apache-2.0, see NOTICE),
///   here summed over all grams instead of sampled, so that the same text always gets the same answer.
/// - Smallest n: ``minimumLetters`` letters, unless the script alone decides; below that, and when two languages are about
///   as likely, the answer is ``undetermined``.
/// - Haitian Creole has no profile: it is told by its function words (an own short word list), less surely than the others.
/// - Do not use it for Hmong or Indigenous languages (no profile: they come out as a neighbour or undetermined), for mixed
///   text, or to guess where a person comes from.
package struct LanguageIdentification: Sendable, Equatable {
    /// ISO 639-1 code, or ``undetermined``.
    package let code: String
    /// Posterior share of the best language among those that share its script, 0...1; 1 when the script decides.
    package let probability: Double

    /// The code for "cannot be told".
    package static let undetermined = "und"
    /// Letters needed when several languages share the script.
    package static let minimumLetters = 20
    private static let unknown = LanguageIdentification(code: undetermined, probability: 0)

    /// Identifies the language of a text; only the first 2,000 letters are read.
    package static func identify(_ text: String) -> LanguageIdentification {
        let head = String(text.unicodeScalars.prefix(4000))
        let census = ScriptCensus(head)
        guard let script = census.dominant else { return unknown }
        if let only = script.onlyLanguage { return LanguageIdentification(code: only, probability: 1) }
        if script == .kana { return LanguageIdentification(code: "ja", probability: 1) }
        if script == .han { return LanguageIdentification(code: "zh", probability: 1) }
        guard census.letters >= minimumLetters, script != .other else { return unknown }
        if script == .latin, HaitianCreole.isLikely(head) {
            return LanguageIdentification(code: "ht", probability: 0.9)
        }
        return bayes(head, script)
    }

    private static func bayes(_ text: String, _ script: ScriptCensus.Script) -> LanguageIdentification {
        let profiles = LanguageProfiles.shared
        let shared: Set<String> = [.cyrillic, .arabic, .devanagari].reduce(into: []) {
            $0.formUnion(($1 as ScriptCensus.Script).candidates)
        }
        let candidates = profiles.codes.indices.filter { index in
            let code = profiles.codes[index]
            return script == .latin ? !shared.contains(code) : script.candidates.contains(code)
        }
        var scores = Array(repeating: 0.0, count: profiles.codes.count)
        // An unseen gram gets the weight of half a step below the rarest kept.
        let floor = -9.5
        var grams = 0
        forEachGram(of: text, script) { gram in
            guard let entries = profiles.grams[gram] else { return }
            grams += 1
            // Everyone pays the floor through `grams`; those who know the gram get the difference back.
            for entry in entries { scores[entry.language] += entry.weight - floor }
        }
        guard grams > 0, let best = candidates.max(by: { scores[$0] < scores[$1] }) else { return unknown }
        // Overlapping grams are far from independent: a third of the evidence is closer to the truth.
        let total = candidates.reduce(0.0) { $0 + Double.exp((scores[$1] - scores[best]) / 3) }
        let probability = 1 / total
        guard probability >= 0.6 else { return unknown }
        return LanguageIdentification(code: profiles.codes[best], probability: probability)
    }

    /// Calls back with every 1–3-gram of letters; a space stands for a word's edge.
    private static func forEachGram(of text: String, _ script: ScriptCensus.Script, _ body: (UInt64) -> Void) {
        let space: UInt32 = 0x20
        var window: [UInt32] = [space]
        func add(_ value: UInt32) {
            if value == space, window.last == space { return }
            if window.last == space { window = [space] }
            window.append(value)
            if window.count > 3 { window.removeFirst(window.count - 3) }
            for length in 1...min(3, window.count) {
                if length == 1, value == space { continue }
                body(LanguageProfiles.pack(window.suffix(length)))
            }
        }
        for scalar in composed(text).unicodeScalars {
            let isMark =
                scalar.properties.generalCategory == .nonspacingMark
                || scalar.properties.generalCategory == .spacingMark
            if ScriptCensus.Script(scalar) == script || isMark && scalar.value >= 0x900 {
                add(folded(scalar))
            } else if scalar.value != 0x200C {
                add(space)
            }
        }
        add(space)
    }

    /// Base letters with separate Latin marks joined where the language has the joined letter.
    private static func composed(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0x300...0x36F).contains($0.value) }) else { return text }
        return String(String.UnicodeScalarView(text.flatMap { LatinComposition.compose($0) }))
    }

    /// Lower case, and the folds the profiles were made with.
    private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        switch lower.value {
        case 0x219: return 0x15F
        case 0x21B: return 0x163
        case 0x6CC: return 0x64A
        case 0x1EA0...0x1EFF: return 0x1EC3
        default: return lower.value
        }
    }
}
