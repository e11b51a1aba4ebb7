/// A 0-100 index over drivers, with the sampling error of weights and unanswered items.
///
/// Driver score = weighted mean of ``RatingScore`` over those who answered it; index = Σ w_d·score_d / Σ w_d, where
/// drivers nobody answered drop out and are listed. Standard error by Taylor linearisation over respondents (Binder
/// 1983; Lumley 2010), as R's `survey` computes it for a sample with replacement; interval index ± z·se. Units:
/// points, 0-100. n ≥ 100 for the interval, below use the BCa bootstrap (``Bootstrap``); under 10 nothing is shown.
/// Do not mix surveys of different wording in one trend, and do not read the index as a brand score.
package struct ExperienceIndex: Sendable, Equatable {
    package struct Driver: Sendable, Equatable {
        package let name: String
        package let weight: Double
        /// Respondents who answered.
        package let n: Int
        /// Nil when nobody answered.
        package let score: Double?
        package let standardError: Double?
    }

    package let drivers: [Driver]
    /// Nil when no driver has an answer and a positive weight.
    package let index: Double?
    /// Nil with fewer than two respondents.
    package let standardError: Double?
    package let interval: ConfidenceInterval?
    package let confidence: Double
    package let n: Int
    package let effectiveN: Double?

    /// Names of the drivers that dropped out.
    package var withoutAnswers: [String] { drivers.filter { $0.score == nil }.map(\.name) }

    /// Nil when there is not one non-negative finite weight for each driver, or the level lies outside (0, 1).
    package init?(_ table: RatingTable, scoring: RatingScore, driverWeights: [Double]? = nil, confidence: Double = 0.95)
    {
        let driverWeights = driverWeights ?? table.drivers.map { _ in 1 }
        guard driverWeights.count == table.drivers.count, driverWeights.allSatisfy({ $0 >= 0 && $0.isFinite }),
            confidence > 0, confidence < 1
        else { return nil }
        let people = table.respondents
        let spread: Double? = people > 1 ? Double(people) / Double(people - 1) : nil
        let lookup: [Double] = [0] + scoring.scores
        var influence = [Double](repeating: 0, count: people)
        var drivers: [Driver] = []
        var top = 0.0
        var bottom = 0.0
        for (d, column) in table.columns.enumerated() {
            let total = Self.total(column, lookup, table.weights)
            guard total.weight > 0 else {
                drivers.append(
                    Driver(
                        name: table.drivers[d], weight: driverWeights[d], n: total.n, score: nil, standardError: nil))
                continue
            }
            let score = total.score / total.weight
            var squares = 0.0
            for i in 0..<people where column[i] != 0 {
                let weight: Double = table.weights?[i] ?? 1
                let share: Double = weight * (lookup[Int(column[i])] - score) / total.weight
                squares += share * share
                influence[i] += driverWeights[d] * share
            }
            drivers.append(
                Driver(
                    name: table.drivers[d], weight: driverWeights[d], n: total.n, score: score,
                    standardError: spread.map { ($0 * squares).squareRoot() }))
            top += driverWeights[d] * score
            bottom += driverWeights[d]
        }
        self.drivers = drivers
        self.confidence = confidence
        n = people
        effectiveN = table.weights.flatMap { DesignEffect(weights: $0)?.effectiveN }
        guard bottom > 0 else {
            index = nil
            standardError = nil
            interval = nil
            return
        }
        let value = top / bottom
        index = value
        let squares: Double = influence.reduce(0) { $0 + $1 * $1 }
        let error = spread.map { ($0 * squares).squareRoot() / bottom }
        standardError = error
        let z = Normal.twoSidedZ(confidence)
        interval = error.map { ConfidenceInterval(lower: value - z * $0, upper: value + z * $0) }
    }

    private static func total(
        _ column: [UInt8], _ lookup: [Double], _ weights: [Double]?
    ) -> (n: Int, weight: Double, score: Double) {
        var n = 0
        var sumOfWeights = 0.0
        var sum = 0.0
        for i in column.indices where column[i] != 0 {
            let weight: Double = weights?[i] ?? 1
            n += 1
            sumOfWeights += weight
            sum += weight * lookup[Int(column[i])]
        }
        return (n, sumOfWeights, sum)
    }

    /// The index as it may be shown under `rule`.
    package func figure(
        rule: SmallSampleRule = .staff, period: Figure.Period? = nil
    ) -> Figure {
        Figure(
            value: index, interval: interval.map { Figure.Interval($0) }, level: confidence, n: n,
            effectiveN: effectiveN, method: Figure.Method("experience_index.linearised"), period: period,
            isWeighted: effectiveN != nil
        ).applying(rule)
    }
}
