/// In how many journeys one activity came at some time after another.
package struct EventuallyFollows: Sendable, Hashable {
    package struct Pair: Sendable, Hashable {
        /// Places in ``EventuallyFollows/activityNames``.
        package var from: Int
        package var to: Int
        package var journeys: Int
    }

    package var activityNames: [String] = []
    /// Pairs that occur, in order of `from`, then `to`.
    package var pairs: [Pair] = []

    package init() {}

    package mutating func merge(_ other: EventuallyFollows) {
        let union = NameUnion(activityNames, other.activityNames)
        var sums: [UInt64: Int] = [:]
        for pair in pairs {
            sums[UInt64(union.left[pair.from]) << 32 | UInt64(union.left[pair.to]), default: 0] += pair.journeys
        }
        for pair in other.pairs {
            sums[UInt64(union.right[pair.from]) << 32 | UInt64(union.right[pair.to]), default: 0] += pair.journeys
        }
        activityNames = union.names
        pairs = Self.sorted(sums)
    }

    static func sorted(_ sums: [UInt64: Int]) -> [Pair] {
        sums.keys.sorted().map { Pair(from: Int($0 >> 32), to: Int($0 & 0xFFFF_FFFF), journeys: sums[$0] ?? 0) }
    }
}

extension Variants {
    /// `b` came after `a` in a journey when the first `a` is before the last `b`: one look a pair of activities,
    /// however long the journey.
    package func eventuallyFollows() -> EventuallyFollows {
        var result = EventuallyFollows()
        result.activityNames = activityNames
        let size = activityNames.count
        var dense = [Int](repeating: 0, count: size <= PairCounts.denseLimit ? size * size : 0)
        var sparse: [UInt64: Int] = [:]
        var seen = [Int](repeating: -1, count: size)
        var first = seen
        var last = seen
        var distinct: [Int] = []
        for variant in 0..<count {
            distinct.removeAll(keepingCapacity: true)
            for (position, activity) in sequence(variant).enumerated() {
                let index = Int(activity)
                if seen[index] != variant {
                    seen[index] = variant
                    first[index] = position
                    distinct.append(index)
                }
                last[index] = position
            }
            for from in distinct {
                for to in distinct where first[from] < last[to] {
                    if dense.isEmpty {
                        sparse[UInt64(from) << 32 | UInt64(to), default: 0] += counts[variant]
                    } else {
                        dense[from * size + to] += counts[variant]
                    }
                }
            }
        }
        if dense.isEmpty {
            result.pairs = EventuallyFollows.sorted(sparse)
        } else {
            for (index, journeys) in dense.enumerated() where journeys > 0 {
                result.pairs.append(.init(from: index / size, to: index % size, journeys: journeys))
            }
        }
        return result
    }
}

extension EventLog {
    package func eventuallyFollows(within selection: JourneySelection? = nil, threads: Int = 0) -> EventuallyFollows {
        variants(within: selection, threads: threads).eventuallyFollows()
    }
}
