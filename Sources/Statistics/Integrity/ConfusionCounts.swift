/// True and false positives and negatives of a flag, and the rates read off them.
///
/// - Reference: Wilson 1927 (intervals); Saito & Rehmsmeier 2015 (precision and recall rather than ROC when rare).
/// - Every rate is `nil` when nothing stands below its line: "no flagged claim" has no precision.
/// - Do not quote recall from flagged cases alone: it needs an audit of the unflagged (``AuditedRecall``).
package struct ConfusionCounts: Sendable, Equatable {
    package let truePositives: Int
    package let falsePositives: Int
    package let falseNegatives: Int
    package let trueNegatives: Int

    package init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// Counts scores at or above a threshold as flagged; `nil` when lengths differ or a score is NaN.
    package init?(truth: [Bool], scores: [Double], threshold: Double) {
        guard truth.count == scores.count, !threshold.isNaN, !scores.contains(where: \.isNaN) else { return nil }
        var counts = [0, 0, 0, 0]
        for (isTrue, score) in zip(truth, scores) { counts[(score >= threshold ? 0 : 2) + (isTrue ? 0 : 1)] += 1 }
        self.init(
            truePositives: counts[0], falsePositives: counts[1], falseNegatives: counts[2], trueNegatives: counts[3])
    }

    package var positives: Int { truePositives + falseNegatives }
    package var negatives: Int { falsePositives + trueNegatives }
    package var flagged: Int { truePositives + falsePositives }
    package var total: Int { positives + negatives }

    /// Share of the flagged that are true.
    package var precision: Proportion? { Proportion(successes: truePositives, n: flagged) }
    /// Share of the true that are flagged (true-positive rate).
    package var recall: Proportion? { Proportion(successes: truePositives, n: positives) }
    /// Share of the honest that are flagged.
    package var falsePositiveRate: Proportion? { Proportion(successes: falsePositives, n: negatives) }
    /// Share of all that are flagged.
    package var selectionRate: Proportion? { Proportion(successes: flagged, n: total) }

    /// Harmonic mean of precision and recall.
    package var f1: Double? {
        let base = 2 * truePositives + falsePositives + falseNegatives
        return base > 0 ? 2 * Double(truePositives) / Double(base) : nil
    }

    /// Matthews correlation, −1...1; `nil` when a margin is empty.
    package var matthews: Double? {
        let margins = [flagged, positives, negatives, falseNegatives + trueNegatives].map(Double.init)
        let product = margins.reduce(1, *)
        guard product > 0 else { return nil }
        let top = Double(truePositives) * Double(trueNegatives) - Double(falsePositives) * Double(falseNegatives)
        return top / product.squareRoot()
    }

    /// Honest people checked for every true case found.
    package var falseAlarmsPerTrue: Double? {
        truePositives > 0 ? Double(falsePositives) / Double(truePositives) : nil
    }
}
