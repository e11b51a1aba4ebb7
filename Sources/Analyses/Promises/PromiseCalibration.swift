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
        var counts: [Int: (kept: Int, judged: Int)] = [:]
        for index in rows {
            let row = Int(index)
            let verdict = table.verdict(row, .first, now: now)
            if verdict == .kept || verdict == .broken, table.said[row] > 0 {
                counts[Int(table.said[row]), default: (0, 0)].judged += 1
                if verdict == .kept { counts[Int(table.said[row]), default: (0, 0)].kept += 1 }
            }
            guard table.promise[row] != .withdrawn, table.promise[row] != .none else { continue }
            for (hundredths, date) in [
                (50, table.likely[row]), (80, table.eightOfTen[row]), (90, table.nineOfTen[row]),
            ]
            where date != JourneyTable.none && hundredths != Int(table.said[row]) {
                let isDone = table.settled[row] != JourneyTable.notYet && table.settled[row] <= date
                // Judged when the day has come, also where it was done before: early endings alone would flatter.
                guard now > date else { continue }
                counts[hundredths, default: (0, 0)].judged += 1
                if isDone { counts[hundredths, default: (0, 0)].kept += 1 }
            }
        }
        points = counts.sorted { $0.key < $1.key }.compactMap { hundredths, count in
            guard let proportion = Proportion(successes: count.kept, n: count.judged) else { return nil }
            let said = Double(hundredths) / 100
            return Point(
                said: said, was: proportion.figure(rule: rule),
                isHonest: proportion.interval()?.contains(said) ?? false)
        }
    }
}
