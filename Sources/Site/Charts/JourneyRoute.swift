/// The journey map as a line of stops with what follows each: the picture for a telephone and for ears, where a graph
/// as wide as a table is neither seen nor heard.
struct JourneyRoute: Sendable {
    var stops: [Stop]

    struct Stop: Sendable {
        var title: String
        var count: String
        var href: String?
        /// Off the commonest way.
        var isSide: Bool
        var isEnd: Bool
        var ways: [Way]
    }

    struct Way: Sendable {
        /// "then Approved", "back to Identity checked".
        var text: String
        var count: String
        var wait: String?
        var href: String?
        /// A bar as wide as its share of what leaves this stop.
        var bar: String
        var isMain: Bool
    }

    init(
        _ map: JourneyMap, format: Format, nodeHref: (JourneyMap.Node) -> String?,
        edgeHref: (JourneyMap.Edge) -> String?
    ) {
        let words = format.words
        let order = JourneyRoute.order(map)
        var place: [Int: Int] = [:]
        for (at, stop) in order.enumerated() { place[stop.node] = at }
        stops = order.enumerated().map { at, stop in
            let node = map.nodes[stop.node]
            let leaving = map.edges.filter { $0.from == stop.node && place[$0.to] != nil }
                .sorted { ($0.count, $1.to) > ($1.count, $0.to) }
            let all = Double(max(leaving.map(\.count).reduce(0, +), 1))
            return Stop(
                title: node.title, count: format.count(node.count), href: nodeHref(node), isSide: stop.isSide,
                isEnd: node.kind != .activity,
                ways: leaving.enumerated().map { number, edge in
                    let next = map.nodes[edge.to]
                    let goesBack = edge.to == edge.from || place[edge.to] ?? 0 < at
                    let key =
                        next.kind == .end
                        ? "route_end" : edge.to == edge.from ? "route_again" : goesBack ? "route_back" : "route_then"
                    let share = Double(edge.count) / all
                    return Way(
                        text: words[key, ["step": next.title]], count: format.count(edge.count),
                        wait: edge.medianWaitSeconds.map { words["route_wait", ["span": format.span(seconds: $0)]] },
                        href: edgeHref(edge),
                        bar: SVG.fluid("bar", height: 4, title: "", text: "", id: "way", isDecoration: true) { svg in
                            svg.box("rail", SVG.Across(0), 0, SVG.Across(1), 4, round: 2)
                            svg.box(
                                goesBack ? "part2" : "bar1", SVG.Across(0), 0, SVG.Across(max(share, 0.01)), 4, round: 2
                            )
                        }, isMain: number == 0)
                })
        }
    }

    /// From the start along the strongest way not yet taken; a stop off that way stands behind the one most come from.
    static func order(_ map: JourneyMap) -> [(node: Int, isSide: Bool)] {
        let edges = map.edges.filter { map.nodes.indices.contains($0.from) && map.nodes.indices.contains($0.to) }
        func strongest(_ edges: [JourneyMap.Edge]) -> JourneyMap.Edge? {
            edges.max { ($0.count, $1.from, $1.to) < ($1.count, $0.from, $0.to) }
        }
        guard var here = map.nodes.firstIndex(where: { $0.kind == .start }) ?? map.nodes.indices.first else {
            return []
        }
        var order: [(node: Int, isSide: Bool)] = [(here, false)]
        var taken: Set<Int> = [here]
        while let next = strongest(edges.filter { $0.from == here && !taken.contains($0.to) })?.to {
            order.append((next, false))
            taken.insert(next)
            here = next
            if map.nodes[next].kind == .end { break }
        }
        while let edge = strongest(edges.filter { taken.contains($0.from) && !taken.contains($0.to) }) {
            let after = order.firstIndex { $0.node == edge.from } ?? order.count - 1
            // Behind the side stops that already follow it, before the next on the common way.
            var at = after + 1
            while at < order.count, order[at].isSide { at += 1 }
            order.insert((edge.to, true), at: at)
            taken.insert(edge.to)
        }
        return order
    }
}
