/// Level and slope of a series before and after a change at a known time.
///
/// - Formula: `y = a + b·t + c·after + d·after·(t − t₀)`, t from 1, t₀ = number of periods before the change, so that `c + d` is
///   the change in the first period after it; Newey–West errors.
/// - Reference: Wagner et al. 2002, *J. Clinical Pharmacy and Therapeutics* 27:299; Newey & West 1987.
/// - Smallest n: 12 periods each side; with fewer than three a side there is no slope and the answer is `nil`.
/// - Do not use it when something else changed at the same time, or when the date was chosen by looking at the series.
package struct InterruptedTimeSeries: Sendable, Equatable {
    package let level: Double
    package let slope: Double
    package let levelChange: Double
    package let slopeChange: Double
    /// Of level, slope, level change and slope change.
    package let standardErrors: [Double]

    /// - Parameters:
    ///   - values: one per period, in order.
    ///   - changeAfter: number of periods before the change.
    ///   - lags: autocorrelation allowed for, in periods.
    /// - Returns: `nil` with fewer than three periods on a side, negative lags, or a value that is not finite.
    package init?(_ values: [Double], changeAfter: Int, lags: Int = 3) {
        guard changeAfter >= 3, changeAfter <= values.count - 3, lags >= 0 else { return nil }
        let design = values.indices.map { t -> [Double] in
            let isAfter = t >= changeAfter
            return [1, Double(t + 1), isAfter ? 1 : 0, isAfter ? Double(t + 1 - changeAfter) : 0]
        }
        guard let fit = LeastSquares(design: design, y: values) else { return nil }
        level = fit.coefficients[0]
        slope = fit.coefficients[1]
        levelChange = fit.coefficients[2]
        slopeChange = fit.coefficients[3]
        standardErrors = fit.neweyWestErrors(lags: lags)
    }
}
