import Foundation

/// What is expected of journeys from the moment they enter a stage (their start, or a milestone) to their end.
///
/// Two estimates on a log scale, averaged: the whole time fitted directly, and the sum of the legs between milestones,
/// each fitted by itself (so that a supplier's handling and a lane's transit are learned apart, also from journeys not
/// yet ended). Durations are working days; `offset`, their median, makes short and long ones comparably noisy.
struct StageFit: Sendable {
    var direct: AdditiveEffects
    var offset: Double
    var legs: [Leg]
    /// Direct expectation from the legs' sum: slope and intercept on the log scale.
    var slope: Double
    var intercept: Double
    /// What the queue ahead changes; nil where it is not looked at, or does not tell.
    var queue: QueueTerm?

    struct Leg: Sendable {
        var effects: AdditiveEffects
        var offset: Double

        func days(_ levels: (Int) -> Int32) -> Double { max(0, exp(min(effects.value(levels), 20)) - offset) }
    }

    /// Expected working days to the end, at least 0.
    ///
    /// - Parameter day: on which the stage was entered, with the queue there was.
    func days(on day: Int, ahead: QueueAhead?, _ levels: (Int) -> Int32) -> Double {
        var value = usual(levels)
        if let queue, let ahead {
            value += queue.value(ahead, on: day, level: direct.effects.isEmpty ? -1 : levels(0))
        }
        return max(0, exp(min(value, 20)) - offset)
    }

    /// The logarithm of the expected time, with the queue as usual.
    private func usual(_ levels: (Int) -> Int32) -> Double {
        let value = direct.value(levels)
        return legs.isEmpty ? value : (value + intercept + slope * sum(levels)) / 2
    }

    private func sum(_ levels: (Int) -> Int32) -> Double {
        var days = 0.0
        for leg in legs { days += leg.days(levels) }
        return log(max(days, 0.5) + offset)
    }

    /// Every so many journeys are left out of a fold's fit.
    static let folds = 4
    /// The offset of a whole time, in medians. Journeys that end late are late by days more than by a multiple of what was
    /// expected, so a wide offset lets a correction learned from quick ones fit slow ones.
    static let breadth = 3.0

    /// The score of a journey that took `multiple` times what is usual, where a time of one median and an offset of one
    /// would be counted together: keeps the limits of ``PromiseOptions`` what they are in days, whatever the breadth.
    static func score(ofMultiple multiple: Double) -> Double {
        Foundation.log((2 * multiple - 1 + breadth) / (1 + breadth))
    }

