import Foundation

/// What the queue ahead adds to the logarithm of an expected time: a slope for the whole queue and one for that of the
/// journey's own group, each against its usual length.
///
/// A longer queue never makes a time shorter, so slopes are not negative. By Little's law they add up to 1 in an office
/// that works off one queue; a marketplace whose suppliers work side by side has none. Which of both it is, is not
/// declared: ``worth(_:levels:offset:)`` asks the past.
struct QueueTerm: Sendable {
    private(set) var slopes = (all: 0.0, group: 0.0)
    /// From this day on the queue is known: the history is older than most journeys take.
    let since: Int
    private var centre = 0.0
    private var centres: [Double] = []
    private let offset: Double

    /// So many rows of weight, at a spread of one tenth, say that the slope is 0.
    static let prior = 20.0
    /// No queue makes a time more than so many times longer or shorter than usual.
    static let mostFold = 3.0
    /// The slopes together: nobody waits longer than the queue is long.
    static let steepest = 1.0
    /// The term is used where it explains at least this share of what the effects leave, of journeys it was not fitted to.
    static let leastWorth = 0.05
    /// Journeys it must be shown on.
    static let fewest = 60
    /// Where the past is cut, as shares of its journeys: each part is foretold from the ones before it.
    static let cuts = [0.4, 0.6, 0.8, 1.0]

    struct Row {
        /// Logarithms of the queue's working days + offset.
        var all: Double
        var group: Double
        var level: Int32
        var weight: Double
        /// What the effects leave of log(time + offset).
        var residual: Double
    }

    /// The term, where it explains enough of later journeys; nil where it does not. Rows in the order of their beginning,
    /// all of them long enough ago to have been seen to finish.
    static func worthwhile(_ rows: [Row], levels: Int, offset: Double, since: Int) -> QueueTerm? {
        guard worth(rows, levels: levels, offset: offset) >= leastWorth else { return nil }
        return QueueTerm(rows[...], levels: levels, offset: offset, since: since)
    }

    /// The share of later journeys' squared residuals that a term fitted to the earlier ones explains, the past walked
    /// through in parts; 0 where there are too few, below 0 where it misleads. The level a part differs by from the ones
    /// before counts as unexplained, since whoever quotes does not know it either.
    static func worth(_ rows: [Row], levels: Int, offset: Double) -> Double {
        let bounds = cuts.map { Int(Double(rows.count) * $0) }
        guard rows.count - bounds[0] >= fewest, bounds[0] >= fewest else { return 0 }
        var (without, with) = (0.0, 0.0)
        for (from, to) in zip(bounds, bounds.dropFirst()) {
            let earlier = rows[..<from]
            let term = QueueTerm(earlier, levels: levels, offset: offset, since: 0)
            // What an intercept by itself would say then.
            let total = earlier.reduce(0) { $0 + $1.weight }
            let level = total > 0 ? earlier.reduce(0) { $0 + $1.weight * $1.residual } / total : 0
            for row in rows[from..<to] {
                let left = row.residual - level
                without += row.weight * left * left
                let again = left - term.value(all: row.all, group: row.group, level: row.level)
                with += row.weight * again * again
            }
        }
        return without > 0 ? 1 - with / without : 0
    }

    /// Fits residuals of log(time + offset).
    init(_ rows: ArraySlice<Row>, levels: Int, offset: Double, since: Int) {
        self.offset = offset
        self.since = since
        var total = 0.0
        // Each group against its own usual queue: how it differs from the others its effect says already.
        var sums = Array(repeating: 0.0, count: levels)
        var weights = sums
        var level = 0.0
        for row in rows {
            total += row.weight
            centre += row.weight * row.all
            level += row.weight * row.residual
            guard row.level >= 0, Int(row.level) < levels else { continue }
            sums[Int(row.level)] += row.weight * row.group
            weights[Int(row.level)] += row.weight
        }
        guard total > 0 else { return }
        centre /= total
        level /= total
        centres = zip(sums, weights).map { $1 > 0 ? $0 / $1 : centre }
        let scale = Double(rows.count) / total
        let prior = QueueTerm.prior * 0.01
        var (aa, gg, ag) = (prior, prior, 0.0)
        var (ay, gy) = (0.0, 0.0)
        for row in rows {
            let (a, g) = (row.all - centre, row.group - centre(of: row.level))
            let weight = row.weight * scale
            let left = row.residual - level
            aa += weight * a * a
            gg += weight * g * g
            ag += weight * a * g
            ay += weight * a * left
            gy += weight * g * left
        }
        slopes = QueueTerm.slopes(aa, gg, ag, ay, gy)
        let sum = slopes.all + slopes.group
        if sum > QueueTerm.steepest {
            slopes = (slopes.all / sum * QueueTerm.steepest, slopes.group / sum * QueueTerm.steepest)
        }
    }

    /// Least squares with two slopes that are not negative.
    private static func slopes(
        _ aa: Double, _ gg: Double, _ ag: Double, _ ay: Double, _ gy: Double
    ) -> (all: Double, group: Double) {
        let determinant = aa * gg - ag * ag
        if determinant > 1e-12 {
            let (all, group) = ((ay * gg - gy * ag) / determinant, (gy * aa - ay * ag) / determinant)
            if all >= 0, group >= 0 { return (all, group) }
        }
        let (all, group) = (max(0, ay / aa), max(0, gy / gg))
        return all * ay >= group * gy ? (all, 0) : (0, group)
    }

    private func centre(of level: Int32) -> Double {
        level >= 0 && Int(level) < centres.count ? centres[Int(level)] : centre
    }

    /// What is added to the logarithm for whoever begins on a day; nothing before the queue is known.
    func value(_ ahead: QueueAhead, on day: Int, level: Int32) -> Double {
        guard day >= since else { return 0 }
        let queue = ahead.value(on: day, group: level)
        return value(all: log(queue.all + offset), group: log(queue.group + offset), level: level)
    }

    private func value(all: Double, group: Double, level: Int32) -> Double {
        let sum = slopes.all * (all - centre) + slopes.group * (group - centre(of: level))
        let most = log(QueueTerm.mostFold)
        return min(max(sum, -most), most)
    }
}
