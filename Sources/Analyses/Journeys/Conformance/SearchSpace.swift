/// The states one search has met, found again by (marking, position).
struct SearchSpace {
    struct Node {
        var marking: Int32
        var position: Int32
        var cost: Int32
        var parent: Int32
        /// Transition, transition + `synchronousOffset`, or `logMove`.
        var move: Int32
        var isClosed: Bool
    }

    static let logMove: Int32 = -2
    static let synchronousOffset: Int32 = 1 << 28

    var nodes: [Node] = []
    private var table = [Int32](repeating: -1, count: 256)

    /// The state's index, and whether `cost` is better than any seen for it (then it is kept).
    mutating func visit(
        _ marking: Int, _ position: Int, _ cost: Int32, _ parent: Int32, _ move: Int32
    ) -> (index: Int, isBetter: Bool) {
        if (nodes.count + 1) * 2 > table.count { grow() }
        let mask = table.count - 1
        var slot = SearchSpace.hash(marking, position) & mask
        while table[slot] >= 0 {
            let index = Int(table[slot])
            if nodes[index].marking == Int32(marking), nodes[index].position == Int32(position) {
                guard !nodes[index].isClosed, cost < nodes[index].cost else { return (index, false) }
                nodes[index].cost = cost
                nodes[index].parent = parent
                nodes[index].move = move
                return (index, true)
            }
            slot = (slot + 1) & mask
        }
        table[slot] = Int32(nodes.count)
        nodes.append(
            Node(
                marking: Int32(marking), position: Int32(position), cost: cost, parent: parent, move: move,
                isClosed: false))
        return (nodes.count - 1, true)
    }

    private static func hash(_ marking: Int, _ position: Int) -> Int {
        let key = UInt64(UInt(bitPattern: marking)) << 24 ^ UInt64(UInt(bitPattern: position))
        return Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 24)
    }

    private mutating func grow() {
        table = [Int32](repeating: -1, count: table.count * 2)
        let mask = table.count - 1
        for (index, node) in nodes.enumerated() {
            var slot = SearchSpace.hash(Int(node.marking), Int(node.position)) & mask
            while table[slot] >= 0 { slot = (slot + 1) & mask }
            table[slot] = Int32(index)
        }
    }
}

/// A priority queue of small whole priorities; the last pushed of the least priority leaves first.
struct BucketQueue {
    private var buckets: [[Int32]] = []
    private var least = 0

    mutating func push(_ priority: Int, _ value: Int32) {
        while buckets.count <= priority { buckets.append([]) }
        buckets[priority].append(value)
        if priority < least { least = priority }
    }

    mutating func pop() -> (priority: Int, value: Int32)? {
        while least < buckets.count {
            if let value = buckets[least].popLast() { return (least, value) }
            least += 1
        }
        return nil
    }
}
