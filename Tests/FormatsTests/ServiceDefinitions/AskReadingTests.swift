import Experience
import Formats
import Foundation
import Testing

@Suite struct AskReadingTests {
    static func read(_ touchpoint: String, asking: String = "") throws -> ServiceDefinitionReading {
        let file = ServiceDefinitionTests.root.appendingPathComponent("services/passport-renewal.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(
                "\nsteps:\n",
                with: "\n  - id: extra\n    title: { en: Extra, es: Otro }\n\(touchpoint)\n\(asking)\nsteps:\n")
        return readServiceDefinition(
            yaml: text, file: "x.yaml", calendars: .standard, today: CivilDate(year: 2026, month: 11, day: 21)!)
    }

    @Test func aPlanTakesWhatItDoesNotSayFromTheService() throws {
        let reading = try Self.read(
            "    channel: web\n    ask: { form: after-delivery, share: 0.25, seed: 9 }",
            asking: "asking: { quiet_days: 14, at_most: 2, within_days: 90 }")
        #expect(reading.findings == [])
        let place = reading.definition?.touchpoints.first { $0.id.text == "extra" }
        #expect(
            place?.ask?.rules == AskRules(share: 0.25, seed: 9, quietDays: 14, atMost: 2, withinDays: 90))
        #expect(place?.ask?.form.text == "after-delivery")
    }

    @Test(arguments: [
        ("    channel: web\n    ask: { form: after-delivry }", "did you mean “after-delivery”"),
        ("    channel: web\n    ask: { form: after-delivery, share: 0 }", "a share of 0 asks nobody"),
        ("    channel: web\n    ask: { form: after-delivery, share: 1.5 }", "from 0 to 1"),
        ("    channel: web\n    ask: { form: after-delivery, quiet_days: 1.5 }", "a whole number"),
        ("    channel: web\n    ask: { form: after-delivery, at_most: 0 }", "from 1 to 1000"),
        ("    channel: web\n    ask: { form: after-delivery, seed: -1 }", "a seed"),
        ("    channel: web\n    ask: { share: 0.5 }", "“form” is missing"),
        ("    channel: kiosk\n    ask: { form: kiosk, share: 0.5 }", "nobody at a kiosk is known"),
        ("    channel: web\n    ask: { form: kiosk }\n    keyword: GO", "only a touchpoint of channel sms"),
        ("    channel: web\n    keyword: STOP", "already means something"),
        ("    channel: web\n    keyword: \"a b\"", "letters A–Z"),
    ])
    func saysWhatIsWrongWithAPlan(touchpoint: String, message: String) throws {
        let reading = try Self.read(touchpoint)
        #expect(reading.definition == nil)
        #expect(reading.findings.contains { $0.message.contains(message) }, "\(reading.findings)")
    }
}
