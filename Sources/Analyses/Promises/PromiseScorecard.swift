package import Experience
package import Statistics

/// The record of kept promises, one row a supplier, office or step. Rows carry intervals and the ranks they may hold,
/// not league positions: with few promises a place in a table says nothing.
package struct PromiseScorecard: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var value: String
        /// Promises judged: kept or broken. Pending and withdrawn ones are counted apart.
        package var n: Int
        package var pending: Int
        package var keptFirst: Figure
        package var keptLast: Figure
        package var cancelled: Figure
        /// Mean working days late, of those broken against the first date.
        package var meanLateDays: Double?
        package var repromisesPerPromise: Double
        /// Shares of the working time by who held the clock; nil key = the service. They add up to 1.
        package var held: [ClockHolder?: Double]
        /// All the working time under the clock, in microseconds.
        package var time: Double
        /// Promises whose first date passed in this row's step; 0 for rows of another kind.
        package var passedHere: Int
        /// Mean ratings of those whose first date was kept, and was broken.
        package var ratingKept: Double?
        package var ratingBroken: Double?
        /// The ranks this row may hold by kept rate, jointly with 95 % confidence; nil when too small to rank.
        package var ranks: ClosedRange<Int>?
        /// The journeys behind the row: broken ones first.
        package var journeys: [String]
    }

    package var attribute: String
    package var rows: [Row]

    /// - Parameter rule: who will see it; small rows are suppressed before they are ranked.
    package init(_ lines: [PromiseRecordLine], by attribute: String, rule: SmallSampleRule = .staff) {
        self.attribute = attribute
        let groups = Dictionary(grouping: lines) { $0.groups[attribute] ?? "" }
        rows = groups.keys.sorted().map { PromiseScorecard.row($0, groups[$0] ?? [], rule) }
        rank()
    }

    private static func row(_ value: String, _ lines: [PromiseRecordLine], _ rule: SmallSampleRule) -> Row {
        func figure(_ successes: Int, _ n: Int) -> Figure {
            Proportion(successes: successes, n: n)?.figure(rule: rule)
                ?? Figure(value: nil, n: 0, method: Figure.Method("proportion.wilson"), flag: .suppressed)
        }
        func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
        let judgedFirst = lines.filter { $0.first == .kept || $0.first == .broken }
        let judgedLast = lines.filter { $0.last == .kept || $0.last == .broken }
        let broken = judgedFirst.filter { $0.first == .broken }
        let ended = lines.filter { $0.first != .pending }
        var held: [ClockHolder?: Int64] = [:]
        for line in lines { for (holder, time) in line.held { held[holder, default: 0] += max(0, time) } }
        let total = held.values.reduce(0, +)
        return Row(
            value: value, n: judgedFirst.count, pending: lines.count { $0.first == .pending },
            keptFirst: figure(judgedFirst.count - broken.count, judgedFirst.count),
            keptLast: figure(judgedLast.count { $0.last == .kept }, judgedLast.count),
            cancelled: figure(ended.count { $0.isCancelled }, ended.count),
            meanLateDays: mean(broken.compactMap { $0.lateDays.map(Double.init) }),
            repromisesPerPromise: lines.isEmpty
                ? 0 : Double(lines.reduce(0) { $0 + $1.repromises }) / Double(lines.count),
            held: total > 0 ? held.mapValues { Double($0) / Double(total) } : [:],
            time: Double(total), passedHere: lines.count { $0.passedHere },
            ratingKept: mean(judgedFirst.filter { $0.first == .kept }.compactMap(\.rating)),
            ratingBroken: mean(broken.compactMap(\.rating)), ranks: nil,
            journeys: broken.map(\.journey).sorted()
                + lines.filter { $0.first != .broken }.map(\.journey).sorted())
    }

    private mutating func rank() {
        let ranked = rows.indices.filter { rows[$0].keptFirst.mayBeRanked }
        guard ranked.count > 1, let level = RankInterval.sidakLevel(confidence: 0.95, units: ranked.count) else {
            return
        }
        let shares = ranked.map { rows[$0].keptFirst.value ?? 0 }
        // A share of 0 or 1 still has an error: the Agresti–Coull shift of two successes and two failures.
        let errors = ranked.map { index -> Double in
            let n = Double(rows[index].n) + 4
            let p = ((rows[index].keptFirst.value ?? 0) * Double(rows[index].n) + 2) / n
            return (p * (1 - p) / n).squareRoot()
        }
        let ranks = RankInterval.of(estimates: shares, standardErrors: errors, perUnitConfidence: level)
        for (index, rank) in zip(ranked, ranks ?? []) where rank.best <= rank.worst {
            rows[index].ranks = rank.best...rank.worst
        }
    }
}
