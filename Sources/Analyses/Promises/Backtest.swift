import Experience
import Foundation
import Statistics

/// Walks through time and quotes each journey from what was known on the morning it started.
package struct Backtest: Sendable {
    package let history: PromiseHistory
    package let options: PromiseOptions
    let count: DayCount

    /// One journey's walk.
    struct Track: Sendable {
        var row: Int
        var due: Int
        var lower: Int
        var pooled: Int?
        /// The first date at each of ``Backtest/levels``.
        var grid: [Int32]
        /// For each milestone, the date given on reaching it.
        var again: [Int?]
        var warned: Int?
        var warnedRisk: Double?
    }

    /// Confidences quoted beside the asked one, to find the one that keeps as many as the own promises.
    static let levels = [0.5, 0.7, 0.8, 0.85, 0.9, 0.92, 0.935, 0.95, 0.955, 0.96, 0.965, 0.97, 0.98, 0.985, 0.99]

    package init(history: PromiseHistory, count: DayCount, options: PromiseOptions) {
        self.history = history
        self.count = count
        self.options = options
    }

    /// Days counted Monday to Friday.
    package static func run(
        rows: [PromiseRow], attributes: [String], milestones: [String] = [], options: PromiseOptions = .init()
    ) -> BacktestReport {
        let history = PromiseHistory(rows: rows, attributes: attributes, milestones: milestones)
        let count = DayCount.weekdays(from: Int(history.start.first ?? 0), through: history.lastDay)
        return Backtest(history: history, count: count, options: options).run()
    }

    package func run() -> BacktestReport {
        var learner = PromiseLearner(history: history, count: count, options: options)
        var tracks: [Track] = []
        var open: [Int] = []
        var unquoted: [String: Int] = [:]
        var next = 0
        let ends = history.ends
        guard let first = history.start.first else { return BacktestReport(confidence: options.confidence) }
        var position = [Int](repeating: -1, count: history.count)
        for day in Int(first)...max(Int(first), history.lastDay) {
            learner.advance(to: day)
            let hasStarts = next < history.count && Int(history.start[next]) == day
            guard hasStarts || !open.isEmpty else { continue }
            let models = (0..<history.stages).map { learner.stage($0) }
            let pooled = hasStarts ? pooledCurve(before: day) : nil
            while next < history.count, Int(history.start[next]) == day {
                switch quote(next, models[0], learner, pooled, on: day) {
                case .success(let track):
                    position[next] = tracks.count
                    open.append(tracks.count)
                    tracks.append(track)
                case .failure(let reason): unquoted[reason.text, default: 0] += 1
                }
                next += 1
            }
            open.removeAll { Int(ends[tracks[$0].row]) < day || tracks[$0].due < day }
            for index in open { follow(&tracks[index], models, learner, on: day) }
        }
        return report(tracks, unquoted)
    }

    struct Reason: Error { var text: String }

    private func quote(
        _ row: Int, _ model: StageModel?, _ learner: PromiseLearner, _ pooled: ScoreCurve?, on day: Int
    ) -> Result<Track, Reason> {
        guard let model, model.endings >= options.fewest else { return .failure(Reason(text: "too little history")) }
        guard model.isFollowedUp else { return .failure(Reason(text: "history too short to tell slow from lost")) }
        let expected = learner.expected[0][row]
        guard expected.isFinite else { return .failure(Reason(text: "too little history")) }
        let group = history.codes.first?[row]
        func date(_ p: Double) -> Int? {
            model.days(p, expected: expected, group: group).map { count.day($0, after: day) }
        }
        guard let due = date(options.confidence) else {
            return .failure(Reason(text: "too few ended for this confidence"))
        }
        return .success(
            Track(
                row: row, due: due, lower: date(1 - options.confidence) ?? day,
                pooled: pooled?.quantile(options.confidence).map { day + Int(exp($0).rounded(.up)) },
                grid: Backtest.levels.map { Int32(date($0) ?? -1) },
                again: Array(repeating: nil, count: history.milestones.count)))
    }

    /// One morning of an open promise: a new date on reaching a milestone, a warning when breaking has become likely.
    private func follow(_ track: inout Track, _ models: [StageModel?], _ learner: PromiseLearner, on day: Int) {
        var stage = 0
        for candidate in 1..<max(history.stages, 1) {
            let entered = history.entered(candidate, track.row)
            guard entered != PromiseHistory.never, Int(entered) <= day else { continue }
            let expected = learner.expected[candidate][track.row]
            guard expected.isFinite, let model = models[candidate] else { continue }
            stage = candidate
            guard track.again[candidate - 1] == nil, Int(entered) == day,
                let days = model.days(options.confidence, expected: expected, group: history.codes.first?[track.row])
            else { continue }
            track.again[candidate - 1] = count.day(days, after: day)
        }
        guard track.warned == nil, day > Int(history.start[track.row]), let model = models[stage] else { return }
        let expected = learner.expected[stage][track.row]
        guard expected.isFinite else { return }
        let entered = Int(history.entered(stage, track.row))
        let risk = model.late(
            due: count.steps(from: entered, to: track.due), openFor: count.steps(from: entered, to: day - 1),
            expected: expected, group: history.codes.first?[track.row])
        if risk >= options.warnAt {
            track.warned = day
            track.warnedRisk = risk
        }
    }
}
