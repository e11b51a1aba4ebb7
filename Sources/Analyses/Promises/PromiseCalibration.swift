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
