/// A mean and one shrunken effect a level of each factor: a linear model with crossed random effects.
///
/// target = mean + Σ effect[factor][level] + noise, effects normal with one variance a factor. The variances are
/// estimated with the effects (EM, a fixed number of rounds over a backfitting pass), so a factor that says nothing is
/// shrunk to nothing and no constant needs tuning: κ of a factor = noise variance ÷ effect variance, the same κ as in a
/// hierarchical prior. Reference: Robinson 1991, Statistical Science 6:15 (BLUP); Laird & Ware 1982.
/// O(rounds × factors × rows). Not for a handful of rows: with fewer than about 15 it is the mean and little else.
struct AdditiveEffects: Sendable {
    var mean: Double
    var effects: [[Double]]
    /// Noise variance ÷ effect variance of each factor: the weight of the prior in journeys.
    var kappas: [Double]

    static let rounds = 12

    /// Sum of the mean and the effects of one journey's levels.
    func value(_ levels: (Int) -> Int32) -> Double {
        var sum = mean
        for factor in effects.indices {
            let level = Int(levels(factor))
            if level >= 0, level < effects[factor].count { sum += effects[factor][level] }
        }
        return sum
    }

    init(rows: [Int32], weights raw: [Double], targets: [Double], codes: [[Int32]], sizes: [Int]) {
        let n = rows.count
        let total = raw.reduce(0, +)
        guard n > 0, total > 0 else {
            mean = 0
            effects = sizes.map { Array(repeating: 0, count: $0) }
            kappas = sizes.map { _ in .infinity }
            return
        }
        let scale = Double(n) / total
        let weights = raw.map { $0 * scale }
        let columns = codes.map { column in rows.map { column[Int($0)] } }
        var mean = 0.0
        for i in 0..<n { mean += weights[i] * targets[i] }
        mean /= Double(n)
        var residuals = targets.map { $0 - mean }
        var noise = 0.0
        for i in 0..<n { noise += weights[i] * residuals[i] * residuals[i] }
        noise = max(noise / Double(n), 1e-9)
        var effects = sizes.map { [Double](repeating: 0, count: $0) }
        let mass = AdditiveEffects.sums(columns, weights, sizes)
        var variances = sizes.map { _ in 0.05 * noise }
        for _ in 0..<AdditiveEffects.rounds {
            var freedom = 0.0
            for factor in sizes.indices {
                let kappa = noise / max(variances[factor], 1e-6)
                var sums = [Double](repeating: 0, count: sizes[factor])
                let column = columns[factor]
                for i in 0..<n where column[i] >= 0 {
                    let level = Int(column[i])
                    sums[level] += weights[i] * (residuals[i] + effects[factor][level])
                }
                var spread = 0.0
                var seen = 0.0
                var change = [Double](repeating: 0, count: sizes[factor])
                for level in 0..<sizes[factor] where mass[factor][level] > 0 {
                    let effect = sums[level] / (mass[factor][level] + kappa)
                    change[level] = effect - effects[factor][level]
                    effects[factor][level] = effect
                    spread += effect * effect + noise / (mass[factor][level] + kappa)
                    seen += 1
                    freedom += mass[factor][level] / (mass[factor][level] + kappa)
                }
                for i in 0..<n where column[i] >= 0 { residuals[i] -= change[Int(column[i])] }
                if seen > 0 { variances[factor] = spread / seen }
            }
            var drift = 0.0
            for i in 0..<n { drift += weights[i] * residuals[i] }
            drift /= Double(n)
            mean += drift
            var squares = 0.0
            for i in 0..<n {
                residuals[i] -= drift
                squares += weights[i] * residuals[i] * residuals[i]
            }
            noise = max(squares / max(Double(n) - freedom - 1, Double(n) * 0.3), 1e-9)
        }
        self.mean = mean
        self.effects = effects
        kappas = variances.map { noise / max($0, 1e-9) }
    }

    private static func sums(_ columns: [[Int32]], _ weights: [Double], _ sizes: [Int]) -> [[Double]] {
        zip(columns, sizes).map { column, size in
            var sums = [Double](repeating: 0, count: size)
            for i in column.indices where column[i] >= 0 { sums[Int(column[i])] += weights[i] }
            return sums
        }
    }
}
