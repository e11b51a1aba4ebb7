import RealModule

/// Charts of shares per period: the textbook p-chart and Laney's p′, which widens it for over-dispersion.
///
/// - Formula: `p̄ = Σx/Σn`, `σ_i = √(p̄(1 − p̄)/n_i)`, `z_i = (p_i − p̄)/σ_i`, `σ_z = mean|z_i − z_{i−1}| / 1.128`;
///   limits `p̄ ± 3 σ_i` (p) or `p̄ ± 3 σ_i σ_z` (p′), cut to 0...1.
/// - Reference: NIST/SEMATECH e-Handbook 6.3.3; Laney 2002, *Quality Engineering* 14:531.
/// - Assumes periods in order; season and weekday taken out first.
/// - Smallest n: 20–25 periods; fewer than two periods with a defined z give no `σ_z` (`nil`), never a limit of zero width.
/// - Do not use the plain p-chart on large samples: satisfaction series here have a median `σ_z` of 2.2, it would cry wolf.
package struct ProportionChart: Sendable, Equatable {
    /// Overall share.
    package let centre: Double
    /// Over- (above 1) or under-dispersion; `nil` when it cannot be estimated.
    package let dispersion: Double?
    /// Standardised values.
    package let z: [Double]
    /// Points with plain p-chart limits.
    package let plain: [ChartPoint]
    /// Points with Laney's limits; empty without a dispersion.
    package let laney: [ChartPoint]

    /// Builds both charts.
    ///
    /// - Parameters:
    ///   - events: count of successes (or failures) per period.
    ///   - totals: how many were counted, > 0.
    ///   - width: limits in standard errors, 3 by custom.
    /// - Returns: `nil` for no period, unequal lengths, a total below 1, or counts outside 0...total.
    package static func make(events: [Double], totals: [Double], width: Double = 3) -> ProportionChart? {
        guard !events.isEmpty, events.count == totals.count, width.isFinite, width > 0,
            zip(events, totals).allSatisfy({ $1.isFinite && $1 > 0 && $0 >= 0 && $0 <= $1 })
        else { return nil }
        let centre = events.reduce(0, +) / totals.reduce(0, +)
        let deviations = totals.map { Double.sqrt(centre * (1 - centre) / $0) }
        let shares = zip(events, totals).map { $0 / $1 }
        let z = zip(shares, deviations).map { $1 > 0 ? ($0 - centre) / $1 : 0 }
        func points(_ factor: Double) -> [ChartPoint] {
            zip(shares, deviations).map { share, deviation in
                ChartPoint(
                    value: share, lower: max(0, centre - width * deviation * factor),
                    upper: min(1, centre + width * deviation * factor))
            }
        }
        let moving = zip(z, z.dropFirst()).map { abs($1 - $0) }
        let spread =
            moving.isEmpty || centre <= 0 || centre >= 1
            ? nil : moving.reduce(0, +) / Double(moving.count) / 1.128
        return ProportionChart(
            centre: centre, dispersion: spread, z: z, plain: points(1), laney: spread.map { points($0) } ?? [])
    }
}
