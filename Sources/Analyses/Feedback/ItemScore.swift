package import Experience
package import Statistics

/// The answers to one question: mean and share of 4 and 5, each with its interval, under the wording they were given to.
package struct ItemScore: Sendable, Hashable {
    package var item: SurveyItem
    /// As it was asked: figures of other wordings are not comparable.
    package var wording: String
    package var counts: [Int]
    /// Mean of 1 to 5 with Student's t interval.
    package var mean: Figure
    /// Share of 4 and 5 with Wilson interval.
    package var top2: Figure

    package var n: Int { counts.reduce(0, +) }

    /// - Parameters:
    ///   - counts: how many gave 1, 2, 3, 4, 5.
    ///   - rule: nil for counts that are public already: then nothing is hidden, and under 30 answers are marked.
    package init(
        item: SurveyItem, wording: String, counts: [Int], rule: SmallSampleRule?, period: Figure.Period? = nil
    ) {
        self.item = item
        self.wording = wording
        self.counts = counts
        mean = Figure.meanRating(counts, rule: rule, period: period)
        let n = counts.reduce(0, +)
        let share = Proportion(successes: counts.suffix(2).reduce(0, +), n: n)
        top2 = Figure(
            value: share?.share, interval: share?.interval().map { Figure.Interval($0) }, n: n,
            method: Figure.Method("proportion.wilson"), period: period, flag: n < 30 ? .lowReliability : .ok
        ).applying(rule)
    }
}

extension Figure {
    /// The figure under a rule, or as it is where what stands behind it is public already.
    package func applying(_ rule: SmallSampleRule?) -> Figure {
        guard let rule else { return self }
        return applying(rule)
    }

    /// The mean of ratings given as counts of 1, 2, 3…, with Student's t interval held inside the scale.
    package static func meanRating(_ counts: [Int], rule: SmallSampleRule?, period: Period? = nil) -> Figure {
        let n = counts.reduce(0, +)
        let method = Method("mean.student-t")
        guard n > 0 else {
            return Figure(value: nil, n: 0, method: method, period: period, flag: .suppressed).applying(rule)
        }
        var sum = 0.0
        var squares = 0.0
        for (place, count) in counts.enumerated() {
            let value = Double(place + 1)
            sum += value * Double(count)
            squares += value * value * Double(count)
        }
        let mean = sum / Double(n)
        var interval: Interval?
        if n > 1 {
            let variance = max(0, squares - sum * mean) / Double(n - 1)
            let reach = StudentT.quantile(0.975, df: Double(n - 1)) * (variance / Double(n)).squareRoot()
            interval = Interval(lower: max(1, mean - reach), upper: min(Double(counts.count), mean + reach))
        }
        return Figure(
            value: mean, interval: interval, n: n, method: method, period: period, flag: n < 30 ? .lowReliability : .ok
        ).applying(rule)
    }
}
