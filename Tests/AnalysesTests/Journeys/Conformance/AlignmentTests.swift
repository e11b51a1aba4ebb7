import Analyses
import Testing

@Suite struct AlignmentTests {
    /// Fewest deviations by trying everything: the plain shortest path over (marking, position), no estimate.
    static func naive(_ path: [Int], _ net: PetriNet, _ names: [String], limit: Int = 60) -> Int? {
        struct State: Hashable { var marking: [Int], position: Int }
        var frontier: [State] = [State(marking: net.initial, position: 0)]
        var best: [State: Int] = [frontier[0]: 0]
        for cost in 0...limit {
            var stack = frontier.filter { best[$0] == cost }
            var next: [State] = []
            while let state = stack.popLast() {
                if best[state] != cost { continue }
                if state.position == path.count, net.finals.contains(state.marking) { return cost }
                func reach(_ marking: [Int], _ position: Int, _ price: Int) {
                    guard marking.allSatisfy({ $0 < 6 }) else { return }
                    let state = State(marking: marking, position: position)
                    guard (best[state] ?? .max) > price else { return }
                    best[state] = price
                    if price == cost { stack.append(state) } else { next.append(state) }
                }
                if state.position < path.count { reach(state.marking, state.position + 1, cost + 1) }
                for index in net.transitions.indices where net.isEnabled(index, in: state.marking) {
                    var marking = state.marking
                    net.fire(index, in: &marking)
                    guard let label = net.transitions[index].label else {
                        reach(marking, state.position, cost)
                        continue
                    }
                    reach(marking, state.position, cost + 1)
                    if state.position < path.count, names[path[state.position]] == label {
                        reach(marking, state.position + 1, cost)
                    }
                }
            }
            frontier = next
        }
        return nil
    }

    static func log(_ seed: UInt64, journeys: Int = 25, activities: Int = 5, longest: Int = 7) -> VariantLog {
        VariantLog(
            SmallLogs.log(
                SmallLogs.randomRows(seed: seed, journeys: journeys, activities: activities, longest: longest)))
    }

    /// Nets mined from one random log, paths of another: silent steps, loops and parallel parts.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func costsAreThoseOfExhaustiveSearch(_ seed: UInt64) throws {
        let model = Self.log(seed, journeys: 6, longest: 5)
        let net = InductiveMiner.tree(of: model, noise: seed % 2 == 0 ? 0.3 : 0).petriNet(name: "mined")
        let log = Self.log(seed + 100)
        var aligner = Aligner(net, activities: log.activities)
        for variant in log.variants {
            let found = aligner.align(variant.path)
            #expect(found.isExact)
            #expect(found.cost == Self.naive(variant.path, net, log.activities))
            let moves = found.moves.filter { if case .synchronous = $0 { false } else { true } }
            #expect(moves.count == found.cost, "the moves shown cost what is said")
            let events = found.moves.compactMap { move -> String? in
                switch move {
                case .synchronous(let name), .log(let name): name
                case .model: nil
                }
            }
            #expect(events == log.names(of: variant.path), "every event is in the alignment, in order")
        }
    }

    @Test func aSequenceCostsTheEditsToIt() throws {
        let log = VariantLog([["a", "b", "c"], ["a", "c", "b"], ["c"], ["a", "x", "b", "c"], []])
        let found = NetConformance(log, PetriNet(sequence: ["a", "b", "c"]))
        var costs: [[String]: Int] = [:]
        for variant in found.variants { costs[log.names(of: variant.path)] = variant.alignment?.cost }
        #expect(costs == [["a", "b", "c"]: 0, ["a", "c", "b"]: 2, ["c"]: 2, ["a", "x", "b", "c"]: 1, []: 3])
        #expect(found.activitiesNotInModel == ["x"])
    }

    @Test func aBudgetThatRunsOutGivesBoundsAroundTheTruth() throws {
        let model = Self.log(5, journeys: 6, longest: 6)
        let net = InductiveMiner.tree(of: model).petriNet(name: "mined")
        let log = Self.log(205, longest: 9)
        var exact = Aligner(net, activities: log.activities)
        var hurried = Aligner(net, activities: log.activities, budget: AlignmentBudget(states: 12))
        var bounded = 0
        for variant in log.variants {
            let truth = exact.align(variant.path).cost
            guard hurried.shortestPath != nil else { break }
            let found = hurried.align(variant.path)
            #expect(found.lowerBound <= truth && truth <= found.cost)
            if !found.isExact { bounded += 1 }
        }
        #expect(bounded > 0 || hurried.shortestPath == nil)
    }

    @Test func aNetThatCannotEndAlignsNothing() {
        var net = PetriNet(sequence: ["a", "b"])
        net.transitions[1].inputs.append(PetriNet.Arc(2))
        let found = NetConformance(VariantLog([["a", "b"]]), net)
        #expect(found.shortestPath == nil)
        #expect(found.variants.allSatisfy { $0.alignment == nil })
    }

    @Test(arguments: [1, 2, 3]) func theNumberOfThreadsChangesNothing(_ threads: Int) {
        let net = InductiveMiner.tree(of: Self.log(8, journeys: 8)).petriNet(name: "mined")
        let log = Self.log(208, journeys: 60)
        let one = NetConformance(log, net, threads: 1).variants.map { $0.alignment }
        #expect(NetConformance(log, net, threads: threads).variants.map { $0.alignment } == one)
    }

    @Test func replayRefusesNetsWhereItWouldGuess() {
        var silent = PetriNet(sequence: ["a"])
        silent.transitions[0].label = nil
        #expect(TokenReplay(silent, activities: ["a"]) == nil)
        #expect(TokenReplay(PetriNet(sequence: ["a", "a"]), activities: ["a"]) == nil)
        #expect(TokenReplay(PetriNet(sequence: ["a", "b"]), activities: ["a"]) != nil)
    }
}
