internal import JourneyEngine

/// Finds the values at wanted ranks without seeing all values: from counts in buckets, and the values of those buckets
/// only that hold a wanted rank. Where the values did not come along, finer buckets are asked for.
package struct RankSearch: Sendable {
    package struct Bucket: Sendable {
        package var low: UInt64
        package var count: Int
        package var least: Int64
        package var most: Int64
        /// All values of the bucket, or none where they are not known.
        package let values: [Int64]

        package init(low: UInt64, count: Int, least: Int64, most: Int64, values: [Int64] = []) {
            self.low = low
            self.count = count
            self.least = least
            self.most = most
            self.values = values.count == count ? values : []
        }
    }

    private struct Place: Hashable {
        var flow: UInt64
        var low: UInt64
    }

    /// By flow, ascending by where they begin.
    private var buckets: [UInt64: [Bucket]] = [:]
    private let levels: [Double]
    /// Values found, by flow and rank.
    private var found: [UInt64: [Int: Int64]] = [:]

    package init(levels: [Double]) { self.levels = levels }

    package mutating func add(_ bucket: Bucket, to flow: UInt64) { buckets[flow, default: []].append(bucket) }

    /// Buckets that hold a wanted rank whose value is not yet known, and how many values lie in them.
    package mutating func open() -> (places: [(flow: UInt64, low: UInt64)], values: Int) {
        var places: [(flow: UInt64, low: UInt64)] = []
        var values = 0
        for flow in buckets.keys.sorted() {
            guard var sorted = buckets[flow] else { continue }
            sorted.sort { $0.low < $1.low }
            buckets[flow] = sorted
            var ranks = Distribution.ranks(of: levels, count: sorted.reduce(0) { $0 + $1.count })[...]
            var below = 0
            for bucket in sorted {
                var isOpen = false
                var inOrder: [Int64] = []
                while let rank = ranks.first, rank < below + bucket.count {
                    ranks.removeFirst()
                    // The ends of a bucket are known, and everything between two equal ends.
                    if rank == below || bucket.least == bucket.most {
                        found[flow, default: [:]][rank] = bucket.least
                    } else if rank == below + bucket.count - 1 {
                        found[flow, default: [:]][rank] = bucket.most
                    } else if bucket.values.isEmpty {
                        isOpen = true
                    } else {
                        if inOrder.isEmpty { inOrder = bucket.values.sorted() }
                        found[flow, default: [:]][rank] = inOrder[rank - below]
                    }
                }
                below += bucket.count
                if isOpen {
                    places.append((flow, bucket.low))
                    values += bucket.count
                }
            }
        }
        return (places, values)
    }

    /// Puts finer buckets in the place of those that were open.
    ///
    /// - Parameter opened: what ``open()`` gave.
    package mutating func refine(
        _ opened: [(flow: UInt64, low: UInt64)], with finer: [(flow: UInt64, bucket: Bucket)]
    ) throws(AnalyticsError) {
        let closed = Set(opened.map { Place(flow: $0.flow, low: $0.low) })
        var sums: [UInt64: Int] = [:]
        for flow in Set(opened.map(\.flow)) {
            sums[flow] = (buckets[flow] ?? []).reduce(0) { $0 + $1.count }
            buckets[flow]?.removeAll { closed.contains(Place(flow: flow, low: $0.low)) }
        }
        for one in finer { buckets[one.flow, default: []].append(one.bucket) }
        for (flow, sum) in sums where (buckets[flow] ?? []).reduce(0, { $0 + $1.count }) != sum {
            throw .unreadable("what the servers hold changed while it was asked; ask again")
        }
    }

    package func value(_ rank: Int, of flow: UInt64) throws(AnalyticsError) -> Int64 {
        guard let value = found[flow]?[rank] else { throw .unreadable("a percentile could not be found") }
        return value
    }
}
