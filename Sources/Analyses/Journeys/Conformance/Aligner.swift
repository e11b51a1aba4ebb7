/// Aligns paths with one net, remembering the net's markings between paths.
///
/// A* over (marking, position) with whole costs in buckets, ties going to the state furthest along, and
/// `RepairBound` as the estimate; the answer is the optimum whatever the net, as long as the budget lasts.
package struct Aligner {
    package let net: PetriNet
    package let budget: AlignmentBudget
    /// Visible moves of the cheapest journey the net allows; nil when none was found within the budget.
    package private(set) var shortestPath: Int?

    private let activities: [String]
    /// Activity number of each transition; labels outside the log get numbers past its activities; -1 silent.
    private let labels: [Int]
    private let inNet: [Bool]
    private var graph: MarkingGraph
    private let bound: RepairBound
    private var positions: [[Int32]] = []
    private let start: Int
    private let finals: Set<Int32>

    /// - Parameter activities: names the numbers in paths stand for.
    package init(_ net: PetriNet, activities: [String], budget: AlignmentBudget = AlignmentBudget()) {
        self.net = net
        self.activities = activities
        self.budget = budget
        var number: [String: Int] = [:]
        for (index, name) in activities.enumerated() { number[name] = index }
        var labels: [Int] = []
        var inNet = [Bool](repeating: false, count: activities.count)
        for transition in net.transitions {
            guard let label = transition.label else {
                labels.append(-1)
                continue
            }
            let known = number[label] ?? number.count
            number[label] = known
            labels.append(known)
            if known < inNet.count { inNet[known] = true }
        }
        self.labels = labels
        self.inNet = inNet
        graph = MarkingGraph(net)
        bound = RepairBound(net: net, labels: labels)
        start = graph.number(of: net.initial)
        var ends: Set<Int32> = []
        for final in net.finals { ends.insert(Int32(graph.number(of: final))) }
        finals = ends
        // Most nets show a shortest run at once; one that cannot end should not cost the whole budget to say so.
        let empty = search([], greed: 1, states: min(budget.states, 500_000))
        shortestPath = empty.goal == nil ? nil : Int(empty.cost)
    }

    /// The cheapest alignment of one path; when the budget runs out, the best found and a bound below it.
    package mutating func align(_ path: [Int]) -> Alignment {
        let kept = path.filter { inNet[$0] }
        let unmatched = path.count - kept.count
        var found = search(kept, greed: 1)
        var lower = Int(found.lower)
        var expanded = found.expanded
        if found.goal == nil {
            found = search(kept, greed: 8)
            expanded += found.expanded
        } else {
            lower = Int(found.cost)
        }
        guard found.goal != nil else {
            // Nothing reached the end: take every event as extra and the shortest journey as skipped.
            let worst = kept.count + (shortestPath ?? net.transitions.count)
            return Alignment(
                cost: worst + unmatched, lowerBound: min(lower, worst) + unmatched,
                moves: path.map { .log(activities[$0]) }, unmatchedEvents: unmatched, statesExpanded: expanded)
        }
        return Alignment(
            cost: Int(found.cost) + unmatched, lowerBound: lower + unmatched,
            moves: weave(found.moves, unmatchedIn: path), unmatchedEvents: unmatched, statesExpanded: expanded)
    }

    /// Puts the events no transition bears back where they stood.
    private func weave(_ moves: [Alignment.Move], unmatchedIn path: [Int]) -> [Alignment.Move] {
        var out: [Alignment.Move] = []
        var at = 0
        func takeUnmatched(_ out: inout [Alignment.Move], _ at: inout Int) {
            while at < path.count, !inNet[path[at]] {
                out.append(.log(activities[path[at]]))
                at += 1
            }
        }
        for move in moves {
            if case .model = move {
                out.append(move)
                continue
            }
            takeUnmatched(&out, &at)
            out.append(move)
            at += 1
        }
        takeUnmatched(&out, &at)
        return out
    }

    private struct Found {
        var goal: Int?
        var cost: Int32
        var lower: Int32
        var moves: [Alignment.Move]
        var expanded: Int
    }

    private mutating func place(of marking: Int, part: Int) -> Int {
        while positions.count <= marking { positions.append([]) }
        if positions[marking].isEmpty { positions[marking] = bound.positions(in: graph, marking: marking) }
        return Int(positions[marking][part])
    }

    /// `greed` > 1 multiplies the estimate: quicker, no longer optimal.
    private mutating func search(_ path: [Int], greed: Int32, states: Int? = nil) -> Found {
        let limit = states ?? budget.states
        let tables = bound.tables(for: path)
        let widths = (0..<bound.partCount).map { bound.width(of: $0) }
        var space = SearchSpace()
        var queue = BucketQueue()
        let clock = ContinuousClock()
        let deadline = budget.seconds.map { clock.now.advanced(by: .seconds($0)) }

        func estimate(_ marking: Int, _ position: Int, _ aligner: inout Aligner) -> Int32 {
            var sum: Int32 = 0
            for part in 0..<widths.count {
                let h = tables[part][position * widths[part] + aligner.place(of: marking, part: part)]
                if h >= RepairBound.unreachable { return RepairBound.unreachable }
                sum += h
            }
            return sum
        }

        func push(
            _ marking: Int, _ position: Int, _ cost: Int32, _ parent: Int32, _ move: Int32, _ aligner: inout Aligner
        ) {
            let (index, isBetter) = space.visit(marking, position, cost, parent, move)
            guard isBetter else { return }
            let h = estimate(marking, position, &aligner)
            if h < RepairBound.unreachable { queue.push(Int(cost + h * greed), Int32(index)) }
        }

        push(start, 0, 0, -1, -1, &self)
        var expanded = 0
        var lower: Int32 = 0
        while let (priority, index) = queue.pop() {
            let node = space.nodes[Int(index)]
            if node.isClosed { continue }
            if greed == 1 { lower = max(lower, Int32(priority)) }
            space.nodes[Int(index)].isClosed = true
            let position = Int(node.position)
            if position == path.count, finals.contains(node.marking) {
                return Found(
                    goal: Int(index), cost: node.cost, lower: node.cost, moves: moves(to: Int(index), in: space, path),
                    expanded: expanded)
            }
            expanded += 1
            // States met but not yet looked at take memory too.
            if expanded > limit || space.nodes.count > 8 * limit + 1_000 { break }
            if let deadline, expanded & 1023 == 0, clock.now > deadline { break }
            let marking = Int(node.marking)
            if position < path.count {
                push(marking, position + 1, node.cost + 1, index, SearchSpace.logMove, &self)
            }
            for number in graph.edges(from: marking) {
                let edge = graph.edge(number)
                let label = labels[Int(edge.transition)]
                push(Int(edge.target), position, node.cost + (label < 0 ? 0 : 1), index, edge.transition, &self)
                if position < path.count, label == path[position] {
                    let move = edge.transition + SearchSpace.synchronousOffset
                    push(Int(edge.target), position + 1, node.cost, index, move, &self)
                }
            }
        }
        return Found(goal: nil, cost: 0, lower: lower, moves: [], expanded: expanded)
    }

    private func moves(to goal: Int, in space: SearchSpace, _ path: [Int]) -> [Alignment.Move] {
        var out: [Alignment.Move] = []
        var index = goal
        while space.nodes[index].parent >= 0 {
            let node = space.nodes[index]
            if node.move == SearchSpace.logMove {
                out.append(.log(activities[path[Int(node.position) - 1]]))
            } else if node.move >= SearchSpace.synchronousOffset {
                out.append(.synchronous(activities[path[Int(node.position) - 1]]))
            } else if let label = net.transitions[Int(node.move)].label {
                out.append(.model(label))
            }
            index = Int(node.parent)
        }
        return out.reversed()
    }
}
