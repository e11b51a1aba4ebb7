/// Do groups differ in how often one ending comes, when there are others? The k-sample test on cumulative incidence.
///
/// Score with weight 1 (ρ = 0): Σ (d₁ᵢ - R_i·d₁/R), R_i = Y_i(1 - F₁ᵢ)/S_i; chi-squared with groups - 1 degrees of
/// freedom. Reference: Gray 1988, Ann. Stat. 16:1141. Assumes censoring of the same kind in all groups. At least 10
/// endings of the kind in each group; it has little power where curves cross.
package struct GrayTest: Sendable, Hashable {
    package let statistic: Double
    package let pValue: Double
    package let degreesOfFreedom: Int

    /// `outcomes`: 0 open, `kind` the ending tested, anything else another ending. Nil with fewer than two groups,
    /// without such an ending, for bad times, or where the variance is singular.
    package init?(times: [Double], outcomes: [Int], groups: [Int], kind: Int) {
        guard !times.isEmpty, times.count == outcomes.count, times.count == groups.count, kind > 0,
            times.allSatisfy({ $0 >= 0 && $0.isFinite })
        else { return nil }
        let names = Set(groups).sorted()
        guard names.count > 1 else { return nil }
        var place: [Int: Int] = [:]
        for (index, name) in names.enumerated() { place[name] = index }
        var sums = GrayScore(groups: names.count)
        for group in groups { if let index = place[group] { sums.risk[index] += 1 } }
        let order = times.indices.sorted { times[$0] < times[$1] }
        var i = 0
        while i < order.count {
            let time = times[order[i]]
            var mine = [Double](repeating: 0, count: names.count)
            var others = mine
            var leaving = mine
            while i < order.count, times[order[i]] == time {
                let row = order[i]
                let group = place[groups[row]] ?? 0
                leaving[group] += 1
                if outcomes[row] == kind { mine[group] += 1 } else if outcomes[row] != 0 { others[group] += 1 }
                i += 1
            }
            sums.step(mine, others)
            for group in names.indices { sums.risk[group] -= leaving[group] }
        }
        guard let value = sums.statistic else { return nil }
        statistic = value
        degreesOfFreedom = names.count - 1
        pValue = ChiSquared.survival(value, df: Double(names.count - 1))
    }
}

/// The running sums of Gray's score and its covariance.
private struct GrayScore {
    let groups: Int
    var risk: [Double]
    private var openBefore: [Double]
    private var open: [Double]
    private var incidenceBefore: [Double]
    private var incidence: [Double]
    private var pooledBefore = 0.0
    private var score: [Double]
    private var c: Matrix
    private var v: Matrix
    private var v2: Matrix
    private var v3: [Double]

    init(groups: Int) {
        self.groups = groups
        let zeros = [Double](repeating: 0, count: groups)
        let ones = [Double](repeating: 1, count: groups)
        risk = zeros
        openBefore = ones
        open = ones
        incidenceBefore = zeros
        incidence = zeros
        score = zeros
        v3 = zeros
        c = Matrix(rows: groups, columns: groups)
        v = c
        v2 = c
    }

    /// One distinct time: endings of the kind tested and of other kinds, by group.
    mutating func step(_ mine: [Double], _ others: [Double]) {
        let total: Double = mine.reduce(0, +)
        guard total + others.reduce(0, +) > 0 else { return }
        var sumOfRisk = 0.0
        var sumOfSubrisk = 0.0
        for g in 0..<groups where risk[g] > 0 {
            open[g] = openBefore[g] * (risk[g] - mine[g] - others[g]) / risk[g]
            incidence[g] = incidenceBefore[g] + openBefore[g] * mine[g] / risk[g]
            sumOfRisk += risk[g] / openBefore[g]
            sumOfSubrisk += risk[g] * (1 - incidenceBefore[g]) / openBefore[g]
        }
        let pooled: Double = pooledBefore + total / sumOfRisk
        var a = Matrix(rows: groups, columns: groups)
        let hazard: Double = pooledBefore < 1 ? total / (sumOfRisk * (1 - pooledBefore)) : 0
        for i in 0..<groups where risk[i] > 0 {
            let own = risk[i] / openBefore[i]
            for j in 0..<groups where risk[j] > 0 {
                let other = risk[j] / openBefore[j]
                a[i, j] = i == j ? own * (1 - own / sumOfRisk) : -own * other / sumOfRisk
                c[i, j] += a[i, j] * hazard
            }
        }
        for g in 0..<groups where risk[g] > 0 && total > 0 {
            score[g] += mine[g] - total * risk[g] * (1 - incidenceBefore[g]) / (openBefore[g] * sumOfSubrisk)
        }
        for g in 0..<groups where risk[g] > 0 {
            if total > 0 {
                let t3: Double = open[g] > 0 ? 1 - (1 - pooled) / open[g] : 1
                let ties: Double = total > 1 ? 1 - (total - 1) / (sumOfRisk * openBefore[g] - 1) : 1
                let terms = (0..<groups).map { a[$0, g] - t3 * c[$0, g] }
                add(g, t3, ties * openBefore[g] * total / (sumOfRisk * risk[g]), terms)
            }
            if others[g] > 0, open[g] > 0 {
                let t3: Double = (1 - pooled) / open[g]
                let ties: Double = others[g] > 1 ? 1 - (others[g] - 1) / (risk[g] - 1) : 1
                let weight: Double = ties * openBefore[g] * openBefore[g] * others[g] / (risk[g] * risk[g])
                add(g, -t3, weight, (0..<groups).map { t3 * c[$0, g] })
            }
        }
        pooledBefore = pooled
        incidenceBefore = incidence
        openBefore = open
    }

    private mutating func add(_ g: Int, _ t3: Double, _ weight: Double, _ terms: [Double]) {
        v3[g] += t3 * t3 * weight
        for i in 0..<groups {
            v2[i, g] += terms[i] * t3 * weight
            for j in 0..<groups { v[i, j] += terms[i] * terms[j] * weight }
        }
    }

    /// sᵀ V⁻¹ s over all groups but the last.
    var statistic: Double? {
        let size = groups - 1
        var covariance = Matrix(rows: size, columns: size)
        for i in 0..<size {
            for j in 0..<size {
                covariance[i, j] = v[i, j]
                for g in 0..<groups {
                    covariance[i, j] += c[i, g] * c[j, g] * v3[g] + c[i, g] * v2[j, g] + c[j, g] * v2[i, g]
                }
            }
        }
        let front = Array(score.prefix(size))
        guard let solved = covariance.solve(front) else { return nil }
        let value: Double = zip(front, solved).reduce(0) { $0 + $1.0 * $1.1 }
        return value >= 0 && value.isFinite ? value : nil
    }
}
