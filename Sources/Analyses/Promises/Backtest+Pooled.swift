import Foundation

extension Backtest {
    /// The yardstick: one Kaplan-Meier curve for all journeys of the window, in calendar days, whatever their
    /// attributes, normalised like the model's own. Scores are logs of days.
    func pooledCurve(before day: Int) -> ScoreCurve? {
        let ends = history.ends
        var spans: [Int] = []
        var cases: [ScoreCurve.Case] = []
        for row in 0..<history.count {
            let start = Int(history.start[row])
            if start >= day { break }
            guard start >= day - options.window else { continue }
            let isEnded = Int(ends[row]) < day
            let span = (isEnded ? Int(ends[row]) : day) - start
            if isEnded { spans.append(span) }
            cases.append(ScoreCurve.Case(score: log(max(Double(span), 0.5)), isEnded: isEnded, weight: 1))
        }
        guard spans.count >= options.fewest else { return nil }
        spans.sort()
        cases.sort { $0.score < $1.score }
        let middle = max(1, Double(spans[spans.count / 2]))
        return ScoreCurve(sorted: cases, longest: log(max(options.longest, 1.5) * middle), pace: 1)
    }
}
