import Analyses
import Testing

@Suite struct PNMLTests {
    static let net = PetriNet(sequence: ["apply", "say \"<yes>\" & go", "done"], name: "a path")

    static func error(_ text: String) -> NetError? {
        do {
            _ = try PetriNet(pnml: Array(text.utf8))
            return nil
        } catch { return error as? NetError }
    }

    @Test func readsBackWhatItWrites() throws {
        var net = Self.net
        net.transitions.append(
            PetriNet.Transition(
                id: "skip", label: nil, inputs: [PetriNet.Arc(0)], outputs: [PetriNet.Arc(3, weight: 2)]))
        net.finals.append([0, 0, 0, 2])
        #expect(try PetriNet(pnml: Array(net.pnml().utf8)) == net)
    }

    @Test func aNetWithoutFinalMarkingEndsInItsOnlySink() throws {
        let text = """
            <pnml><net id="n"><place id="a"/><place id="b"/><transition id="t"><name><text>go</text></name></transition>
            <arc id="1" source="a" target="t"/><arc id="2" source="t" target="b"/></net></pnml>
            """
        let net = try PetriNet(pnml: Array(text.utf8))
        #expect(net.initial == [1, 0])
        #expect(net.finals == [[0, 1]])
    }

    @Test func saysWhatIsWrongWithAFile() {
        #expect(Self.error("") == .notPNML(found: "nothing"))
        #expect(Self.error("<html/>") == .notPNML(found: "html"))
        #expect(Self.error("<pnml><net id=\"n\"><place/></net></pnml>") == .missing(element: "place", what: "id"))
        #expect(Self.error("<pnml><net id=\"n\"><place id=\"a\"></net></pnml>") != nil)
        #expect(
            Self.error("<pnml><net><place id=\"a\"/><place id=\"a\"/></net></pnml>") == .duplicateID("a"))
        #expect(
            Self.error("<pnml><net><place id=\"a\"/><arc id=\"x\" source=\"a\" target=\"q\"/></net></pnml>")
                == .unknownNode(arc: "x", id: "q"))
        #expect(
            Self.error(
                "<pnml><net><place id=\"a\"/><place id=\"b\"/><arc id=\"x\" source=\"a\" target=\"b\"/></net></pnml>")
                == .arcBetweenAlike(arc: "x"))
    }

    @Test func refusesEntitiesAndEndlessDepth() {
        let bomb = "<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><pnml>&b;</pnml>"
        guard case .malformedXML = Self.error(bomb) else {
            Issue.record("a document type was accepted")
            return
        }
        #expect(Self.error(String(repeating: "<pnml>", count: 100_000)) != nil)
    }

    /// Any cut and any changed byte gives a net or an error.
    @Test func survivesDamage() {
        let bytes = Array(Self.net.pnml().utf8)
        var random = SmallLogs.Random(state: 3)
        for length in stride(from: 0, to: bytes.count, by: 7) { _ = try? PetriNet(pnml: Array(bytes[..<length])) }
        var refused = 0
        for _ in 0..<400 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            do { _ = try PetriNet(pnml: damaged) } catch { refused += 1 }
        }
        #expect(refused > 20)
    }
}
