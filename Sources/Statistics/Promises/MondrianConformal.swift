/// Conformal bounds by group, backing off to wider groups where a group is too small.
///
/// Groups are paths from the widest to the narrowest key (supplier > product > destination); a query uses its own
/// group if it holds enough scores, else drops the last key, down to everybody. Enough = max(`smallestGroup`, the
/// count that gives a finite bound). Reference: Vovk et al. 2003 (Mondrian). The guarantee holds within each group
/// used as it stands; choosing the group by size keeps it as long as sizes do not depend on the scores.
package struct MondrianConformal<Key: Hashable & Sendable>: Sendable {
    package struct Answer: Sendable, Hashable {
        /// Keys used: 0 is everybody.
        package let depth: Int
        package let n: Int
        /// One-based; nil when even everybody is too few.
        package let rank: Int?
        package let bound: Double?
    }

    package let level: Double
    package let smallestGroup: Int
    private let groups: [[Key]: [Double]]

    /// Nil for paths of different length, lengths that differ, a NaN score, or a level outside (0, 1).
    package init?(paths: [[Key]], scores: [Double], level: Double, smallestGroup: Int) {
        guard paths.count == scores.count, !scores.contains(where: \.isNaN), level > 0, level < 1,
            Set(paths.map(\.count)).count <= 1
        else { return nil }
        var groups: [[Key]: [Double]] = [[]: []]
        for (path, score) in zip(paths, scores) {
            for depth in 0...path.count { groups[Array(path.prefix(depth)), default: []].append(score) }
        }
        self.groups = groups.mapValues { $0.sorted() }
        self.level = level
        self.smallestGroup = smallestGroup
    }

    package func answer(for path: [Key]) -> Answer {
        for depth in (0...path.count).reversed() {
            let scores = groups[Array(path.prefix(depth))] ?? []
            let rank = Conformal.rank(count: scores.count, level: level)
            if let rank, depth == 0 || scores.count >= smallestGroup {
                return Answer(depth: depth, n: scores.count, rank: rank, bound: scores[rank - 1])
            }
        }
        return Answer(depth: 0, n: groups[[]]?.count ?? 0, rank: nil, bound: nil)
    }
}
