import RealModule

/// CUSUM of counts (complaints, failures a day) that watches for a rise.
///
/// - Formula: `k = (λ₁ − λ₀)/ln(λ₁/λ₀)`, `C_t = max(0, C_{t−1} + x_t − k)`, alarm at `C ≥ h`.
/// - Reference: Lucas 1985, *Technometrics* 27:129.
/// - λ₀ = the usual mean, λ₁ = the smallest rise worth a call, both per period.
/// - Choose h for a stated number of alarms a year with ``RunLength/poissonCusum(reference:decision:mean:)``.
/// - Do not use it when counts vary more than Poisson (estimate variance/mean first) or exposure changes: chart a rate.
package struct PoissonCusum: Sendable, Equatable {
    /// The reference value k.
    package let reference: Double
    package let sums: [Double]
    /// Position (from 0) of the first sum at or above the decision limit; `nil` = none, or no limit given.
    package let firstAlarm: Int?

    /// The reference value between two means; `nil` unless 0 < λ₀ < λ₁.
    package static func reference(usual: Double, raised: Double) -> Double? {
        guard usual > 0, raised > usual, raised.isFinite else { return nil }
        return (raised - usual) / Double.log(raised / usual)
    }

    /// Runs the chart; `nil` when means are not 0 < usual < raised or a count is negative or not finite.
    package static func run(
        counts: [Double], usual: Double, raised: Double, decision: Double? = nil
    ) -> PoissonCusum? {
        guard let k = reference(usual: usual, raised: raised), counts.allSatisfy({ $0.isFinite && $0 >= 0 })
        else { return nil }
        var sum = 0.0
        var sums: [Double] = []
        sums.reserveCapacity(counts.count)
        for count in counts {
            sum = max(0, sum + count - k)
            sums.append(sum)
        }
        let alarm = decision.flatMap { limit in sums.firstIndex { $0 >= limit } }
        return PoissonCusum(reference: k, sums: sums, firstAlarm: alarm)
    }
}
