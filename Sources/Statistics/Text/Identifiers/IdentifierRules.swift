/// Checksums and structural rules of identifiers people put into comments.
///
/// Each rule answers "could this be one?", never "was this issued?". Spaces and hyphens are ignored. A bare number passes
/// many rules by chance (one in ten passes Luhn), so a rule alone never proves what a number is: see ``PersonalDataScan``.
package enum IdentifierRules {
    /// Luhn check digit (ISO/IEC 7812-1) of any number with two digits or more.
    package static func passesLuhn(_ text: String) -> Bool {
        guard let digits = DigitGroups(text.utf8)?.digits, digits.count >= 2 else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// US social security number: area not 000, 666 or 900–999, group not 00, serial not 0000, and not one of the three
    /// numbers printed in advertisements (rule since the randomisation of 2011-06-25, SSA).
    package static func isSocialSecurityNumber(_ text: String) -> Bool {
        guard let digits = DigitGroups(text.utf8)?.digits, digits.count == 9 else { return false }
        let area = DigitGroups.number(digits[0..<3])
        let whole = DigitGroups.number(digits)
        return area != 0 && area != 666 && area < 900 && whole / 10_000 % 100 != 0 && whole % 10_000 != 0
            && ![78_051_120, 219_099_999, 457_555_462].contains(whole)
    }

    /// US individual taxpayer number: 9xx with group 50–65, 70–88, 90–92 or 94–99 (IRS).
    package static func isTaxpayerNumber(_ text: String) -> Bool {
        guard let digits = DigitGroups(text.utf8)?.digits, digits.count == 9, digits[0] == 9 else { return false }
        let group = digits[3] * 10 + digits[4]
        switch group {
        case 50...65, 70...88, 90...92, 94...99: return true
        default: return false
        }
    }

    /// Prefixes never given out by an IRS campus.
    private static let unusedEmployerPrefixes: Set<Int> = [
        0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97,
    ]

    /// US employer number: nine digits with an assigned campus prefix (IRS).
    package static func isEmployerNumber(_ text: String) -> Bool {
        guard let digits = DigitGroups(text.utf8)?.digits, digits.count == 9 else { return false }
        return !unusedEmployerPrefixes.contains(digits[0] * 10 + digits[1])
    }

    /// Medicare beneficiary number (CMS): 11 places `C A AN N A AN N A A N N`, letters without S, L, O, I, B, Z.
    package static func isMedicareNumber(_ text: String) -> Bool {
        guard let characters = DigitGroups(text.utf8)?.characters, characters.count == 11 else { return false }
        return zip(characters, Self.medicareForm).allSatisfy { byte, kind in
            let isDigit = byte <= UInt8(ascii: "9")
            let isLetter = !isDigit && !Self.medicareExcluded.contains(byte)
            switch kind {
            case UInt8(ascii: "C"): return isDigit && byte != UInt8(ascii: "0")
            case UInt8(ascii: "N"): return isDigit
            case UInt8(ascii: "A"): return isLetter
            default: return isDigit || isLetter
            }
        }
    }

    private static let medicareForm: [UInt8] = Array("CA*NA*NAANN".utf8)
    private static let medicareExcluded: Set<UInt8> = Set("SLOIBZ".utf8)

    /// USCIS receipt number: a service-centre code and ten digits, the hyphens of letters allowed.
    package static func isImmigrationReceipt(_ text: String) -> Bool {
        guard let characters = DigitGroups(text.utf8)?.characters, characters.count == 13 else { return false }
        return receiptCentres.contains(String(decoding: characters[0..<3], as: UTF8.self))
            && characters[3...].allSatisfy { $0 <= UInt8(ascii: "9") }
    }

    static let receiptCentres: Set<String> = [
        "EAC", "VSC", "WAC", "CSC", "LIN", "NSC", "SRC", "TSC", "MSC", "NBC", "IOE", "YSC", "POT", "ZLA", "ZNY", "ZCH",
    ]
}
