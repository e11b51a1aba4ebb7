/// Base letters and marks of letters with diacritics, found through Unicode's own canonical equivalence.
///
/// The standard library compares characters by canonical equivalence, so a table keyed by characters made of base and mark
/// also answers for the one-scalar form. It covers Latin, Greek, Cyrillic and kana; other letters come back unchanged.
enum LatinComposition {
    private static let marks: [UInt32] = [
        0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x30F, 0x311, 0x31B, 0x323,
        0x324, 0x325, 0x326, 0x327, 0x328, 0x32D, 0x32E, 0x330, 0x331, 0x342, 0x345, 0x3099, 0x309A,
    ]

    /// Every character of base and one or two marks that also exists as a single scalar → base and marks.
    private static let decompositions: [Character: [Unicode.Scalar]] = {
        let blocks: [ClosedRange<UInt32>] = [
            0xC0...0x24F, 0x386...0x3D4, 0x400...0x4F9, 0x1E00...0x1FFF, 0x304C...0x30FE,
        ]
        var single: Set<Character> = []
        for value in blocks.joined() {
            if let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic { single.insert(Character(scalar)) }
        }
        let bases: [ClosedRange<UInt32>] = [
            0x41...0x5A, 0x61...0x7A, 0xC6...0xC6, 0xD8...0xD8, 0xE6...0xE6, 0xF8...0xF8, 0x17F...0x17F, 0x391...0x3C9,
            0x410...0x44F, 0x456...0x456, 0x3046...0x30FD,
        ]
        var table: [Character: [Unicode.Scalar]] = [:]
        func add(_ scalars: [Unicode.Scalar]) -> Bool {
            let text = String(String.UnicodeScalarView(scalars))
            guard text.count == 1, let character = text.first, single.contains(character), table[character] == nil
            else { return false }
            table[character] = scalars
            return true
        }
        for value in bases.joined() {
            guard let base = Unicode.Scalar(value) else { continue }
            for mark in marks.compactMap(Unicode.Scalar.init) where add([base, mark]) {
                for second in marks.compactMap(Unicode.Scalar.init) where add([base, mark, second]) {
                    for third in [0x342, 0x345, 0x301].compactMap(Unicode.Scalar.init) {
                        _ = add([base, mark, second, third])
                    }
                }
            }
        }
        return table
    }()

    /// The single-scalar form by decomposed character.
    private static let singles: [Character: Unicode.Scalar] = {
        var table: [Character: Unicode.Scalar] = [:]
        for value in [0xC0...0x24F, 0x386...0x4F9, 0x1E00...0x1FFF, 0x304C...0x30FE].joined() {
            if let scalar = Unicode.Scalar(UInt32(value)), table[Character(scalar)] == nil {
                table[Character(scalar)] = scalar
            }
        }
        return table
    }()

    /// Base letter and marks of a character, or its own scalars.
    static func decompose(_ character: Character) -> [Unicode.Scalar] {
        if character.isASCII { return Array(character.unicodeScalars) }
        return decompositions[character] ?? Array(character.unicodeScalars)
    }

    /// The one-scalar form of a character where there is one, else its scalars.
    static func compose(_ character: Character) -> [Unicode.Scalar] {
        if character.unicodeScalars.count == 1 { return Array(character.unicodeScalars) }
        return singles[character].map { [$0] } ?? Array(character.unicodeScalars)
    }
}

extension LatinComposition {
    /// Canonical decomposition of a character, Hangul syllables included.
    static func canonical(_ character: Character) -> [Unicode.Scalar] {
        if character.isASCII { return Array(character.unicodeScalars) }
        if let known = decompositions[character] { return known }
        return character.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
            guard (0xAC00...0xD7A3).contains(scalar.value) else { return decompositions[Character(scalar)] ?? [scalar] }
            let index = scalar.value - 0xAC00
            let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
            return (index % 28 == 0 ? parts.dropLast() : parts[...]).compactMap(Unicode.Scalar.init)
        }
    }
}
