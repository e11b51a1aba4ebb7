/// Integer maximum flow by Dinic's algorithm, O(V²E), much faster on the shallow networks of tables.
///
/// Reference: Dinic 1970; Ahuja, Magnanti & Orlin, Network Flows, 1993. Capacities are counts ≥ 0 (a negative one
/// counts as 0); `unlimited` stands for no bound. Arcs that name an unknown node are ignored.
package struct MaximumFlow: Sendable {
    /// Large enough to bind nothing, small enough that sums cannot overflow.
    package static let unlimited = 1 << 50

    private var head: [Int]
    private var next: [Int] = []
    private var target: [Int] = []
    private var residual: [Int] = []

    package init(nodes: Int) { head = Array(repeating: -1, count: max(0, nodes)) }

    /// Adds an arc and returns its number; `backward` is the capacity of the opposite direction.
    @discardableResult
    package mutating func addArc(from: Int, to: Int, capacity: Int, backward: Int = 0) -> Int? {
        guard head.indices.contains(from), head.indices.contains(to) else { return nil }
        let arc = target.count
        append(from: from, to: to, capacity: capacity)
        append(from: to, to: from, capacity: backward)
        return arc
    }

    private mutating func append(from: Int, to: Int, capacity: Int) {
        target.append(to)
        residual.append(min(max(0, capacity), Self.unlimited))
        next.append(head[from])
        head[from] = target.count - 1
    }

    /// What is left of an arc's capacity; `reverse` for the opposite direction.
    package func residualCapacity(of arc: Int, reverse: Bool = false) -> Int { residual[reverse ? arc ^ 1 : arc] }

    package mutating func setResidualCapacity(of arc: Int, reverse: Bool = false, to capacity: Int) {
        residual[reverse ? arc ^ 1 : arc] = min(max(0, capacity), Self.unlimited)
    }

    /// Pushes up to `limit` units from `source` to `sink` and returns how many went through. The residual network
    /// keeps the flow, so further calls continue from it. 0 when source equals sink or a node is unknown.
    package mutating func push(from source: Int, to sink: Int, limit: Int = unlimited) -> Int {
        guard source != sink, head.indices.contains(source), head.indices.contains(sink), limit > 0 else { return 0 }
        var total = 0
        var level: [Int] = []
        while total < limit, layer(from: source, to: sink, &level) {
            var cursor = head
            while total < limit {
                let sent = augment(from: source, to: sink, limit: limit - total, level, &cursor)
                if sent == 0 { break }
                total += sent
            }
        }
        return total
    }

    private func layer(from source: Int, to sink: Int, _ level: inout [Int]) -> Bool {
        level = Array(repeating: -1, count: head.count)
        level[source] = 0
        var queue = [source]
        var first = 0
        while first < queue.count {
            let node = queue[first]
            first += 1
            var arc = head[node]
            while arc >= 0 {
                let to = target[arc]
                if residual[arc] > 0, level[to] < 0 {
                    level[to] = level[node] + 1
                    if to == sink { return true }
                    queue.append(to)
                }
                arc = next[arc]
            }
        }
        return false
    }

    /// One path of the layered network, found without recursion so that long chains cannot exhaust the stack.
    private mutating func augment(
        from source: Int, to sink: Int, limit: Int, _ level: [Int], _ cursor: inout [Int]
    ) -> Int {
        var path: [Int] = []
        var node = source
        while node != sink {
            var advanced = false
            while cursor[node] >= 0 {
                let arc = cursor[node]
                if residual[arc] > 0, level[target[arc]] == level[node] + 1 {
                    path.append(arc)
                    node = target[arc]
                    advanced = true
                    break
                }
                cursor[node] = next[arc]
            }
            if advanced { continue }
            guard let last = path.popLast() else { return 0 }
            node = target[last ^ 1]
            cursor[node] = next[cursor[node]]
        }
        var amount = limit
        for arc in path { amount = min(amount, residual[arc]) }
        for arc in path {
            residual[arc] -= amount
            residual[arc ^ 1] = min(Self.unlimited, residual[arc ^ 1] + amount)
        }
        return amount
    }
}
