import Site
import Testing

@Suite struct JourneyMapTests {
    @Test(arguments: [0, 0.3, 0.6, 0.9, 1])
    func everyActivityLeftHasAWayInAndOut(detail: Double) {
        let map = SampleReport.map.simplified(detail: detail)
        #expect(map.nodes.contains { $0.kind == .start } && map.nodes.contains { $0.kind == .end })
        for (at, node) in map.nodes.enumerated() where node.kind == .activity {
            #expect(map.edges.contains { $0.to == at && $0.from != at })
            #expect(map.edges.contains { $0.from == at && $0.to != at })
        }
    }

    @Test func moreDetailNeverShowsLess() {
        let counts = stride(from: 0.0, through: 1.0, by: 0.1).map {
            SampleReport.map.simplified(detail: $0).edges.count
        }
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(SampleReport.map.simplified(detail: 1) == SampleReport.map)
    }

    @Test func edgesToNowhereAreLeftOut() {
        let map = JourneyMap(
            nodes: SampleReport.map.nodes, edges: SampleReport.map.edges + [JourneyMap.Edge(from: 99, to: -1, count: 5)]
        )
        #expect(map.simplified(detail: 0.5).edges.allSatisfy { map.nodes.indices.contains($0.from) })
    }

    @Test func laysOutEveryNodeAndEdge() async throws {
        guard GraphLayouter.find() != nil else { return }
        let layout = try await GraphLayouter().layout(
            sizes: [(100, 40), (80, 40)], edges: [(0, 1, 3, (40, 20)), (1, 1, 1, (30, 20))], first: 0, last: 1)
        #expect(layout.nodes.count == 2 && layout.edges.count == 2)
        #expect(abs(layout.nodes[0].width - 100) < 0.5)
        #expect(layout.nodes[0].y < layout.nodes[1].y)
        #expect(layout.edges.allSatisfy { $0.points.count % 3 == 1 && $0.label != nil })
    }

    @Test func saysWhenGraphvizIsMissingOrTooSlow() async {
        await #expect(throws: LayoutProblem.noGraphviz) {
            try await GraphLayouter(program: nil).layout(sizes: [(1, 1)], edges: [], first: nil, last: nil)
        }
        await #expect(throws: LayoutProblem.failed) {
            try await GraphLayouter(program: "/bin/false").layout(sizes: [(1, 1)], edges: [], first: nil, last: nil)
        }
    }
}
