/// A lower bound on the deviations still to come, for every state of one journey's alignment.
///
/// Each state-machine component is aligned on its own by dynamic programming, counting only the labels it was given;
/// no label is counted twice, so the sum never exceeds the true cost, and it falls by at most the cost of a step
/// (consistent), so the first time a state is taken from the queue its cost is final.
struct RepairBound {
    private struct Part {
        var component: StateMachineComponent
        /// Cost of moving the token from place to place by model moves alone, row-major.
        var between: [Int32]
        /// Activity number → steps with that label, for labels this part counts.
        var countedSteps: [Int: [(from: Int, to: Int)]]
    }

    static let unreachable: Int32 = 1 << 20
    private var parts: [Part] = []
    private let graphFinals: Int

    /// `labels`: activity number of each transition, -1 when silent.
    init(net: PetriNet, labels: [Int]) {
        graphFinals = net.finals.count
        var rest = StateMachineComponent.cover(net)
        var claimed: Set<Int> = []
        var transitionsOf: [Int: Set<Int>] = [:]
        for (index, label) in labels.enumerated() where label >= 0 { transitionsOf[label, default: []].insert(index) }
        while !rest.isEmpty {
            var best = -1
            var bestLabels: Set<Int> = []
            for (index, component) in rest.enumerated() {
                let inside = Set(component.steps.map(\.transition))
                let countable = Set(inside.map { labels[$0] }).filter { label in
                    label >= 0 && !claimed.contains(label) && (transitionsOf[label]?.isSubset(of: inside) ?? false)
                }
                if countable.count > bestLabels.count {
                    best = index
                    bestLabels = countable
                }
            }
            guard best >= 0 else { break }
            claimed.formUnion(bestLabels)
            parts.append(RepairBound.part(rest.remove(at: best), counting: bestLabels, labels: labels))
        }
    }

    private static func part(_ component: StateMachineComponent, counting: Set<Int>, labels: [Int]) -> Part {
        let n = component.places.count
        var between = [Int32](repeating: unreachable, count: n * n)
        var counted: [Int: [(from: Int, to: Int)]] = [:]
        for place in 0..<n { between[place * n + place] = 0 }
        for step in component.steps {
            let label = labels[step.transition]
            let cost: Int32 = label >= 0 && counting.contains(label) ? 1 : 0
            between[step.from * n + step.to] = min(between[step.from * n + step.to], cost)
            if cost == 1 { counted[label, default: []].append((step.from, step.to)) }
        }
        for via in 0..<n {
            for from in 0..<n where between[from * n + via] < unreachable {
                for to in 0..<n {
                    let length = between[from * n + via] + between[via * n + to]
                    if length < between[from * n + to] { between[from * n + to] = length }
                }
            }
        }
        return Part(component: component, between: between, countedSteps: counted)
    }

    var partCount: Int { parts.count }

    /// Own place number of the token in each part.
    func positions(in graph: MarkingGraph, marking: Int) -> [Int32] {
        parts.map { part in
            Int32(part.component.places.firstIndex { graph.tokens($0, in: marking) > 0 } ?? 0)
        }
    }

    /// `table[part][position * placeCount + place]`: cheapest repair from there to the end of the journey.
    func tables(for path: [Int]) -> [[Int32]] {
        parts.map { part in
            let n = part.component.places.count
            var table = [Int32](repeating: RepairBound.unreachable, count: (path.count + 1) * n)
            var base = [Int32](repeating: RepairBound.unreachable, count: n)
            for final in part.component.finals { base[final] = 0 }
            relax(base, part.between, n, into: &table, at: path.count * n)
            for position in stride(from: path.count - 1, through: 0, by: -1) {
                let next = (position + 1) * n
                guard let steps = part.countedSteps[path[position]] else {
                    for place in 0..<n { table[position * n + place] = table[next + place] }
                    continue
                }
                for place in 0..<n { base[place] = table[next + place] + 1 }
                for step in steps { base[step.from] = min(base[step.from], table[next + step.to]) }
                relax(base, part.between, n, into: &table, at: position * n)
            }
            return table
        }
    }

    private func relax(_ base: [Int32], _ between: [Int32], _ n: Int, into table: inout [Int32], at offset: Int) {
        for from in 0..<n {
            var least = RepairBound.unreachable
            for to in 0..<n {
                let length = between[from * n + to] + base[to]
                if length < least { least = length }
            }
            table[offset + from] = least
        }
    }

    /// Places a part has, for indexing `tables`.
    func width(of part: Int) -> Int { parts[part].component.places.count }
}
