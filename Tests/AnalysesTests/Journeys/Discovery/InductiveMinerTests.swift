import Analyses
import Testing

@Suite struct InductiveMinerTests {
    static func tree(_ journeys: [[String]], noise: Double = 0) -> String {
        InductiveMiner.tree(of: VariantLog(journeys), noise: noise).text
    }

    @Test func findsTheFourShapes() {
        #expect(Self.tree([["a", "b", "c"]]) == "->( 'a', 'b', 'c' )")
        #expect(Self.tree([["a"], ["b"]]) == "X( 'a', 'b' )")
        #expect(Self.tree([["a", "b"], ["b", "a"]]) == "+( 'a', 'b' )")
        #expect(Self.tree([["a"], ["a", "b", "a"], ["a", "b", "a", "b", "a"]]) == "*( 'a', 'b' )")
        #expect(Self.tree([["a", "b"], ["b"]]) == "->( X( tau, 'a' ), 'b' )")
        #expect(Self.tree([]) == "tau")
    }

    @Test func noiseLeavesOutWhatIsRare() {
        let journeys = [[String]](repeating: ["a", "b", "c"], count: 50) + [["c", "a"]]
        #expect(Self.tree(journeys, noise: 0.2) == "->( 'a', 'b', 'c' )")
        #expect(Self.tree(journeys) != "->( 'a', 'b', 'c' )")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func everyJourneyFitsAndTheNetIsSound(_ seed: UInt64) {
        let rows = SmallLogs.randomRows(seed: seed, journeys: 12, activities: Int(seed % 5) + 2, longest: 8)
        let log = VariantLog(SmallLogs.log(rows))
        let net = InductiveMiner.tree(of: log).petriNet(name: "mined")
        #expect(NetSoundness(net) == .sound)
        #expect(NetConformance(log, net).totalDeviations == 0)
        let noisy = InductiveMiner.tree(of: log, noise: 0.4).petriNet(name: "mined")
        #expect(NetSoundness(noisy) == .sound)
    }

    @Test func unsoundNetsAreFound() {
        var stuck = PetriNet(sequence: ["a", "b"])
        stuck.places.append(PetriNet.Place(id: "never"))
        stuck.initial.append(0)
        stuck.finals = stuck.finals.map { $0 + [0] }
        stuck.transitions[1].inputs.append(PetriNet.Arc(3))
        #expect(NetSoundness(stuck) == .cannotComplete(marking: [0, 1, 0, 0]) || NetSoundness(stuck) != .sound)
        var dead = PetriNet(sequence: ["a"])
        dead.places.append(PetriNet.Place(id: "never"))
        dead.initial.append(0)
        dead.finals = dead.finals.map { $0 + [0] }
        dead.transitions.append(PetriNet.Transition(id: "dead", label: "x", inputs: [PetriNet.Arc(2)], outputs: []))
        #expect(NetSoundness(dead) == .deadTransitions(["dead"]))
        var left = PetriNet(sequence: ["a"])
        left.places.append(PetriNet.Place(id: "more"))
        left.initial.append(0)
        left.finals = left.finals.map { $0 + [0] }
        left.transitions[0].outputs.append(PetriNet.Arc(2))
        #expect(NetSoundness(left) == .leavesTokens(marking: [0, 1, 1]))
    }

    @Test func theAnswerCarriesANetThatReadsBack() throws {
        let answer = try DiscoverQuestion.answer(SmallLogs.four, JourneyOptions())
        let net = try PetriNet(pnml: Array(answer.pnml.utf8))
        #expect(net.places.count == answer.places && net.transitions.count == answer.transitions)
        #expect(NetConformance(VariantLog(SmallLogs.four), net).totalDeviations == 0)
        var options = JourneyOptions()
        options.noise = 1.5
        #expect(throws: JourneyProblem.self) { try DiscoverQuestion.answer(SmallLogs.four, options) }
    }
}
