import Analyses
import JourneyEngine
import Testing

@Suite struct JourneyGraphTests {
    /// Every node shown is on a way from a start to an end, at every setting of the slider.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func neverFallsApart(_ seed: UInt64) {
        let log = SmallLogs.log(SmallLogs.randomRows(seed: seed, activities: 9))
        let map = log.directlyFollows()
        for share in [0, 0.1, 0.3, 0.5, 0.8, 1] {
            let graph = JourneyGraph(map, activityShare: share, pathShare: share)
            let starts = graph.nodes.indices.filter { graph.nodes[$0].starts > 0 }
            let ends = graph.nodes.indices.filter { graph.nodes[$0].ends > 0 }
            for isBackward in [false, true] {
                var seen = Set(isBackward ? ends : starts)
                var stack = Array(seen)
                while let node = stack.popLast() {
                    for edge in graph.edges where (isBackward ? edge.to : edge.from) == node {
                        let next = isBackward ? edge.from : edge.to
                        if seen.insert(next).inserted { stack.append(next) }
                    }
                }
                #expect(seen.count == graph.nodes.count)
            }
            #expect(graph.eventShare >= share - 1e-9)
        }
    }

    @Test func allDetailShowsAll() {
        let map = SmallLogs.four.directlyFollows()
        let graph = JourneyGraph(map, waits: SmallLogs.four.directlyFollowsWaits())
        #expect(graph.nodes.count == 4)
        #expect(graph.edges.count == map.flows.count)
        #expect(graph.eventShare == 1 && graph.flowShare == 1)
        #expect(graph.edges.allSatisfy { $0.medianWait != nil })
    }

    @Test func noNameBreaksOutOfTheDrawing() {
        let log = SmallLogs.log([("a", [("x\" ]; evil [label=\"", 0), ("back\\slash\nline", 1)])])
        let dot = JourneyGraph(log.directlyFollows()).dot()
        #expect(dot.contains("x\\\" ]; evil [label=\\\""))
        #expect(dot.contains("back\\\\slash line"))
    }

    @Test func anEmptyLogIsAnEmptyGraph() {
        let graph = JourneyGraph(SmallLogs.log([]).directlyFollows())
        #expect(graph.nodes.isEmpty && graph.edges.isEmpty)
    }

    @Test(
        arguments: [(0, "0 s"), (59, "59 s"), (90, "1.5 min"), (7_200, "2 h"), (604_800, "7 d")] as [(Double, String)])
    func labelsWaitsShortly(_ seconds: Double, _ text: String) {
        #expect(JourneyGraph.readable(seconds) == text)
    }
}
