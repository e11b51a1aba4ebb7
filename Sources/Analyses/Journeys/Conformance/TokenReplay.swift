/// Tokens missing, remaining, produced and consumed when a path is played on a net (Rozinat & van der Aalst 2008).
///
/// Exact only for nets without silent transitions and without two transitions of one label; otherwise what to fire is
/// a guess, so `init` refuses and alignments are the answer. The initial marking counts as produced, the final marking
/// as consumed; events whose activity is not in the net are ignored and counted.
package struct TokenReplay: Sendable {
    package struct Tokens: Sendable, Hashable {
        package var missing = 0
        package var remaining = 0
        package var produced = 0
        package var consumed = 0
        package var ignoredEvents = 0

        package init() {}

        package var fits: Bool { missing == 0 && remaining == 0 }

        /// ½(1 − m/c) + ½(1 − r/p); 1 when nothing was consumed or produced.
        package var fitness: Double {
            let lost = consumed == 0 ? 0 : Double(missing) / Double(consumed)
            let left = produced == 0 ? 0 : Double(remaining) / Double(produced)
            return 0.5 * (1 - lost) + 0.5 * (1 - left)
        }

        package static func += (a: inout Tokens, b: (tokens: Tokens, times: Int)) {
            a.missing += b.tokens.missing * b.times
            a.remaining += b.tokens.remaining * b.times
            a.produced += b.tokens.produced * b.times
            a.consumed += b.tokens.consumed * b.times
            a.ignoredEvents += b.tokens.ignoredEvents * b.times
        }
    }

    private let net: PetriNet
    private let transitionOf: [Int]

    /// Nil when replay on this net would not be exact.
    package init?(_ net: PetriNet, activities: [String]) {
        guard net.silentCount == 0, !net.hasDuplicateLabels, net.finals.count == 1 else { return nil }
        self.net = net
        var of: [String: Int] = [:]
        for (index, transition) in net.transitions.enumerated() { of[transition.label ?? ""] = index }
        transitionOf = activities.map { of[$0] ?? -1 }
    }

    package func replay(_ path: [Int]) -> Tokens {
        var tokens = Tokens()
        var marking = net.initial
        tokens.produced = marking.reduce(0, +)
        for activity in path {
            guard transitionOf[activity] >= 0 else {
                tokens.ignoredEvents += 1
                continue
            }
            let transition = net.transitions[transitionOf[activity]]
            for arc in transition.inputs {
                let short = max(0, arc.weight - marking[arc.place])
                tokens.missing += short
                marking[arc.place] += short - arc.weight
                tokens.consumed += arc.weight
            }
            for arc in transition.outputs {
                marking[arc.place] += arc.weight
                tokens.produced += arc.weight
            }
        }
        guard let final = net.finals.first else { return tokens }
        for place in marking.indices {
            let short = max(0, final[place] - marking[place])
            tokens.missing += short
            tokens.consumed += final[place]
            tokens.remaining += marking[place] + short - final[place]
        }
        return tokens
    }
}
