/// Union-find over 0..<count: which elements hang together.
///
/// Union by size with path halving, so a sequence of m operations takes close to m steps (Tarjan & van Leeuwen 1984).
package struct DisjointSets: Sendable {
    private var parent: [Int]
    private var size: [Int]
    package private(set) var setCount: Int

    package init(count: Int) {
        parent = Array(0..<max(0, count))
        size = Array(repeating: 1, count: max(0, count))
        setCount = max(0, count)
    }

    package var count: Int { parent.count }

    /// The representative of the set that holds `element` (which must be in 0..<count).
    package mutating func find(_ element: Int) -> Int {
        var current = element
        while parent[current] != current {
            parent[current] = parent[parent[current]]
            current = parent[current]
        }
        return current
    }

    /// Joins two sets; true when they were apart.
    @discardableResult
    package mutating func union(_ a: Int, _ b: Int) -> Bool {
        var large = find(a)
        var small = find(b)
        guard large != small else { return false }
        if size[large] < size[small] { swap(&large, &small) }
        parent[small] = large
        size[large] += size[small]
        setCount -= 1
        return true
    }

    package mutating func areTogether(_ a: Int, _ b: Int) -> Bool { find(a) == find(b) }

    package mutating func sizeOfSet(holding element: Int) -> Int { size[find(element)] }

    /// All sets, each ascending, ordered by their smallest element.
    package mutating func sets() -> [[Int]] {
        var place: [Int] = Array(repeating: -1, count: count)
        var result: [[Int]] = []
        for element in 0..<count {
            let root = find(element)
            if place[root] < 0 {
                place[root] = result.count
                result.append([])
            }
            result[place[root]].append(element)
        }
        return result
    }
}
