/// Do honest people of different groups carry different friction?
///
/// - Measures: false- and true-positive rate by group (equalised odds), the ratio of clear rates (four-fifths rule), minutes
///   of review per honest claimant.
/// - Reference: Hardt, Price & Srebro 2016; Chouldechova 2017; 29 CFR 1607.4(D); Fleiss, Levin & Paik ch. 4 (sample size).
/// - Groups are known for the audit only, never as features. "No difference found" is not "none": see
///   ``honestNeeded(_:_:significance:power:)``, about 1,060 a group for 5 % against 8 %.
package struct GroupFairness: Sendable, Equatable {
    package let group: String
    package let counts: ConfusionCounts

    /// Counts per group, in ascending order of the name; `nil` when lengths differ or a score is NaN.
    package static func byGroup(
        truth: [Bool], scores: [Double], threshold: Double, groups: [String]
    ) -> [GroupFairness]? {
        guard truth.count == groups.count, truth.count == scores.count else { return nil }
        var members: [String: [Int]] = [:]
        for (index, group) in groups.enumerated() { members[group, default: []].append(index) }
        var result: [GroupFairness] = []
        for group in members.keys.sorted() {
            let indices = members[group] ?? []
            guard
                let counts = ConfusionCounts(
                    truth: indices.map { truth[$0] }, scores: indices.map { scores[$0] }, threshold: threshold)
            else { return nil }
            result.append(GroupFairness(group: group, counts: counts))
        }
        return result
    }

    /// Extra minutes that review costs the average honest person of the group; `nil` without honest people.
    package func extraMinutesPerHonest(reviewMinutes: Double) -> Double? {
        counts.falsePositiveRate.map { $0.share * reviewMinutes }
    }

    /// Comparison of two groups, second minus first.
    package struct Gap: Sendable, Equatable {
        package let falsePositiveDifference: Double
        /// Newcombe.
        package let interval: ConfidenceInterval
        /// `nil` when the first group has no false positive.
        package let falsePositiveRatio: Double?
        /// Smaller over larger share left in peace; below 0.8 the four-fifths rule of thumb asks for a look.
        package let clearRateRatio: Double
        /// Larger of the two differences in false- and true-positive rate; `nil` without true cases in both groups.
        package let equalizedOddsDifference: Double?
    }

    /// Compares with another group; `nil` when a group has no honest person or a side was wholly flagged.
    package func gap(to other: GroupFairness, confidence: Double = 0.95) -> Gap? {
        guard let own = counts.falsePositiveRate?.share, let theirs = other.counts.falsePositiveRate?.share,
            let ownRate = counts.selectionRate?.share, let theirRate = other.counts.selectionRate?.share,
            ownRate < 1 || theirRate < 1,
            let difference = ProportionDifference(
                x1: other.counts.falsePositives, n1: other.counts.negatives, x2: counts.falsePositives,
                n2: counts.negatives), let interval = difference.interval(confidence: confidence)
        else { return nil }
        var odds: Double?
        if let ownRecall = counts.recall?.share, let theirRecall = other.counts.recall?.share {
            odds = max(abs(theirs - own), abs(theirRecall - ownRecall))
        }
        let clear = [1 - ownRate, 1 - theirRate]
        return Gap(
            falsePositiveDifference: theirs - own, interval: interval,
            falsePositiveRatio: own > 0 ? theirs / own : nil,
            clearRateRatio: min(clear[0], clear[1]) / max(clear[0], clear[1]), equalizedOddsDifference: odds)
    }

    /// Honest people needed per group to see two false-positive rates apart.
    ///
    /// - Formula: `[z_{1−α/2}√(2p̄q̄) + z_{power}√(p₁q₁ + p₂q₂)]² / (p₁ − p₂)²`, rounded up.
    /// - Returns: `nil` for equal rates or a share outside 0 < x < 1.
    package static func honestNeeded(
        _ first: Double, _ second: Double, significance: Double = 0.05, power: Double = 0.8
    ) -> Int? {
        guard [first, second, significance, power].allSatisfy({ $0 > 0 && $0 < 1 }), first != second
        else { return nil }
        let mean = (first + second) / 2
        let z = Normal.twoSidedZ(1 - significance)
        let spread =
            z * (2 * mean * (1 - mean)).squareRoot()
            + Normal.quantile(power) * (first * (1 - first) + second * (1 - second)).squareRoot()
        let needed = (spread * spread / ((first - second) * (first - second))).rounded(.up)
        return needed < 1e15 ? Int(needed) : nil
    }
}
