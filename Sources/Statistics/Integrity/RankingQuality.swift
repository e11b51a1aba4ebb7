/// How well a score ranks true cases above others, over all thresholds.
///
/// - Average precision: `Σ (R_k − R_{k−1})·P_k` over distinct scores, descending. ROC area: share of (true, other) pairs ranked
///   right, ties half.
/// - Reference: Saito & Rehmsmeier 2015: use average precision when true cases are rare, the ROC area flatters then.
/// - Smallest n: about 30 true cases.
package struct RankingQuality: Sendable, Equatable {
    package let averagePrecision: Double
    package let rocArea: Double

    /// `nil` when lengths differ, a score is NaN, or one of the two classes is empty.
    package init?(truth: [Bool], scores: [Double]) {
        guard truth.count == scores.count, !scores.contains(where: \.isNaN) else { return nil }
        let positives = truth.count { $0 }
        guard positives > 0, positives < truth.count else { return nil }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var hits = 0
        var seen = 0
        var precision = 0.0
        var pairs = 0.0
        var index = 0
        while index < order.count {
            let score = scores[order[index]]
            var hitsHere = 0
            var here = 0
            while index < order.count, scores[order[index]] == score {
                if truth[order[index]] { hitsHere += 1 }
                here += 1
                index += 1
            }
            let othersBefore = seen - hits
            hits += hitsHere
            seen += here
            precision += Double(hitsHere) / Double(positives) * Double(hits) / Double(seen)
            let othersAfter = truth.count - positives - othersBefore
            pairs += Double(hitsHere) * (Double(othersAfter) - Double(here - hitsHere) / 2)
        }
        averagePrecision = precision
        rocArea = pairs / (Double(positives) * Double(truth.count - positives))
    }

    /// Share of true cases among the k highest scores (ties in input order); `nil` for k outside 1...n.
    package static func precision(at k: Int, truth: [Bool], scores: [Double]) -> Double? {
        guard k >= 1, truth.count == scores.count, k <= truth.count, !scores.contains(where: \.isNaN)
        else { return nil }
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        return Double(order.prefix(k).count { truth[$0] }) / Double(k)
    }
}