    /// Fits what was known before `day`, without the journeys of a fold (row % folds) where one is named; nil with
    /// fewer than 15 finished journeys.
    ///
    /// - Parameter ahead: the queue on the days journeys began; nil = it is not looked at. Without a fold it is asked
    ///   whether it tells anything, with one it is taken to.
    init?(
        _ history: PromiseHistory, stage: Int, before day: Int, count: DayCount, halfLife: Double,
        without fold: Int? = nil, ahead: QueueAhead? = nil
    ) {
        let ends = history.stages
        guard
            let whole = StageFit.leg(
                history, from: stage, to: ends, before: day, count: count, halfLife: halfLife, without: fold,
                breadth: StageFit.breadth)
        else { return nil }
        direct = whole.effects
        offset = whole.offset
        legs = []
        slope = 1
        intercept = 0
        defer { if let ahead, stage == 0 { queue = queueTerm(ahead, whole, history, before: day, asks: fold == nil) } }
        guard ends - stage > 1 else { return }
        for leg in stage..<ends {
            guard
                let fit = StageFit.leg(
                    history, from: leg, to: leg + 1, before: day, count: count, halfLife: halfLife, without: fold,
                    breadth: 1)
            else {
                legs = []
                return
            }
            legs.append(Leg(effects: fit.effects, offset: fit.offset))
        }
        let xs = whole.rows.map { row in sum { history.codes[$0][Int(row)] } }
        let total = whole.weights.reduce(0, +)
        let mx = zip(xs, whole.weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let my = zip(whole.targets, whole.weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        var (xy, xx) = (5.0, 5.0)
        let scale = Double(whole.rows.count) / total
        for i in xs.indices {
            let weight = whole.weights[i] * scale
            xy += weight * (xs[i] - mx) * (whole.targets[i] - my)
            xx += weight * (xs[i] - mx) * (xs[i] - mx)
        }
        slope = min(max(xy / xx, 0), 3)
        intercept = my - slope * mx
    }

    /// A queue is known once the history is older than this share of journeys takes; and only journeys that began so
    /// long ago are asked whether it tells, since of later ones the quick alone have finished.
    static let settled = 0.9

    /// What the effects left is laid to the queue where that foretells later journeys.
    ///
    /// - Parameter asks: whether it does is asked; else it is taken as known that it does.
    private func queueTerm(
        _ ahead: QueueAhead, _ whole: LegData, _ history: PromiseHistory, before day: Int, asks: Bool
    ) -> QueueTerm? {
        let settling = Int(whole.spans[min(whole.spans.count - 1, Int(Double(whole.spans.count) * StageFit.settled))])
        let since = Int(history.start.first ?? 0) + settling
        let levels = history.codes.isEmpty ? 0 : history.coding.sizes[0]
        var rows: [QueueTerm.Row] = []
        rows.reserveCapacity(whole.rows.count)
        for i in whole.rows.indices {
            let row = Int(whole.rows[i])
            let start = Int(history.start[row])
            guard start >= since, start + settling < day else { continue }
            let level = history.codes.first?[row] ?? -1
            let queue = ahead.value(on: start, group: level)
            rows.append(
                QueueTerm.Row(
                    all: log(queue.all + offset), group: log(queue.group + offset), level: level,
                    weight: whole.weights[i], residual: whole.targets[i] - usual { history.codes[$0][row] }))
        }
        return asks
            ? QueueTerm.worthwhile(rows, levels: levels, offset: offset, since: since)
            : QueueTerm(rows[...], levels: levels, offset: offset, since: since)
    }

    private struct LegData {
        var effects: AdditiveEffects
        var offset: Double
        var rows: [Int32]
        /// Calendar days from start to end, ascending.
        var spans: [Int32]
        var weights: [Double]
        var targets: [Double]
    }

    /// Recent starts are seen finished only when quick; each finished journey therefore weighs 1 ÷ the share of
    /// journeys that would by now have been seen to finish, held at 1 ÷ 0.35.
    private static func leg(
        _ history: PromiseHistory, from stage: Int, to boundary: Int, before day: Int, count: DayCount,
        halfLife: Double, without fold: Int?, breadth: Double
    ) -> LegData? {
        var rows: [Int32] = []
        var spans: [Int32] = []
        var steps: [Double] = []
        let ends = history.reached[boundary - 1]
        for row in 0..<history.count {
            if Int(history.start[row]) >= day { break }
            if let fold, row % folds == fold { continue }
            let (from, to) = (history.entered(stage, row), ends[row])
            guard from != PromiseHistory.never, to != PromiseHistory.never, Int(to) < day else { continue }
            rows.append(Int32(row))
            spans.append(max(0, to - from))
            let still = stage == 0 && boundary == history.stages && !history.still.isEmpty ? history.still[row] : 0
            steps.append(Double(max(0, count.needed(from: Int(from), to: Int(to)) - Int(still))))
        }
        guard rows.count >= 15 else { return nil }
        let sorted = spans.sorted()
        var weights = [Double](repeating: 0, count: rows.count)
        for (i, row) in rows.enumerated() {
            let seen = Int32(day) - history.entered(stage, Int(row))
            let share = Double(StageFit.count(sorted, notAbove: seen)) / Double(sorted.count)
            let age = Double(day - Int(history.start[Int(row)]))
            weights[i] = exp2(-age / max(halfLife, 1)) / max(share, 0.35)
        }
        let middle = steps.sorted()[steps.count / 2]
        let offset = breadth * max(boundary - stage == 1 && history.stages > 1 ? 0.5 : 1, middle)
        let targets = steps.map { log($0 + offset) }
        let effects = AdditiveEffects(
            rows: rows, weights: weights, targets: targets, codes: history.codes, sizes: history.coding.sizes)
        return LegData(effects: effects, offset: offset, rows: rows, spans: sorted, weights: weights, targets: targets)
    }

    private static func count(_ sorted: [Int32], notAbove value: Int32) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
