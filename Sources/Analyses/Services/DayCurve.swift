package import Statistics

/// Ends and open cases by whole days, and the curve they give.
package struct DayCurve: Sendable {
    /// Longer ones are counted at the last day: about 27 years.
    private static let longest = 9_999
    private var ended: [Int] = []
    private var running: [Int] = []

    package init() {}

    package mutating func add(days: Int, isEnd: Bool) {
        let day = min(max(0, days), Self.longest)
        if day >= ended.count {
            ended.append(contentsOf: repeatElement(0, count: day + 1 - ended.count))
            running.append(contentsOf: repeatElement(0, count: day + 1 - running.count))
        }
        if isEnd { ended[day] += 1 } else { running[day] += 1 }
    }

    package var estimate: KaplanMeier? {
        KaplanMeier(times: ended.indices.map(Double.init), ended: ended, stillRunning: running)
    }

    package func figure(_ share: Double, rule: SmallSampleRule, period: Figure.Period?) -> Figure {
        estimate?.quantileFigure(share, rule: rule, period: period)
            ?? Figure(value: nil, n: 0, method: .init("kaplan_meier.quantile"), period: period, flag: .suppressed)
            .applying(rule)
    }
}
