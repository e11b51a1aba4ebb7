package import Statistics

extension ConfusionCounts {
    /// What a rule said of each comment, against labels made by hand.
    package init(predicted: [Bool], labelled: [Bool]) {
        var counts = (hits: 0, wrong: 0, missed: 0, right: 0)
        for (said, has) in zip(predicted, labelled) {
            switch (said, has) {
            case (true, true): counts.hits += 1
            case (true, false): counts.wrong += 1
            case (false, true): counts.missed += 1
            case (false, false): counts.right += 1
            }
        }
        self.init(
            truePositives: counts.hits, falsePositives: counts.wrong, falseNegatives: counts.missed,
            trueNegatives: counts.right)
    }

    /// Share of comments judged as the label says.
    package var accuracy: Double { Double(truePositives + trueNegatives) / Double(max(1, total)) }

    /// What always giving the more frequent answer comes to. For a rare theme it is high and finds nothing: its recall and
    /// F1 are 0, which is why themes are shown with precision and recall.
    package var majorityAccuracy: Double { Double(max(positives, negatives)) / Double(max(1, total)) }
}
