import RealModule

/// Which words set one group of comments apart from another: log-odds ratio with an informative Dirichlet prior.
///
/// - Formula: with prior counts α_w, `δ_w = ln[(y_i + α)/(n_i + α₀ − y_i − α)] − ln[(y_j + α)/(n_j + α₀ − y_j − α)]`,
///   variance `1/(y_i + α) + 1/(y_j + α)` (the paper's), or with the two complements added (full); `z = δ/√variance`.
/// - Reference: Monroe, Colaresi & Quinn 2008, *Political Analysis* 16:372, eq. 16, 20–22.
/// - Prior: the words' counts in all comments, scaled to about 10–1,000 in total; larger = more caution.
/// - Smallest n: a few hundred words a group. Read |z| > 1.96 only after Benjamini–Hochberg over all words shown.
/// - Do not use it to find themes: it explains a difference between groups that were chosen beforehand.
package struct LogOdds: Sendable, Equatable {
    package let delta: Double
    /// The paper's approximate variance.
    package let variance: Double
    /// δ over the approximate deviation.
    package let z: Double
    /// δ over the deviation with all four terms: smaller, better for frequent words.
    package let zFullVariance: Double

    /// Compares two count vectors over one vocabulary.
    ///
    /// - Parameters:
    ///   - first: counts per word in one group.
    ///   - second: counts per word in the other.
    ///   - prior: pseudo-counts per word, > 0.
    /// - Returns: one value per word; `nil` when lengths differ, counts are negative, a prior is not positive, or the
    ///   vocabulary holds fewer than two words (odds need something else to be said).
    package static func compare(_ first: [Double], _ second: [Double], prior: [Double]) -> [LogOdds]? {
        guard first.count == second.count, first.count == prior.count, first.count >= 2,
            first.allSatisfy({ $0 >= 0 && $0.isFinite }), second.allSatisfy({ $0 >= 0 && $0.isFinite }),
            prior.allSatisfy({ $0 > 0 && $0.isFinite })
        else { return nil }
        let priorTotal = prior.reduce(0, +)
        let firstTotal = first.reduce(0, +) + priorTotal
        let secondTotal = second.reduce(0, +) + priorTotal
        return first.indices.map { word in
            let a = first[word] + prior[word]
            let b = second[word] + prior[word]
            let notA = firstTotal - a
            let notB = secondTotal - b
            let delta = Double.log(a / notA) - Double.log(b / notB)
            let variance = 1 / a + 1 / b
            let full = variance + 1 / notA + 1 / notB
            return LogOdds(
                delta: delta, variance: variance, z: delta / Double.sqrt(variance),
                zFullVariance: delta / Double.sqrt(full))
        }
    }

    /// A prior with the shape of the pooled counts and a stated total weight; `nil` for empty or negative counts.
    ///
    /// Words never seen get half a count so that every prior stays positive.
    package static func pooledPrior(_ pooled: [Double], weight: Double) -> [Double]? {
        guard weight > 0, !pooled.isEmpty, pooled.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
        let shape = pooled.map { max($0, 0.5) }
        let total = shape.reduce(0, +)
        return shape.map { $0 / total * weight }
    }
}
