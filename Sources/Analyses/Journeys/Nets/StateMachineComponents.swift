/// Parts of a net in which exactly one token walks about: sets of places of which every touching transition takes
/// one and gives one (S-components; Desel & Esparza, *Free Choice Petri Nets*, 1995, ch. 5).
///
/// A journey's cheapest repair inside such a part is a small dynamic programme, and the sum over parts that count
/// different labels is a lower bound on the cheapest repair in the whole net.
struct StateMachineComponent: Sendable {
    struct Step: Sendable {
        var from: Int
        var to: Int
        var transition: Int
    }

    /// Net places, ascending; positions in this array are the component's own place numbers.
    var places: [Int]
    var steps: [Step]
    var initial: Int
    /// Own place number of the token in each final marking of the net.
    var finals: [Int]

    /// Components that together touch as many visible transitions as the search can reach; largest first.
    static func cover(_ net: PetriNet) -> [StateMachineComponent] {
        let isOrdinary = net.transitions.allSatisfy { t in
            t.inputs.allSatisfy { $0.weight == 1 } && t.outputs.allSatisfy { $0.weight == 1 }
        }
        guard isOrdinary, net.places.count <= 2000 else { return [] }
        var producers = [[Int]](repeating: [], count: net.places.count)
        var consumers = producers
        for (index, transition) in net.transitions.enumerated() {
            for arc in transition.inputs { consumers[arc.place].append(index) }
            for arc in transition.outputs { producers[arc.place].append(index) }
        }
        var found: [StateMachineComponent] = []
        var seen: Set<[Int]> = []
        for seed in net.places.indices {
            var budget = 5_000
            var chosen = Set([seed])
            guard
                complete(&chosen, excluded: [], net: net, producers: producers, consumers: consumers, budget: &budget),
                let component = make(chosen.sorted(), net), seen.insert(component.places).inserted
            else { continue }
            found.append(component)
        }
        return found.sorted {
            $0.steps.count != $1.steps.count
                ? $0.steps.count > $1.steps.count : $0.places.lexicographicallyPrecedes($1.places)
        }
    }

    /// Adds places until every transition touching the set takes one and gives one; depth-first with give-up.
    private static func complete(
        _ chosen: inout Set<Int>, excluded: Set<Int>, net: PetriNet, producers: [[Int]], consumers: [[Int]],
        budget: inout Int
    ) -> Bool {
        budget -= 1
        guard budget > 0 else { return false }
        var open: [Int]?
        for place in chosen.sorted() {
            for transition in producers[place] + consumers[place] {
                let t = net.transitions[transition]
                let takes = t.inputs.count { chosen.contains($0.place) }
                let gives = t.outputs.count { chosen.contains($0.place) }
                if takes > 1 || gives > 1 { return false }
                guard takes == 0 || gives == 0 else { continue }
                let arcs = takes == 0 ? t.inputs : t.outputs
                let options = arcs.map(\.place).filter { !excluded.contains($0) }
                if options.isEmpty { return false }
                if open == nil || options.count < (open?.count ?? 0) { open = options }
                if options.count == 1 { break }
            }
            if open?.count == 1 { break }
        }
        guard let options = open else { return true }
        var banned = excluded
        for place in options {
            var trial = chosen
            trial.insert(place)
            if complete(
                &trial, excluded: banned, net: net, producers: producers, consumers: consumers, budget: &budget)
            {
                chosen = trial
                return true
            }
            banned.insert(place)
        }
        return false
    }

    private static func make(_ places: [Int], _ net: PetriNet) -> StateMachineComponent? {
        var own: [Int: Int] = [:]
        for (index, place) in places.enumerated() { own[place] = index }
        func token(_ marking: [Int]) -> Int? {
            let marked = places.filter { marking[$0] > 0 }
            guard marked.count == 1, let place = marked.first, marking[place] == 1 else { return nil }
            return own[place]
        }
        guard let initial = token(net.initial) else { return nil }
        let finals = net.finals.compactMap(token)
        guard finals.count == net.finals.count, !finals.isEmpty else { return nil }
        var steps: [Step] = []
        for (index, transition) in net.transitions.enumerated() {
            let takes = transition.inputs.compactMap { own[$0.place] }
            let gives = transition.outputs.compactMap { own[$0.place] }
            if let from = takes.first, let to = gives.first {
                steps.append(Step(from: from, to: to, transition: index))
            }
        }
        return StateMachineComponent(places: places, steps: steps, initial: initial, finals: finals)
    }
}
