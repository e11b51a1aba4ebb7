import RealModule

/// Average run length: how many observations until a chart calls, with and without a real change.
///
/// - Formula: a chart's position between its limits is a Markov chain over equal cells; with transition matrix `Q` among the
///   cells, `ARL = (I − Q)⁻¹ 1`, read at the start cell.
/// - Reference: Brook & Evans 1972, *Biometrika* 59:539; Lucas & Saccucci 1990, *Technometrics* 32:1.
/// - Units: shifts in standard deviations, run lengths in observations; beyond 10¹⁴ the answer is infinity. 201 cells are right to about 0.5 %.
/// - Assumes independent values with known mean and sd; estimated limits shorten the in-control run length.
package enum RunLength {
    /// Cells of the chain.
    package static let cells = 201

    /// Shewhart chart with limits ± `width` σ: `1/(1 − Φ(L − δ) + Φ(−L − δ))`; `nil` for arguments out of range.
    package static func shewhart(width: Double, shift: Double) -> Double? {
        guard width > 0, shift.isFinite, width.isFinite else { return nil }
        let outside = Normal.survival(width - shift) + Normal.survival(width + shift)
        return outside > 0 ? 1 / outside : nil
    }

    /// Two-sided EWMA with fixed (asymptotic) limits, started on target; `nil` for arguments out of range.
    package static func ewma(lambda: Double, width: Double, shift: Double) -> Double? {
        guard lambda > 0, lambda <= 1, width > 0, width.isFinite, shift.isFinite else { return nil }
        let limit = width * Double.sqrt(lambda / (2 - lambda))
        let cell = 2 * limit / Double(cells)
        return solve(start: cells / 2) { from in
            let centre = -limit + (Double(from) + 0.5) * cell
            return (0..<cells).map { to in
                let lower = -limit + Double(to) * cell
                let keep = (1 - lambda) * centre
                return standardNormalBetween((lower - keep) / lambda - shift, (lower + cell - keep) / lambda - shift)
            }
        }
    }

    /// Upper one-sided CUSUM of standard normal values, started at zero; `nil` for arguments out of range.
    package static func upperCusum(reference k: Double, decision h: Double, shift: Double) -> Double? {
        guard k >= 0, h > 0, h.isFinite, k.isFinite, shift.isFinite else { return nil }
        let cell = 2 * h / Double(2 * cells - 1)
        return solve(start: 0) { from in
            let centre = Double(from) * cell
            return (0..<cells).map { to in
                let edge = (Double(to) + 0.5) * cell - centre + k - shift
                return to == 0 ? Normal.survival(-edge) : standardNormalBetween(edge - cell, edge)
            }
        }
    }

    /// Two-sided CUSUM: `1/ARL = 1/ARL⁺ + 1/ARL⁻` (van Dobben de Bruyn 1968); `nil` for arguments out of range.
    package static func cusum(reference k: Double, decision h: Double, shift: Double) -> Double? {
        guard let up = upperCusum(reference: k, decision: h, shift: shift),
            let down = upperCusum(reference: k, decision: h, shift: -shift)
        else { return nil }
        return 1 / (1 / up + 1 / down)
    }

    /// Upper Poisson CUSUM started at zero (alarm at sum ≥ h), for counts of the given mean (below 500); `nil` out of
    /// range or for h + k of 50,000 and more.
    ///
    /// The sum moves on a grid of `h/400`, so the reference value is rounded to it.
    package static func poissonCusum(reference k: Double, decision h: Double, mean: Double) -> Double? {
        guard k > 0, h > 0, h + k < 50_000, mean > 0, mean < 500 else { return nil }
        let states = 400
        let grid = h / Double(states)
        // Probabilities of 0, 1, 2, … until the next count surely raises an alarm.
        let largest = Int((h + k).rounded(.up)) + 1
        var mass: [Double] = [Double.exp(-mean)]
        for count in 1...largest { mass.append(mass[count - 1] * mean / Double(count)) }
        return solve(size: states, start: 0) { from in
            var row = Array(repeating: 0.0, count: states)
            for (count, probability) in mass.enumerated() {
                let place = (Double(from) * grid + Double(count) - k) / grid
                // A hair below a cell edge belongs to the edge: k and h often are multiples of the grid.
                let to = place <= 0 ? 0 : Int((place + 1e-9).rounded(.down))
                if to < states { row[to] += probability }
            }
            return row
        }
    }

    /// Solves `(I − Q) x = 1` by elimination and reads `x` at the start.
    private static func solve(size: Int = cells, start: Int, row: (Int) -> [Double]) -> Double {
        var matrix: [[Double]] = (0..<size).map { from in
            var values = row(from).map { -$0 }
            values[from] += 1
            values.append(1)
            return values
        }
        // I − Q is an M-matrix: elimination without pivoting is stable.
        for pivot in 0..<size {
            let head = matrix[pivot][pivot]
            // Rounding has eaten the chance to ever leave: too long to compute.
            guard head > 0 else { return .infinity }
            let pivotRow = matrix[pivot]
            for below in (pivot + 1)..<max(size, pivot + 1) {
                let factor = matrix[below][pivot] / head
                if factor == 0 { continue }
                for column in pivot...size { matrix[below][column] -= factor * pivotRow[column] }
            }
        }
        var solution = Array(repeating: 0.0, count: size)
        for index in (0..<size).reversed() {
            var value = matrix[index][size]
            for column in (index + 1)..<max(size, index + 1) { value -= matrix[index][column] * solution[column] }
            solution[index] = value / matrix[index][index]
        }
        let length = solution[start]
        return length.isFinite && length >= 1 && length < 1e14 ? length : .infinity
    }

    private static func standardNormalBetween(_ lower: Double, _ upper: Double) -> Double {
        // Differences are taken in the tail where both are small, so that far cells keep their digits.
        lower > 0
            ? Normal.survival(lower) - Normal.survival(upper)
            : Normal.survival(-upper) - Normal.survival(-lower)
    }
}
