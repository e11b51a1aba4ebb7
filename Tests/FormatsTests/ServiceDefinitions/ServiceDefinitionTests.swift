import Experience
import Formats
import Foundation
import Testing

@Suite struct ServiceDefinitionTests {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let shipped = [
        "passport-renewal", "unemployment-insurance", "supply-order", "rural-housing-loan", "personnel-request",
    ]

    func read(_ yaml: String) -> ServiceDefinitionReading {
        readServiceDefinition(
            yaml: yaml, file: "services/x.yaml", calendars: .standard,
            today: CivilDate(year: 2026, month: 11, day: 21)!)
    }

    func shippedText(_ name: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent("services/\(name).yaml"), encoding: .utf8)
    }

    @Test(arguments: shipped) func aShippedServiceHasNoFindings(name: String) throws {
        let reading = read(try shippedText(name))
        #expect(reading.findings == [])
        #expect(reading.definition?.id.text == name)
        #expect(reading.definition?.promise != nil)
        #expect(reading.definition?.steps.contains(where: \.closes) == true)
    }

    @Test func everyErrorIsReportedWithItsLineAndTheNearestWord() throws {
        let broken = try shippedText("passport-renewal")
            .replacing("  from: submitted", with: "  from: submited")
            .replacing("calendar: us-federal", with: "calendar: us-fedral")
            .replacing("    by: system", with: "    by: sistem")
            .replacing("audience: public", with: "audiance: public")
        let reading = read(broken)
        #expect(reading.definition == nil)
        let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
        for (needle, hint) in [
            ("submited", "“submitted”"), ("us-fedral", "“us-federal”"), ("sistem", "“system”"),
            ("audiance", "“audience”"),
        ] {
            let line = lines.firstIndex { $0.contains(needle) }.map { $0 + 1 }
            let finding = reading.findings.first { $0.line == line }
            #expect(finding?.message.contains(hint) == true, "\(needle): \(reading.findings)")
        }
    }

    @Test(arguments: [
        "", "just text", "- a\n- b", "service: [", "service: x\nservice: y", "\u{0}", "a: &a [*a]",
        "service: &s {en: *s}",
    ])
    func refusesWhatIsNoDefinition(yaml: String) {
        let reading = read(yaml)
        #expect(reading.definition == nil)
        #expect(!reading.findings.isEmpty)
    }

    @Test func aTextMissingInOneLanguageIsAnError() throws {
        let reading = read(try shippedText("supply-order").replacing("es: Pedir suministros", with: "fr: Commander"))
        #expect(reading.findings.contains { $0.path == "title" && $0.message.contains("“es” is missing") })
    }

    @Test func aPromiseWhoseClockCannotRunIsAnError() throws {
        let text = try shippedText("supply-order")
        let same = read(text.replacing("  to: delivered\n", with: "  to: ordered\n"))
        #expect(same.findings.contains { $0.path == "promise.to" && $0.message.contains("can never run") })
        let backwards = read(
            text.replacing("  from: ordered\n", with: "  from: delivered\n")
                .replacing("  to: delivered\n", with: "  to: ordered\n"))
        #expect(backwards.findings.contains { $0.message.contains("runs forward") })
    }

    @Test func requotingAndSuppliersNameWhatExists() throws {
        let text = try shippedText("supply-order")
        let definition = try #require(read(text).definition)
        #expect(definition.promise?.milestones.map(\.text) == ["acknowledged", "shipped"])
        #expect(definition.promise?.warning?.from == 0.4)
        #expect(definition.suppliers?.programme == .globalSupply && definition.suppliers?.attribute == "supplier")
        for (right, wrong, hint) in [
            ("at: [acknowledged, shipped]", "at: [acknowledged, shiped]", "“shipped”"),
            ("warn_from: 0.4", "warn_form: 0.4", "“warn_from”"),
            ("warn_from: 0.4", "warn_from: 2", "from 0.05 to 0.95"),
            ("gsa_global_supply", "gsa_globl_supply", "“gsa_global_supply”"),
            ("attribute: supplier", "attribute: suplier", "“supplier”"),
            ("fulfilled: shipped", "fulfilled: shippped", "“shipped”"),
        ] {
            let reading = read(text.replacing(right, with: wrong))
            #expect(reading.findings.contains { $0.message.contains(hint) }, "\(wrong): \(reading.findings)")
        }
        let off = read(text.replacing("    warn: true\n", with: "    warn: false\n"))
        #expect(off.definition?.promise?.warning == nil)
        #expect(off.findings.map(\.severity) == [.warning])
    }

    @Test func anExpiredCollectionIsAWarningNotAnError() throws {
        let reading = read(try shippedText("passport-renewal").replacing("2027-12-31", with: "2025-12-31"))
        #expect(reading.definition != nil)
        #expect(reading.findings.map(\.severity) == [.warning])
    }

    @Test func aTruncatedFileIsNeverHalfAService() throws {
        let text = try shippedText("rural-housing-loan")
        for cut in stride(from: 0, to: text.count, by: 61) {
            let reading = read(String(text.prefix(cut)))
            #expect(reading.definition == nil || !reading.definition!.steps.isEmpty)
        }
    }
}
