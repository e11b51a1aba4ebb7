import Statistics
import Testing

@Suite("Personal data in text")
struct PersonalDataTests {
    private func found(_ text: String, readsContext: Bool = true) -> [String] {
        let bytes = Array(text.utf8)
        return PersonalDataScan.spans(in: text, readsContext: readsContext).map {
            $0.kind.rawValue + " " + String(decoding: bytes[$0.bytes], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("card 4111 1111 1111 1111.", ["CARD 4111 1111 1111 1111"]),
        ("amex 3782 822463 10005", ["CARD 3782 822463 10005"]),
        ("write to jane.doe+x@example.org.", ["EMAIL jane.doe+x@example.org"]),
        ("+1 (202) 555-0143 or 202.555.0143", ["PHONE +1 (202) 555-0143", "PHONE 202.555.0143"]),
        ("MBI 1EG4-TE5-MK73, EIN 12-3456789", ["MBI 1EG4-TE5-MK73", "EIN 12-3456789"]),
        ("EAC-21-900-12345 and A-087654321", ["USCIS_RECEIPT EAC-21-900-12345", "A_NUMBER A-087654321"]),
        ("né le 04/12/1956", ["DATE 04/12/1956"]),
        ("+52 55 1234 5678", ["PHONE +52 55 1234 5678"]),
        ("SSN:219-09-9998;x", ["SSN 219-09-9998"]),
    ])
    func finds(_ text: String, _ expected: [String]) {
        #expect(found(text) == expected)
    }

    @Test(arguments: [
        "case 2025550143 was closed", "4111-1111-1111-111", "123-45-6789-0", "x219-09-9998", "219-09-99981",
        "user@localhost", "@twitter", "the 2023-2024 season", "13/13/2020", "1.2.3", "10.0.0.999", "00-1234567",
        "GB82 WEST 1234 5698 7654 33",
    ])
    func leavesAlone(_ text: String) {
        #expect(found(text).isEmpty)
    }

    @Test func wordsBeforeABareNumberSayWhatItIs() {
        #expect(found("my SSN is 219099998") == ["SSN 219099998"])
        #expect(found("my SSN is 219099998", readsContext: false).isEmpty)
        #expect(found("confirmation number 219099998").isEmpty)
    }

    @Test func redactionKeepsEverythingElse() {
        let result = PersonalDataScan.redacted("Señor, 219-09-9998 — call 202-555-0143!")
        #expect(result.text == "Señor, [SSN] — call [PHONE]!")
        #expect(PersonalDataScan.scalarOffset(ofByte: 8, in: "Señor, 219") == 7)
    }

    @Test(arguments: ["1-", "a@", "9", "@", "+1(", "A-1", "GB82 ", "1EG4-", "\u{0}", "💩1.", "9."])
    func hostileRepetitionsNeverOverlap(_ piece: String) {
        let spans = PersonalDataScan.spans(in: String(repeating: piece, count: 3000))
        var end = 0
        for span in spans {
            #expect(span.bytes.lowerBound >= end && !span.bytes.isEmpty)
            end = span.bytes.upperBound
        }
    }

    /// 400 seeded comments with one number each: recall of the structured kinds must be complete.
    @Test func recallsEveryStructuredNumberOfASeededSet() {
        var random = SplitMix64(seed: 31)
        func digits(_ n: Int) -> String { (0..<n).map { _ in String(random.below(10)) }.joined() }
        var missed = 0
        for index in 0..<400 {
            let number: String
            switch index % 4 {
            case 0:
                number =
                    "5\(random.below(6))\(random.below(9) + 1)-\(random.below(89) + 10)-\(random.below(8999) + 1000)"
            case 1:
                number =
                    "(\(random.below(7) + 2)0\(random.below(9) + 1)) \(random.below(7) + 2)3\(digits(1))-\(digits(4))"
            case 2: number = "person\(digits(3))@mail\(digits(2)).org"
            default: number = "\(random.below(223) + 1).\(random.below(256)).\(random.below(256)).\(random.below(256))"
            }
            if found("I said \(number) to them, 3 times").count != 1 { missed += 1 }
        }
        #expect(missed == 0)
    }
}
