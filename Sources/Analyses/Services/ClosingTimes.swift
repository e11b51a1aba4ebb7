internal import Experience
package import Statistics

extension JourneyTable {
    /// Days from opening until half, and until nine of ten, journeys were closed: Kaplan-Meier quantiles with the
    /// open journeys censored at `now`, whole days rounded up (a thing done within the first day took one day).
    package func daysUntilClosed(
        _ rows: [Int32], now: Int64, rule: SmallSampleRule, period: Figure.Period? = nil
    ) -> (half: Figure, nineOfTen: Figure) {
        let curve = closingCurve(rows, now: now)
        return (
            curve.figure(0.5, rule: rule, period: period), curve.figure(0.9, rule: rule, period: period)
        )
    }

    /// How many journeys were closed, or still open, after each whole number of days.
    package func closingCurve(_ rows: [Int32], now: Int64) -> DayCurve {
        var curve = DayCurve()
        for index in rows {
            let row = Int(index)
            let isClosed = closed[row] != Self.notYet
            let end = isClosed ? closed[row] : max(now, lastOccurred[row])
            let days = Int((max(0, end &- opened[row]) + Instant.day - 1) / Instant.day)
            curve.add(days: days, isEnd: isClosed)
        }
        return curve
    }
}
