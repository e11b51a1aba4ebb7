package import JourneyEngine
package import Statistics

extension TimeSample {
    /// The middle value in seconds with a distribution-free interval: the values at the ranks
    /// n/2 ± z·√n/2 (normal approximation of the binomial, good from n = 20; below that the interval is the range).
    package func median(level: Double = 0.95, rule: SmallSampleRule, period: Figure.Period? = nil) -> Figure {
        let n = values.count
        let method = Figure.Method("median.order-statistics")
        guard n > 0 else {
            return Figure(value: nil, n: 0, method: method, period: period, flag: .suppressed).applying(rule)
        }
        let reach = n < 20 ? 0.5 : Normal.twoSidedZ(level) / (2 * Double(n).squareRoot())
        let lower = max(0, 100 * (0.5 - reach))
        let upper = min(100, 100 * (0.5 + reach))
        let found = distribution(levels: [50, lower, upper])
        guard found.percentiles.count == 3 else {
            return Figure(value: nil, n: n, method: method, period: period).applying(rule)
        }
        return Figure(
            value: found.percentiles[0].linear,
            interval: Figure.Interval(
                lower: found.percentiles[1].nearestRank, upper: found.percentiles[2].nearestRank),
            level: level, n: n, method: method, period: period
        ).applying(rule)
    }
}
