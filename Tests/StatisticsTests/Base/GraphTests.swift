import Statistics
import Testing

@Suite("Union-find and flow")
struct GraphTests {
    @Test func joinsSetsAndListsThem() {
        var sets = DisjointSets(count: 6)
        let joined = [sets.union(0, 3), sets.union(3, 5), sets.union(0, 5)]
        #expect(joined == [true, true, false])
        let all = sets.sets()
        #expect(all == [[0, 3, 5], [1], [2], [4]])
        let size = sets.sizeOfSet(holding: 5)
        #expect(size == 3)
        #expect(sets.setCount == 4)
    }

    @Test func findsTheTextbookFlow() {
        // Cormen et al., Introduction to Algorithms, fig. 26.1: the maximum is 23.
        var network = MaximumFlow(nodes: 6)
        for (from, to, capacity) in [
            (0, 1, 16), (0, 2, 13), (1, 3, 12), (2, 1, 4), (2, 4, 14), (3, 2, 9), (3, 5, 20), (4, 3, 7), (4, 5, 4),
        ] { network.addArc(from: from, to: to, capacity: capacity) }
        let most = network.push(from: 0, to: 5)
        let rest = network.push(from: 0, to: 5)
        #expect(most == 23 && rest == 0)
    }

    @Test func stopsAtTheLimitAndIgnoresNonsense() {
        var network = MaximumFlow(nodes: 2)
        network.addArc(from: 0, to: 1, capacity: 10)
        let arc = network.addArc(from: 0, to: 9, capacity: 1)
        #expect(arc == nil)
        let limited = network.push(from: 0, to: 1, limit: 4)
        let nowhere = network.push(from: 0, to: 0)
        #expect(limited == 4 && nowhere == 0)
    }
}
