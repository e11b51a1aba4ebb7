/// Weights that make a sample agree with known totals of several variables (iterative proportional fitting).
///
/// Each variable in turn scales the weights of its levels to their targets, until all margins hold. References:
/// Deming & Stephan 1940; Deville, Särndal & Sautory 1993. Collapse levels without respondents first; show weighted
/// and unweighted results side by side, with the ``DesignEffect``. n ≥ 30 in the smallest level is sensible. Raking
/// cannot repair people who never answer.
package enum Raking {
    /// One variable: the level of every respondent and the known total of every level.
    package struct Margin: Sendable {
        package let name: String
        package let levels: [String]
        package let targets: [(level: String, total: Double)]

        package init(name: String, levels: [String], targets: [(level: String, total: Double)]) {
            self.name = name
            self.levels = levels
            self.targets = targets
        }

        var total: Double { targets.reduce(0) { $0 + $1.total } }
    }

    package struct Result: Sendable, Equatable {
        package let weights: [Double]
        package let iterations: Int
        /// Nil only when all weights are 0.
        package let designEffect: DesignEffect?
    }

    /// Throws when all targets are not finite totals ≥ 0 with equal sums.
    package static func checkTotals(_ margins: [Margin]) throws(RakingError) {
        for margin in margins {
            for target in margin.targets where !(target.total >= 0 && target.total.isFinite) {
                throw .badTarget(variable: margin.name, level: target.level)
            }
            guard margin.total > 0 else { throw .badTarget(variable: margin.name, level: "") }
        }
        guard let first = margins.first else { return }
        for margin in margins where abs(margin.total - first.total) > 1e-6 * first.total {
            throw .marginTotalsDiffer(first.total, margin.total)
        }
    }

    /// Weights in the order of the respondents.
    package static func fit(
        _ margins: [Margin], baseWeights: [Double]? = nil, maximumIterations: Int = 10_000
    ) throws(RakingError) -> Result {
        try checkTotals(margins)
        let n = baseWeights?.count ?? margins.first?.levels.count ?? 0
        var weights = baseWeights ?? Array(repeating: 1, count: n)
        for (row, weight) in weights.enumerated() where !(weight > 0 && weight.isFinite) {
            throw .badBaseWeight(row: row)
        }
        guard n > 0 else { throw .noRespondents }
        var codes: [[Int]] = []
        for margin in margins { codes.append(try code(margin, respondents: n)) }
        for iteration in 1...max(1, maximumIterations) {
            var worst = 0.0
            for (margin, code) in zip(margins, codes) {
                var sums = [Double](repeating: 0, count: margin.targets.count)
                for i in 0..<n { sums[code[i]] += weights[i] }
                let factors = margin.targets.indices.map { k in
                    sums[k] > 0 ? margin.targets[k].total / sums[k] : 0
                }
                for (k, factor) in factors.enumerated() where margin.targets[k].total > 0 {
                    worst = max(worst, abs(factor - 1))
                }
                for i in 0..<n { weights[i] *= factors[code[i]] }
            }
            if worst < 1e-12 {
                return Result(weights: weights, iterations: iteration, designEffect: DesignEffect(weights: weights))
            }
        }
        throw .notConverged(iterations: maximumIterations)
    }

    private static func code(_ margin: Margin, respondents n: Int) throws(RakingError) -> [Int] {
        guard margin.levels.count == n else { throw .wrongNumberOfLevels(variable: margin.name) }
        var place: [String: Int] = [:]
        for (k, target) in margin.targets.enumerated() {
            guard place.updateValue(k, forKey: target.level) == nil else {
                throw .badTarget(variable: margin.name, level: target.level)
            }
        }
        var seen = [Bool](repeating: false, count: margin.targets.count)
        var codes: [Int] = []
        codes.reserveCapacity(n)
        for level in margin.levels {
            guard let k = place[level] else { throw .unknownLevel(variable: margin.name, level: level) }
            seen[k] = true
            codes.append(k)
        }
        for (k, target) in margin.targets.enumerated() where !seen[k] && target.total > 0 {
            throw .levelWithoutRespondents(variable: margin.name, level: target.level)
        }
        return codes
    }

    /// Weights cut at `multiple` times their median and scaled back to the same sum; nil for no or negative weights.
    ///
    /// Trimming trades a little bias for less variance; the margins then hold only about.
    package static func trim(_ weights: [Double], atMedianTimes multiple: Double = 3) -> [Double]? {
        guard multiple > 0, weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
            let median = Quantile.of(weights, 0.5), median > 0
        else { return nil }
        let limit = multiple * median
        let cut = weights.map { min($0, limit) }
        let scale: Double = weights.reduce(0, +) / cut.reduce(0, +)
        return cut.map { $0 * scale }
    }
}
