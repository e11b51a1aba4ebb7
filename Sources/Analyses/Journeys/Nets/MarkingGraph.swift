/// The markings a net can reach, numbered as they are met; edges are worked out once, when first asked for.
///
/// One value serves all alignments on a net, so the second journey finds most of its way already drawn. Tokens are
/// bytes: a place that would hold more than 255 tokens ends the search that asks for it (`overflowed`).
struct MarkingGraph {
    struct Edge {
        var transition: Int32
        var target: Int32
    }

    let net: PetriNet
    private(set) var count = 0
    private(set) var overflowed = false
    private var pool: [UInt8] = []
    private var table: [Int32]
    private var edgeRange: [(start: Int32, count: Int32)] = []
    private var edges: [Edge] = []
    private var scratch: [UInt8]
    private let width: Int

    init(_ net: PetriNet) {
        self.net = net
        width = net.places.count
        table = [Int32](repeating: -1, count: 1024)
        scratch = [UInt8](repeating: 0, count: net.places.count)
    }

    mutating func number(of marking: [Int]) -> Int {
        for place in 0..<width { scratch[place] = UInt8(clamping: marking[place]) }
        return intern()
    }

    func tokens(_ place: Int, in marking: Int) -> UInt8 { pool[marking * width + place] }

    private func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var h: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { h = (h ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        h ^= h >> 32
        return h &* 0x9e37_79b9_7f4a_7c15
    }

    private mutating func intern() -> Int {
        if (count + 1) * 2 > table.count { grow() }
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: scratch.withUnsafeBufferPointer(hash) >> 20) & mask
        while table[slot] >= 0 {
            let base = Int(table[slot]) * width
            var isSame = true
            for place in 0..<width where pool[base + place] != scratch[place] {
                isSame = false
                break
            }
            if isSame { return Int(table[slot]) }
            slot = (slot + 1) & mask
        }
        table[slot] = Int32(count)
        pool.append(contentsOf: scratch)
        edgeRange.append((-1, 0))
        count += 1
        return count - 1
    }

    private mutating func grow() {
        table = [Int32](repeating: -1, count: table.count * 2)
        let mask = table.count - 1
        pool.withUnsafeBufferPointer { all in
            for id in 0..<count {
                let row = UnsafeBufferPointer(rebasing: all[(id * width)..<((id + 1) * width)])
                var slot = Int(truncatingIfNeeded: hash(row) >> 20) & mask
                while table[slot] >= 0 { slot = (slot + 1) & mask }
                table[slot] = Int32(id)
            }
        }
    }

    /// The range of `edge(_:)` indices leading out of a marking.
    mutating func edges(from marking: Int) -> Range<Int> {
        if edgeRange[marking].start < 0 { expand(marking) }
        let (start, count) = edgeRange[marking]
        return Int(start)..<Int(start + count)
    }

    func edge(_ index: Int) -> Edge { edges[index] }

    private mutating func expand(_ marking: Int) {
        let start = edges.count
        for (index, transition) in net.transitions.enumerated() {
            let base = marking * width
            guard transition.inputs.allSatisfy({ Int(pool[base + $0.place]) >= $0.weight }) else { continue }
            for place in 0..<width { scratch[place] = pool[base + place] }
            for arc in transition.inputs { scratch[arc.place] -= UInt8(truncatingIfNeeded: arc.weight) }
            var fits = true
            for arc in transition.outputs {
                let sum = Int(scratch[arc.place]) + arc.weight
                if sum > 255 {
                    fits = false
                    break
                }
                scratch[arc.place] = UInt8(sum)
            }
            guard fits else {
                overflowed = true
                continue
            }
            edges.append(Edge(transition: Int32(index), target: Int32(intern())))
        }
        edgeRange[marking] = (Int32(start), Int32(edges.count - start))
    }
}
