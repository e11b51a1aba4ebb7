/// A telephone number as carriers write it (E.164): a plus sign and 8 to 15 digits.
package struct PhoneNumber: Hashable, Sendable {
    package let text: String

    /// Reads a number as people type it: "+1 555 010 0199", "(555) 010-0199", "1-555-010-0199". Ten digits, or eleven that
    /// begin with 1, are of North America; others need their country. Nil for everything else.
    package init?(_ typed: String) {
        guard typed.utf8.count <= 40 else { return nil }
        var digits = ""
        var hasPlus = false
        for character in typed {
            switch character {
            case "0"..."9" where character.isASCII: digits.append(character)
            case "+" where digits.isEmpty && !hasPlus: hasPlus = true
            case " ", "-", ".", "(", ")", "/", "\u{A0}": continue
            default: return nil
            }
        }
        if !hasPlus {
            if digits.hasPrefix("00") {
                digits.removeFirst(2)
            } else if digits.count == 10 {
                digits = "1" + digits
            } else if digits.count != 11 || !digits.hasPrefix("1") {
                return nil
            }
        }
        guard (8...15).contains(digits.count), !digits.hasPrefix("0") else { return nil }
        text = "+" + digits
    }
}
