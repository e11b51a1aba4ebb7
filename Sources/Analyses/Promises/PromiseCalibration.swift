import Experience
package import Statistics

/// Said 95, was 94: the share kept among promises given with the same probability.
package struct PromiseCalibration: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        /// The probability said, in whole hundredths.
        package var said: Double
        package var was: Figure
        /// True when what was said lies within the interval of what was.
        package var isHonest: Bool
    }

    package var points: [Point]

    /// Judged against the first date; pending and withdrawn promises are left out, small groups suppressed by the rule.
    package init(_ lines: [PromiseRecordLine], rule: SmallSampleRule = .publicFigures) {
        let judged = lines.filter { $0.first == .kept || $0.first == .broken }
        let groups = Dictionary(grouping: judged.filter { $0.probability?.isFinite ?? false }) { line in
            Int(((min(max(line.probability ?? 0, 0), 1)) * 100).rounded())
        }
        points = groups.sorted { $0.key < $1.key }.compactMap { hundredths, lines in
            let said = Double(hundredths) / 100
            guard let proportion = Proportion(successes: lines.count { $0.first == .kept }, n: lines.count) else {
                return nil
            }
            return Point(
                said: said, was: proportion.figure(rule: rule),
                isHonest: proportion.interval()?.contains(said) ?? false)
        }
    }
}

extension PromiseCalibration {
    /// From the rows of a table: the dates given with a probability, judged against the first date; and the dates said
    /// beside them, by which half, eight and nine of ten such journeys were expected to be done. A point needs nobody's
    /// choice: every date said is judged once its day has come. Small groups are suppressed by the rule.
    package init(_ table: JourneyTable, _ rows: [Int32], now: Int64, rule: SmallSampleRule = .publicFigures) {
        var counts: [Int: [Int64: (kept: Int, judged: Int)]] = [:]
        for index in rows {
            let row = Int(index)
            let week = table.opened[row] / (7 * Instant.day)
            func judge(_ hundredths: Int, _ isKept: Bool) {
                counts[hundredths, default: [:]][week, default: (0, 0)].judged += 1
                if isKept { counts[hundredths, default: [:]][week, default: (0, 0)].kept += 1 }
            }
            let verdict = table.verdict(row, .first, now: now)
            if verdict == .kept || verdict == .broken, table.said[row] > 0 {
                judge(Int(table.said[row]), verdict == .kept)
            }
            guard table.promise[row] != .withdrawn, table.promise[row] != .none else { continue }
            for (hundredths, date) in [
                (50, table.likely[row]), (80, table.eightOfTen[row]), (90, table.nineOfTen[row]),
            ]
            where date != JourneyTable.none && hundredths != Int(table.said[row]) {
                let isDone = table.settled[row] != JourneyTable.notYet && table.settled[row] <= date
                // Judged when the day has come, also where it was done before: early endings alone would flatter.
                guard now > date else { continue }
                judge(hundredths, isDone)
            }
        }
        points = counts.sorted { $0.key < $1.key }.compactMap { hundredths, weeks in
            guard let proportion = PromiseCalibration.proportion(Array(weeks.values)) else { return nil }
            let said = Double(hundredths) / 100
            return Point(
                said: said, was: proportion.figure(rule: rule),
                isHonest: proportion.interval()?.contains(said) ?? false)
        }
    }

    /// From so many weeks on their differences say how much requests of one week share.
    static let fewestWeeks = 8

    /// The share kept of all, its interval as wide as the weeks differ: requests of one week share its weather, so that
    /// a thousand of them tell less than a thousand would by themselves. Design effect = variance of the ratio over weeks
    /// ÷ that of independent ones, at least 1. Reference: Cochran 1977, Sampling Techniques, ch. 9A (clusters of
    /// unequal size).
    static func proportion(_ weeks: [(kept: Int, judged: Int)]) -> Proportion? {
        let judged = weeks.reduce(0) { $0 + $1.judged }
        let kept = weeks.reduce(0) { $0 + $1.kept }
        guard let plain = Proportion(successes: kept, n: judged) else { return nil }
        let share = plain.share
        guard weeks.count >= fewestWeeks, share > 0, share < 1 else { return plain }
        let squares = weeks.reduce(0.0) { sum, week in
            let error = Double(week.kept) - share * Double(week.judged)
            return sum + error * error
        }
        let m = Double(weeks.count)
        let effect = m / (m - 1) * squares / (Double(judged) * share * (1 - share))
        return effect > 1 ? Proportion(share: share, n: judged, designEffect: effect) : plain
    }
}
