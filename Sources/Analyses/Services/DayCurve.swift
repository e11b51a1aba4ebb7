package import Statistics

/// Ends and open cases by whole days, and the curve they give.
package struct DayCurve: Sendable {
    /// Longer ones are counted at the last day: about 27 years.
    private static let longest = 9_999
    /// Two places a day: ended, still running. Whole from the start, so that counting is one addition.
    private var counts = [Int](repeating: 0, count: 2 * (longest + 1))
    private var last = 0
    private var n = 0

    package init() {}

    package mutating func add(days: Int, isEnd: Bool) {
        let day = min(max(0, days), Self.longest)
        last = max(last, day)
        n &+= 1
        counts[2 * day + (isEnd ? 0 : 1)] &+= 1
    }

    package var estimate: KaplanMeier? {
        guard n > 0 else { return nil }
        return KaplanMeier(
            times: (0...last).map(Double.init), ended: (0...last).map { counts[2 * $0] },
            stillRunning: (0...last).map { counts[2 * $0 + 1] })
    }

    package func figure(_ share: Double, rule: SmallSampleRule, period: Figure.Period?) -> Figure {
        estimate?.quantileFigure(share, rule: rule, period: period)
            ?? Figure(value: nil, n: 0, method: .init("kaplan_meier.quantile"), period: period, flag: .suppressed)
            .applying(rule)
    }
}
