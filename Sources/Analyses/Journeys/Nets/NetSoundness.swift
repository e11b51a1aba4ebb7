/// Whether a net can always end, ends properly and has no step that can never happen (van der Aalst 1998), found by
/// walking its markings.
package enum NetSoundness: Sendable, Hashable {
    case sound
    /// A marking from which no final marking can be reached.
    case cannotComplete(marking: [Int])
    /// A marking that holds a final marking and more.
    case leavesTokens(marking: [Int])
    case deadTransitions([String])
    /// More markings than the limit: nothing is said.
    case undecided(markings: Int)

    package init(_ net: PetriNet, limit: Int = 200_000) {
        var graph = MarkingGraph(net)
        let start = graph.number(of: net.initial)
        let finals = net.finals.map { graph.number(of: $0) }
        var order = [start]
        var seen: Set<Int> = [start]
        var back: [Int: [Int]] = [:]
        var fired: Set<Int> = []
        var next = 0
        while next < order.count {
            let marking = order[next]
            next += 1
            for index in graph.edges(from: marking) {
                let edge = graph.edge(index)
                fired.insert(Int(edge.transition))
                back[Int(edge.target), default: []].append(marking)
                if seen.insert(Int(edge.target)).inserted { order.append(Int(edge.target)) }
            }
            guard order.count <= limit, !graph.overflowed else {
                self = .undecided(markings: order.count)
                return
            }
        }
        func tokens(_ marking: Int) -> [Int] { net.places.indices.map { Int(graph.tokens($0, in: marking)) } }
        for marking in order where !finals.contains(marking) {
            let held = tokens(marking)
            if net.finals.contains(where: { final in zip(held, final).allSatisfy { $0 >= $1 } }) {
                self = .leavesTokens(marking: held)
                return
            }
        }
        var reaching = Set(finals.filter { seen.contains($0) })
        var stack = Array(reaching)
        while let marking = stack.popLast() {
            for source in back[marking] ?? [] where reaching.insert(source).inserted { stack.append(source) }
        }
        if let stuck = order.first(where: { !reaching.contains($0) }) {
            self = .cannotComplete(marking: tokens(stuck))
            return
        }
        let dead = net.transitions.indices.filter { !fired.contains($0) }.map { net.transitions[$0].id }
        self = dead.isEmpty ? .sound : .deadTransitions(dead)
    }
}
