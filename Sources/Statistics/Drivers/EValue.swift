import RealModule

/// E-value: how strong an unmeasured confounder would have to be, with both the cause and the outcome, to explain a result.
///
/// - Formula: `RR + √(RR(RR − 1))` for RR ≥ 1, of `1/RR` below 1; for an interval, of the limit nearer to 1, and 1 when the
///   interval covers 1.
/// - Reference: VanderWeele & Ding 2017, *Annals of Internal Medicine* 167:268.
/// - Units: risk ratio. An odds ratio of a common outcome must be turned into an approximate risk ratio (√OR) first.
/// - Do not read it as proof of cause: it says nothing about selection or measurement, and survivors only remain in a sample.
package enum EValue {
    /// E-value of a point estimate; `nil` unless the ratio is positive and finite.
    package static func of(riskRatio: Double) -> Double? {
        guard riskRatio > 0, riskRatio.isFinite else { return nil }
        let ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio
        return ratio + Double.sqrt(ratio * (ratio - 1))
    }

    /// E-value of the interval's limit nearer to 1; 1 when the interval covers 1; `nil` for a reversed or invalid one.
    package static func ofLimit(riskRatio: Double, lower: Double, upper: Double) -> Double? {
        guard lower > 0, lower <= upper, riskRatio > 0 else { return nil }
        if lower <= 1, upper >= 1 { return 1 }
        return of(riskRatio: lower > 1 ? lower : upper)
    }
}
