/// What a cell's lead times look like when the cell is small: its own cases, pulled towards its parent's.
///
/// Weights of all cases for one cell: 1/n at the root; one level down w = (1[in cell] + κ·w_parent)/(n_cell + κ), the
/// posterior mean of a hierarchical Dirichlet prior (Ferguson 1973, Ann. Stat. 1:209). A cell without cases inherits
/// its parent. κ, in cases, is chosen by held-out pinball loss (20 to start with). A quantile of the weighted cases
/// carries no finite-sample guarantee: pass it through ``Conformal`` before it becomes a promise. With open cases
/// feed `weights` to ``KaplanMeier``. Smallest sensible n at the root: 30.
package struct HierarchicalShrinkage<Key: Hashable & Sendable>: Sendable {
    package let kappa: Double
    private let paths: [[Key]]

    /// `paths`: widest key first, one a case. Nil for κ that is negative, 0 or not finite, or paths of different
    /// length.
    package init?(paths: [[Key]], kappa: Double) {
        guard kappa > 0, kappa.isFinite, Set(paths.map(\.count)).count <= 1 else { return nil }
        self.paths = paths
        self.kappa = kappa
    }

    /// One weight a case, summing to 1; empty when there are no cases.
    package func weights(for path: [Key]) -> [Double] {
        guard !paths.isEmpty else { return [] }
        var weights = [Double](repeating: 1 / Double(paths.count), count: paths.count)
        var inside = Array(paths.indices)
        for depth in 0..<min(path.count, paths[0].count) {
            inside = inside.filter { paths[$0][depth] == path[depth] }
            guard !inside.isEmpty else { break }
            let scale: Double = 1 / (Double(inside.count) + kappa)
            for i in weights.indices { weights[i] *= kappa * scale }
            for i in inside { weights[i] += scale }
        }
        return weights
    }

    /// The weighted type 1 quantile of completed cases; nil when lengths differ or nothing is there.
    package func quantile(_ p: Double, of values: [Double], for path: [Key]) -> Double? {
        guard values.count == paths.count else { return nil }
        return Quantile.weighted(values, weights: weights(for: path), p)
    }

    /// 1/Σw²: cases' worth of information behind the cell.
    package func effectiveN(for path: [Key]) -> Double? {
        DesignEffect(weights: weights(for: path))?.effectiveN
    }

    /// The weighted Kaplan-Meier curve of the cell, open cases as censored.
    package func curve(times: [Double], isEvent: [Bool], for path: [Key]) -> KaplanMeier? {
        guard times.count == paths.count else { return nil }
        return KaplanMeier(times: times, isEvent: isEvent, weights: weights(for: path))
    }
}
