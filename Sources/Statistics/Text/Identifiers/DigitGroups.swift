/// The letters and digits of an identifier as people write it.
struct DigitGroups {
    /// ASCII letters (upper-cased) and digits, separators left out.
    let characters: [UInt8]

    /// `nil` when the text holds anything but ASCII letters, digits, spaces and hyphens, or is longer than 64.
    init?(_ text: some Sequence<UInt8>) {
        var kept: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): kept.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): kept.append(byte - 32)
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            default: return nil
            }
            if kept.count > 64 { return nil }
        }
        characters = kept
    }

    /// The digits as numbers; `nil` when there is a letter or none at all.
    var digits: [Int]? {
        guard !characters.isEmpty, characters.allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return nil }
        return characters.map { Int($0 - UInt8(ascii: "0")) }
    }

    /// Number formed by some of the digits.
    static func number(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
