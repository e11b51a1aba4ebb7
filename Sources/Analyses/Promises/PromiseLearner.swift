import Foundation

/// Learns through time: what it expects of a journey is kept from the day the journey entered each stage, so that the
/// conformal correction only ever sees expectations made before the outcome was known.
package struct PromiseLearner: Sendable {
    package let history: PromiseHistory
    package let options: PromiseOptions
    let count: DayCount
    private(set) var fits: [StageFit?]
    /// For each stage, the working days expected of each journey on entering it; NaN = not yet entered or not known.
    private(set) var expected: [[Double]]
    /// The same, but while the model was young made again with every fit, each from a fit that did not see the journey.
    private var crossed: [[Double]]
    private var lastFit = Int.min
    private var finishedAtFit = 0
    private var today: Int
    private let entries: [[Int32: [Int32]]]
    private let sortedEnds: [Int32]
    /// The queue on each morning; nil where it is not looked at.
    let ahead: QueueAhead?

    package init(history: PromiseHistory, count: DayCount, options: PromiseOptions) {
        self.history = history
        self.count = count
        self.options = options
        fits = Array(repeating: nil, count: history.stages)
        expected = Array(repeating: Array(repeating: .nan, count: history.count), count: history.stages)
        crossed = expected
        today = history.start.first.map { Int($0) - 1 } ?? 0
        ahead = options.looksAhead ? QueueAhead(history, count: count, through: history.lastDay + 1) : nil
        entries = (0..<history.stages).map { stage in
            var byDay: [Int32: [Int32]] = [:]
            for row in 0..<history.count where history.entered(stage, row) != PromiseHistory.never {
                byDay[history.entered(stage, row), default: []].append(Int32(row))
            }
            return byDay
        }
        sortedEnds = history.ends.filter { $0 != PromiseHistory.never }.sorted()
    }

    /// Skips what is too old to be walked through: learning starts on the morning of `day`. Journeys already begun then
    /// get their expectation from fits that did not see them.
    package mutating func start(at day: Int) { today = max(today, day) }

    /// Walks on to the morning of `day`: everything before it is known, and what entered a stage on it.
    package mutating func advance(to day: Int) {
        while today < day {
            today += 1
            refit()
            for stage in fits.indices {
                guard let fit = fits[stage], let rows = entries[stage][Int32(today)] else { continue }
                for row in rows {
                    let days = expectation(fit, stage, Int(row))
                    expected[stage][Int(row)] = days
                    crossed[stage][Int(row)] = days
                }
            }
        }
    }

    /// Working days expected of a journey on entering a stage, as the queue was then.
    private func expectation(_ fit: StageFit, _ stage: Int, _ row: Int) -> Double {
        fit.days(on: Int(history.entered(stage, row)), ahead: ahead) { history.codes[$0][row] }
    }

    private mutating func refit() {
        let finished = ScoreCurve.count(sortedEnds, below: Int32(today))
        let since = lastFit == Int.min ? Int.max : today - lastFit
        let grown = finished >= finishedAtFit + max(1, finishedAtFit / 100)
        guard finished >= 15, since >= options.refitAfter, grown else { return }
        let isFirst = lastFit == Int.min
        lastFit = today
        finishedAtFit = finished
        for stage in fits.indices {
            let fresh = StageFit(
                history, stage: stage, before: today, count: count, halfLife: options.halfLife,
                ahead: ahead)
            let known = fits[stage]
            if let fresh { fits[stage] = fresh }
            guard let fit = fits[stage] else { continue }
            // Once the queue begins to count, or no longer does, what was expected without it would be taken for error.
            let isOther = known.map { ($0.queue == nil) != (fit.queue == nil) } ?? true
            let isNew = isFirst || isOther
            guard isNew || finished < options.mature else { continue }
            crossFit(stage, isNew: isNew)
        }
    }

    /// Expectations of journeys already begun, each from a fit that did not see it: what was expected of them on the
    /// day, by a model that had hardly learned, can make every later promise too wide. At the first fit they also stand
    /// in for the expectations nobody had.
    private mutating func crossFit(_ stage: Int, isNew: Bool) {
        let queue = fits[stage]?.queue == nil ? nil : ahead
        for fold in 0..<StageFit.folds {
            guard
                let fit = StageFit(
                    history, stage: stage, before: today, count: count, halfLife: options.halfLife, without: fold,
                    ahead: queue)
                    ?? fits[stage]
            else { continue }
            for row in stride(from: fold, to: history.count, by: StageFit.folds)
            where Int(history.entered(stage, row)) < today {
                crossed[stage][row] = expectation(fit, stage, row)
                if isNew { expected[stage][row] = crossed[stage][row] }
            }
        }
    }

    /// What can be quoted from on the morning of the day advanced to; nil while too little is known.
    ///
    /// Both sets of expectations were made without knowing the outcome, so both calibrate; the one that promises the
    /// shorter time at the asked confidence is used while the model is young.
    package func stage(_ stage: Int) -> StageModel? {
        guard let fit = fits[stage] else { return nil }
        let walked = model(stage, fit, expected[stage])
        // A grown model's own expectations carry how the world drifted; the others would hide it.
        if walked != nil, finishedAtFit >= 3 * options.mature { return walked }
        let again = model(stage, fit, crossed[stage])
        guard let walked, let again else { return walked ?? again }
        guard let a = walked.curve.smoothQuantile(options.confidence),
            let b = again.curve.smoothQuantile(options.confidence)
        else { return walked }
        return a <= b ? walked : again
    }

    private func model(_ stage: Int, _ fit: StageFit, _ expected: [Double]) -> StageModel? {
        let cases = scored(stage, fit.offset, expected)
        let pace = pace(cases, fit.offset)
        let longest = StageFit.score(ofMultiple: max(options.longest, 1.5))
        func shape(of cases: [Scored]) -> ScoreCurve? {
            var plain = cases.map { ScoreCurve.Case(score: $0.score, isEnded: $0.isEnded, weight: $0.weight) }
            plain.sort { ($0.score, $0.isEnded ? 0 : 1) < ($1.score, $1.isEnded ? 0 : 1) }
            return ScoreCurve(sorted: plain, longest: longest, pace: pace)
        }
        guard let curve = shape(of: cases) else { return nil }
        var groups: [Int32: ScoreCurve] = [:]
        if options.groupPrior.isFinite, !history.codes.isEmpty {
            groups = groupCurves(cases, longest, pace)
        }
        var whole: ScoreCurve?
        if stage == 0, !history.still.isEmpty {
            whole = shape(of: scored(stage, fit.offset, expected, whole: true))
        }
        return StageModel(
            fit: fit, curve: curve, wholeCurve: whole, groups: groups, pace: pace,
            isFollowedUp: followed(stage, fit, curve))
    }

    /// Whether history is long enough to tell slow from lost: enough journeys were followed past the point that few
    /// reach. Without this a young history takes everything slower than itself for lost and promises far too early.
    private func followed(_ stage: Int, _ fit: StageFit, _ curve: ScoreCurve) -> Bool {
        let usual = exp(fit.direct.mean)
        let multiple = exp(StageFit.score(ofMultiple: options.followUp))
        let needed = Int((multiple * usual - fit.offset).rounded(.up))
        var enough = 0
        for row in 0..<history.count {
            let entered = history.entered(stage, row)
            if Int(history.start[row]) >= today { break }
            guard entered != PromiseHistory.never, count.steps(from: Int(entered), to: today) >= needed else {
                continue
            }
            enough += 1
            if enough >= options.fewest { return true }
        }
        return false
    }

    struct Scored {
        var row: Int32
        var score: Double
        var isEnded: Bool
        /// The score with which it entered the days by which the pace is judged.
        var before: Double
        var isRecent: Bool
        var weight: Double
    }

    /// Scores of the journeys that entered the stage within the window. Times are whole days counted at their end, so
    /// a journey that took n days is placed just past n − 1: then rounding a bound up to whole days is exact.
    ///
    /// - Parameter whole: time in which the promise's clock stood still counts too.
    private func scored(
        _ stage: Int, _ offset: Double, _ expected: [Double], whole: Bool = false
    ) -> [Scored] {
        var cases: [Scored] = []
        let ends = history.ends
        let oldest = Int32(clamping: today - options.window)
        let paceStart = today - 1 - options.paceDays
        for row in 0..<history.count {
            if Int(history.start[row]) >= today { break }
            let entered = history.entered(stage, row)
            let days = expected[row]
            guard entered >= oldest, Int(entered) < today, days.isFinite else { continue }
            let isEnded = Int(ends[row]) < today
            let base = log(days + offset)
            func score(_ steps: Int) -> Double {
                steps == 0 ? -.infinity : log(Double(steps - 1) + offset) - base
            }
            // Open after n working days = known to need more than n: it leaves just after those that needed n.
            let still = whole || stage > 0 || history.still.isEmpty ? 0 : Int(history.still[row])
            let steps =
                isEnded
                ? max(1, count.needed(from: Int(entered), to: Int(ends[row])) - still)
                : max(0, count.steps(from: Int(entered), to: today - 1) - still)
            cases.append(
                Scored(
                    row: Int32(row), score: score(steps), isEnded: isEnded,
                    before: score(count.steps(from: Int(entered), to: max(paceStart, Int(entered)))),
                    // When within its time a clock stood still is not known, so such a journey says nothing of the pace.
                    isRecent: still == 0 && (!isEnded || Int(ends[row]) > paceStart),
                    weight: exp2(-Double(today - Int(entered)) / options.scoreHalfLife)))
        }
        return cases
    }

    /// Observed over expected endings of the last days, shrunk towards 1: the load of now, seen before it shows in
    /// finished journeys.
    private func pace(_ cases: [Scored], _ offset: Double) -> Double {
        let limit = StageFit.score(ofMultiple: 3)
        let sorted = cases.sorted { ($0.score, $0.isEnded ? 0 : 1) < ($1.score, $1.isEnded ? 0 : 1) }
        var atRisk = Double(sorted.count)
        var hazard = 0.0
        var scores: [Double] = []
        var hazards: [Double] = [0]
        for one in sorted {
            if one.isEnded { hazard += 1 / atRisk }
            atRisk -= 1
            scores.append(one.score)
            hazards.append(hazard)
        }
        func cumulative(_ score: Double) -> Double { hazards[ScoreCurve.count(scores, notAbove: score)] }
        var (observed, expected) = (0.0, 0.0)
        for one in cases where one.isRecent && one.before < limit {
            expected += max(0, cumulative(min(one.score, limit)) - cumulative(one.before))
            if one.isEnded, one.score <= limit { observed += 1 }
        }
        return (observed + options.paceWeight) / (expected + options.paceWeight)
    }

    private func groupCurves(_ cases: [Scored], _ longest: Double, _ pace: Double) -> [Int32: ScoreCurve] {
        var finished: [Int32: Int] = [:]
        for one in cases where one.isEnded { finished[history.codes[0][Int(one.row)], default: 0] += 1 }
        let sorted = cases.sorted { ($0.score, $0.isEnded ? 0 : 1) < ($1.score, $1.isEnded ? 0 : 1) }
        let prior = options.groupPrior / Double(max(cases.count, 1))
        var curves: [Int32: ScoreCurve] = [:]
        for (group, n) in finished where group >= 0 && n >= options.smallestGroup {
            let weighted = sorted.map { one in
                let isMember = history.codes[0][Int(one.row)] == group
                return ScoreCurve.Case(
                    score: one.score, isEnded: one.isEnded, weight: one.weight * ((isMember ? 1 : 0) + prior))
            }
            curves[group] = ScoreCurve(sorted: weighted, longest: longest, pace: pace)
        }
        return curves
    }
}

extension ScoreCurve {
    static func count<T: Comparable>(_ sorted: [T], notAbove value: T) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func count<T: Comparable>(_ sorted: [T], below value: T) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
