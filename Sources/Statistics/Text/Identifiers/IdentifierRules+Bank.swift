extension IdentifierRules {
    /// Length of an IBAN by country (registry of ISO 13616; countries of the SWIFT list).
    private static let accountLengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
        "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
        "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
        "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
        "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
        "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
        "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
        "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
        "YE": 30,
    ]

    /// The length an IBAN of a country has; `nil` for a country without IBAN.
    static func accountLength(country: some Sequence<UInt8>) -> Int? {
        accountLengths[String(decoding: Array(country), as: UTF8.self)]
    }

    /// International bank account number: country length and remainder 1 modulo 97 (ISO 13616, ISO 7064).
    package static func isBankAccount(_ text: String) -> Bool {
        guard let characters = DigitGroups(text.utf8)?.characters, characters.count >= 15,
            accountLength(country: characters[0..<2]) == characters.count,
            characters[2...3].allSatisfy({ $0 <= UInt8(ascii: "9") })
        else { return false }
        var remainder = 0
        for byte in characters[4...] + characters[..<4] {
            if byte <= UInt8(ascii: "9") {
                remainder = (remainder * 10 + Int(byte - UInt8(ascii: "0"))) % 97
            } else {
                remainder = (remainder * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
            }
        }
        return remainder == 1
    }

    /// Payment card: 12–19 digits of a card network's range with a Luhn check digit (ISO/IEC 7812-1).
    package static func isPaymentCard(_ text: String) -> Bool {
        guard let digits = DigitGroups(text.utf8)?.digits, (12...19).contains(digits.count) else { return false }
        return (2...6).contains(digits[0]) && passesLuhn(text)
    }

    /// North American phone number of ten digits (or eleven with a leading 1): area and exchange codes start with 2–9, the
    /// area's middle digit is not 9, and neither code ends in 11 (NANP).
    package static func isNorthAmericanPhone(_ text: String) -> Bool {
        let bytes = text.utf8.filter { !"()+. -/".utf8.contains($0) }
        guard var digits = DigitGroups(bytes)?.digits else { return false }
        if digits.count == 11, digits[0] == 1 { digits.removeFirst() }
        guard digits.count == 10 else { return false }
        return digits[0] >= 2 && digits[1] != 9 && digits[3] >= 2 && !(digits[1] == 1 && digits[2] == 1)
            && !(digits[4] == 1 && digits[5] == 1)
    }
}
