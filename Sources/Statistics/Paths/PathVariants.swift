/// The different paths journeys took, how often, and what usually follows what.
///
/// Activities are opaque integer codes; give codes in the order of the activity names so that ties sort as names do.
/// - Reference: van der Aalst, *Process Mining*, 2nd ed. 2016, ch. 5–8.
/// - Smallest n: report shares of a variant from 30 journeys on.
/// - Do not read a gap in a log as a skipped step, nor "frequent" as "good"; frequencies differ by who uses the channel.
/// - For logs beyond memory use the journey engine; this is the exact reference on small sets.
package struct PathVariants: Sendable, Equatable {
    package struct Variant: Sendable, Equatable {
        package let path: [Int]
        package let count: Int
    }

    /// A pair of activities that follow each other directly, with how often they do.
    package struct Follow: Sendable, Equatable {
        package let from: Int
        package let to: Int
        package let count: Int
    }

    /// Most frequent first, ties in ascending order of the activity sequence.
    package let variants: [Variant]
    /// Number of journeys.
    package let journeys: Int

    package init(traces: [[Int]]) {
        var counts: [[Int]: Int] = [:]
        for trace in traces { counts[trace, default: 0] += 1 }
        variants = counts.map { Variant(path: $0.key, count: $0.value) }.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.path.lexicographicallyPrecedes($1.path)
        }
        journeys = traces.count
    }

    /// The directly-follows counts, ascending by pair.
    package var directlyFollows: [Follow] {
        struct Pair: Hashable {
            let from: Int
            let to: Int
        }
        var counts: [Pair: Int] = [:]
        for variant in variants {
            for (from, to) in zip(variant.path, variant.path.dropFirst()) {
                counts[Pair(from: from, to: to), default: 0] += variant.count
            }
        }
        return counts.map { Follow(from: $0.key.from, to: $0.key.to, count: $0.value) }
            .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// How many journeys start with each activity.
    package var starts: [Int: Int] { tally(\.first) }

    /// How many journeys end with each activity.
    package var ends: [Int: Int] { tally(\.last) }

    private func tally(_ pick: ([Int]) -> Int?) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for variant in variants {
            if let activity = pick(variant.path) { counts[activity, default: 0] += variant.count }
        }
        return counts
    }

    /// Most frequent path among successful ones; ties: shorter, then ascending sequence. `nil` when none succeeded.
    ///
    /// Show it only when it covers at least 5 % of the successes, else show the first three of ``variants``.
    package func happyPath(where isSuccess: ([Int]) -> Bool) -> Variant? {
        variants.filter { isSuccess($0.path) }.min {
            if $0.count != $1.count { return $0.count > $1.count }
            if $0.path.count != $1.path.count { return $0.path.count < $1.path.count }
            return $0.path.lexicographicallyPrecedes($1.path)
        }
    }

    /// How many of the most frequent variants cover a share of all journeys; `nil` without journeys or a share outside 0...1.
    package func variantsToCover(_ share: Double) -> Int? {
        guard journeys > 0, share >= 0, share <= 1 else { return nil }
        // A hair below the product keeps 0.8 × 120 from becoming 96.000…01.
        let needed = share * Double(journeys) - 1e-9
        var covered = 0
        for (index, variant) in variants.enumerated() {
            covered += variant.count
            if Double(covered) >= needed { return index + 1 }
        }
        return variants.count
    }
}
