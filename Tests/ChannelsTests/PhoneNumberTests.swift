import Channels
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: ["(555) 010-0199", "555.010.0199", "1 555 010 0199", "+1 555 010 0199", "001 555 010 0199"])
    func writesOneNumberOneWay(typed: String) {
        #expect(PhoneNumber(typed)?.text == "+15550100199")
    }

    @Test func keepsNumbersOfOtherCountries() {
        #expect(PhoneNumber("+52 55 1234 5678")?.text == "+525512345678")
    }

    @Test(arguments: ["", "555", "0155 1234567", "call me", "+1-555-010-0199 ext. 4", "++15550100199", "٥٥٥٠١٠٠١٩٩"])
    func guessesNothing(typed: String) { #expect(PhoneNumber(typed) == nil) }
}
