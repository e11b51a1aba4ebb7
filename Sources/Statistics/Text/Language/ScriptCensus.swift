/// How many letters of each writing system a text holds.
struct ScriptCensus {
    private(set) var letters = 0
    private var counts: [Script: Int] = [:]

    /// Writing systems that decide a language, or a group of languages that share profiles.
    enum Script: Hashable, CaseIterable {
        case latin, cyrillic, arabic, devanagari, hangul, kana, han, greek, hebrew, thai, armenian, georgian, ethiopic
        case khmer, lao, burmese, bengali, gurmukhi, gujarati, tamil, telugu, kannada, malayalam, sinhala, other

        /// The one language of the product's world that is written with it; `nil` where several are.
        var onlyLanguage: String? {
            switch self {
            case .hangul: "ko"
            case .greek: "el"
            case .thai: "th"
            case .armenian: "hy"
            case .georgian: "ka"
            case .ethiopic: "am"
            case .khmer: "km"
            case .lao: "lo"
            case .burmese: "my"
            case .bengali: "bn"
            case .gurmukhi: "pa"
            case .gujarati: "gu"
            case .tamil: "ta"
            case .telugu: "te"
            case .kannada: "kn"
            case .malayalam: "ml"
            case .sinhala: "si"
            case .hebrew: "he"
            default: nil
            }
        }

        /// Codes of the profiles that compete within this script.
        var candidates: Set<String> {
            switch self {
            case .cyrillic: ["ru", "uk", "bg", "mk"]
            case .arabic: ["ar", "fa", "ur"]
            case .devanagari: ["hi", "mr", "ne"]
            default: []
            }
        }

        init?(_ scalar: Unicode.Scalar) {
            guard scalar.properties.isAlphabetic else { return nil }
            switch scalar.value {
            case 0x41...0x24F, 0x1E00...0x1EFF, 0xFF21...0xFF5A: self = .latin
            case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
            case 0x400...0x52F: self = .cyrillic
            case 0x530...0x58F: self = .armenian
            case 0x590...0x5FF: self = .hebrew
            case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: self = .arabic
            case 0x900...0x97F: self = .devanagari
            case 0x980...0x9FF: self = .bengali
            case 0xA00...0xA7F: self = .gurmukhi
            case 0xA80...0xAFF: self = .gujarati
            case 0xB80...0xBFF: self = .tamil
            case 0xC00...0xC7F: self = .telugu
            case 0xC80...0xCFF: self = .kannada
            case 0xD00...0xD7F: self = .malayalam
            case 0xD80...0xDFF: self = .sinhala
            case 0xE00...0xE7F: self = .thai
            case 0xE80...0xEFF: self = .lao
            case 0x1000...0x109F: self = .burmese
            case 0x10A0...0x10FF, 0x1C90...0x1CBF: self = .georgian
            case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
            case 0x1200...0x139F: self = .ethiopic
            case 0x1780...0x17FF: self = .khmer
            case 0x3040...0x30FF, 0x31F0...0x31FF: self = .kana
            case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: self = .han
            default: self = .other
            }
        }
    }

    init(_ text: String) {
        for scalar in text.unicodeScalars {
            guard let script = Script(scalar) else { continue }
            letters += 1
            counts[script, default: 0] += 1
        }
    }

    func count(_ script: Script) -> Int { counts[script] ?? 0 }

    /// The script of most letters (Japanese counts kana and Han together); `nil` without letters.
    var dominant: Script? {
        if count(.kana) > 0, count(.kana) + count(.han) > letters / 2, count(.kana) * 10 >= count(.han) { return .kana }
        var best: Script?
        for script in Script.allCases where count(script) > (best.map { count($0) } ?? 0) { best = script }
        return best
    }
}
