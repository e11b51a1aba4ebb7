/// How much more a net allows than the journeys do: 1 − escaping ÷ allowed, summed over every prefix of every journey
/// that the net can replay (Muñoz-Gama & Carmona 2010, ETC precision).
///
/// After a prefix, `allowed` are the activities the net enables, `escaping` those of them that no journey with that
/// prefix did next. Events the net does not know are ignored. Exact, like `TokenReplay`, only for nets without silent
/// transitions or two of one label; 1 when no prefix can be replayed.
package struct EscapingEdges: Sendable, Hashable {
    package var allowed = 0
    package var escaping = 0

    package var precision: Double { allowed == 0 ? 1 : 1 - Double(escaping) / Double(allowed) }

    /// Nil when it would not be exact for this net.
    package init?(_ log: VariantLog, _ net: PetriNet) {
        guard net.silentCount == 0, !net.hasDuplicateLabels else { return nil }
        var transitionOf: [String: Int] = [:]
        for (index, transition) in net.transitions.enumerated() { transitionOf[transition.label ?? ""] = index }
        let transitions = log.activities.map { transitionOf[$0] ?? -1 }
        var prefixes: [ArraySlice<Int>: (journeys: Int, next: Set<Int>)] = [:]
        for variant in log.variants {
            for length in variant.path.indices {
                let prefix = variant.path[..<length]
                var known = prefixes[prefix] ?? (0, [])
                known.journeys += variant.count
                known.next.insert(transitions[variant.path[length]])
                prefixes[prefix] = known
            }
        }
        for (prefix, known) in prefixes {
            guard let marking = EscapingEdges.replay(prefix, transitions, net) else { continue }
            let enabled = net.transitions.indices.filter { net.isEnabled($0, in: marking) }
            allowed += enabled.count * known.journeys
            escaping += enabled.count { !known.next.contains($0) } * known.journeys
        }
    }

    private static func replay(_ prefix: ArraySlice<Int>, _ transitions: [Int], _ net: PetriNet) -> [Int]? {
        var marking = net.initial
        for activity in prefix where transitions[activity] >= 0 {
            guard net.isEnabled(transitions[activity], in: marking) else { return nil }
            net.fire(transitions[activity], in: &marking)
        }
        return marking
    }
}
