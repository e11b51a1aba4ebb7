import RealModule

/// Mean time per response with its intervals, from measured times.
///
/// - A total is responses × **mean**: the median or a trimmed mean would understate the hours of skewed times. Show the median
///   only as "typical person".
/// - Intervals: Student t; Cox's for a log-normal mean, `exp(m + s²/2 ± z√(s²/n + s⁴/(2(n − 1))))`; bootstrap percentile.
/// - Reference: Land 1971; Zhou & Gao 1997; Efron & Tibshirani 1993.
/// - Smallest n: 50 responses for a published total. Completers only understates: add the time of those who gave up.
package struct MeasuredTime: Sendable, Equatable {
    package let n: Int
    package let mean: Double
    package let median: Double
    /// Mean without the lowest and highest tenth.
    package let trimmedMean: Double
    /// 95 % unless another level was asked for.
    package let studentInterval: ConfidenceInterval
    /// `nil` when a time is zero: a log-normal has none.
    package let logNormalMean: Double?
    package let coxInterval: ConfidenceInterval?
    package let bootstrapInterval: ConfidenceInterval?

    /// `nil` for fewer than two times, or a negative or not finite one.
    package init?(minutes: [Double], confidence: Double = 0.95, replicates: Int = 1999, seed: UInt64) {
        let n = minutes.count
        guard n >= 2, confidence > 0, confidence < 1, minutes.allSatisfy({ $0 >= 0 && $0.isFinite }),
            let median = Quantile.of(minutes, 0.5)
        else { return nil }
        let sorted = minutes.sorted()
        let cut = n / 10
        let kept = sorted[cut..<(n - cut)]
        self.n = n
        self.median = median
        trimmedMean = kept.reduce(0, +) / Double(kept.count)
        let (mean, variance) = Self.moments(minutes)
        self.mean = mean
        let half = StudentT.quantile(0.5 + confidence / 2, df: Double(n - 1)) * (variance / Double(n)).squareRoot()
        studentInterval = ConfidenceInterval(lower: mean - half, upper: mean + half)
        if sorted[0] > 0 {
            let (centre, spread) = Self.moments(minutes.map { Double.log($0) })
            let z = Normal.twoSidedZ(confidence)
            let middle = centre + spread / 2
            let reach = z * (spread / Double(n) + spread * spread / (2 * Double(n - 1))).squareRoot()
            logNormalMean = Double.exp(middle)
            coxInterval = ConfidenceInterval(lower: Double.exp(middle - reach), upper: Double.exp(middle + reach))
        } else {
            logNormalMean = nil
            coxInterval = nil
        }
        bootstrapInterval = Bootstrap.ofMean(minutes, replicates: replicates, seed: seed)?
            .percentileInterval(confidence: confidence)
    }

    private static func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1))
    }
}

/// What a notice declares against what was measured.
package struct DeclaredBurden: Sendable, Equatable {
    /// Measured mean over declared minutes.
    package let ratio: Double
    package let ratioInterval: ConfidenceInterval?
    /// Share of responses that took longer than declared.
    package let shareOverDeclared: Double
    /// Hours a year beyond the declared ones (negative when the notice overstates).
    package let undeclaredHoursPerYear: Double

    /// `nil` when declared minutes are not positive, responses negative, or ``MeasuredTime`` cannot be computed.
    package init?(
        declaredMinutes: Double, minutes: [Double], annualResponses: Double, replicates: Int = 1999, seed: UInt64
    ) {
        guard declaredMinutes > 0, declaredMinutes.isFinite, annualResponses >= 0, annualResponses.isFinite,
            let measured = MeasuredTime(minutes: minutes, replicates: replicates, seed: seed)
        else { return nil }
        ratio = measured.mean / declaredMinutes
        ratioInterval = measured.bootstrapInterval.map {
            ConfidenceInterval(lower: $0.lower / declaredMinutes, upper: $0.upper / declaredMinutes)
        }
        shareOverDeclared = Double(minutes.count { $0 > declaredMinutes }) / Double(minutes.count)
        undeclaredHoursPerYear = (measured.mean - declaredMinutes) * annualResponses / 60
    }
}
