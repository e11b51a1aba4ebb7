/// p-values adjusted for having looked many times.
///
/// Holm for a few planned comparisons (family-wise error), Benjamini-Hochberg for screens (false discovery rate).
/// References: Holm 1979; Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001 (any dependence). Do not use for a
/// league table: rank intervals (``RankInterval``) answer that question.
package enum MultipleComparisons: String, Sendable, CaseIterable, Codable {
    case bonferroni
    case holm
    case benjaminiHochberg
    case benjaminiYekutieli

    package struct Result: Sendable, Hashable {
        /// In the order given, at most 1.
        package let adjusted: [Double]
        package let rejected: [Bool]
    }

    /// Nil when a p-value is outside 0-1 or NaN, or alpha outside (0, 1). No p-values give an empty result.
    package func adjust(_ p: [Double], alpha: Double = 0.05) -> Result? {
        guard alpha > 0, alpha < 1, p.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
        let n = p.count
        let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
        var adjusted = [Double](repeating: 1, count: n)
        var rejected = [Bool](repeating: false, count: n)
        switch self {
        case .bonferroni:
            for i in 0..<n {
                adjusted[i] = min(1, p[i] * Double(n))
                rejected[i] = p[i] <= alpha / Double(n)
            }
        case .holm:
            var running = 0.0
            var open = true
            for (rank, i) in order.enumerated() {
                let left = Double(n - rank)
                running = max(running, p[i] * left)
                adjusted[i] = min(1, running)
                open = open && p[i] <= alpha / left
                rejected[i] = open
            }
        case .benjaminiHochberg, .benjaminiYekutieli:
            let penalty: Double =
                self == .benjaminiHochberg || n == 0 ? 1 : (1...n).reduce(0) { $0 + 1 / Double($1) }
            var running = 1.0
            var open = false
            for rank in (0..<n).reversed() {
                let i = order[rank]
                let share: Double = Double(rank + 1) / Double(n) / penalty
                running = min(running, p[i] / share)
                adjusted[i] = running
                open = open || p[i] <= share * alpha
                rejected[i] = open
            }
        }
        return Result(adjusted: adjusted, rejected: rejected)
    }
}
