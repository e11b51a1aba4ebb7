import Experience
import Statistics

extension Backtest {
    /// A warning counts as given in time when the date is still so many days away.
    static let warningDays = 3

    func report(_ tracks: [Track], _ unquoted: [String: Int]) -> BacktestReport {
        var report = BacktestReport(confidence: options.confidence)
        report.unquoted = unquoted
        let last = history.lastDay
        let ends = history.ends
        report.quotedShare = history.count > 0 ? Double(tracks.count) / Double(history.count) : nil
        let inTime = tracks.filter { $0.due <= last }
        report.openPastDue = inTime.count { ends[$0.row] == PromiseHistory.never }
        let judged = inTime.filter { ends[$0.row] != PromiseHistory.never }
        report.n = judged.count
        guard !judged.isEmpty else { return report }
        let kept = judged.count { isKept($0) }
        let proportion = Proportion(successes: kept, n: judged.count)
        report.kept = proportion?.share
        report.keptLow = proportion?.interval()?.lower
        report.keptHigh = proportion?.interval()?.upper
        let leads = judged.map { Double($0.due - start($0)) }
        report.meanLead = mean(leads)
        report.medianLead = Quantile.of(leads, 0.5)
        let actual = judged.map { Double(Int(ends[$0.row]) - start($0)) }
        report.pinball = PromiseScore.pinball(actual: actual, promised: leads, p: options.confidence)
        report.intervalDays = mean(judged.map { Double($0.due - $0.lower) })
        addPooled(judged, &report)
        addMonths(judged, &report)
        report.worstGroup = worstGroup(judged)
        addOwn(judged, actual, &report)
        addWarnings(judged, &report)
        report.stages = history.milestones.indices.compactMap { stage($0, judged) }
        report.calibration = calibration(judged)
        return report
    }

    private func start(_ track: Track) -> Int { Int(history.start[track.row]) }
    private func isKept(_ track: Track) -> Bool { Int(history.ends[track.row]) <= track.due }
    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private func addPooled(_ judged: [Track], _ report: inout BacktestReport) {
        let given = judged.compactMap { track in track.pooled.map { (track: track, due: $0) } }
        guard !given.isEmpty else { return }
        report.pooledKept = Double(given.count { Int(history.ends[$0.track.row]) <= $0.due }) / Double(given.count)
        report.pooledMeanLead = mean(given.map { Double($0.due - start($0.track)) })
    }

    private func addMonths(_ judged: [Track], _ report: inout BacktestReport) {
        let byMonth = Dictionary(grouping: judged) { track in
            String(CivilDate(daysSince1970: start(track)).description.prefix(7))
        }
        report.months = byMonth.sorted { $0.key < $1.key }.map { month, tracks in
            BacktestReport.Month(
                month: month, n: tracks.count, kept: Double(tracks.count { isKept($0) }) / Double(tracks.count),
                meanLead: mean(tracks.map { Double($0.due - start($0)) }) ?? 0)
        }
        let large = report.months.filter { $0.n >= 100 }
        let worst = (large.isEmpty ? report.months : large).min { $0.kept < $1.kept }
        report.worstMonth = worst?.month
        report.worstMonthKept = worst?.kept
    }

    /// The group with the lowest kept rate among those of at least 30 judged promises.
    private func worstGroup(_ judged: [Track]) -> BacktestReport.Group? {
        var worst: BacktestReport.Group?
        for attribute in history.attributes.indices {
            let groups = Dictionary(grouping: judged) { history.codes[attribute][$0.row] }
            for (level, tracks) in groups where level >= 0 && tracks.count >= 30 {
                let kept = Double(tracks.count { isKept($0) }) / Double(tracks.count)
                let value = history.coding.name(of: level, factor: attribute) ?? ""
                let group = BacktestReport.Group(
                    attribute: history.attributes[attribute], value: value, n: tracks.count, kept: kept)
                guard let now = worst else {
                    worst = group
                    continue
                }
                if (group.kept, group.attribute, group.value) < (now.kept, now.attribute, now.value) { worst = group }
            }
        }
        return worst
    }

    private func addOwn(_ judged: [Track], _ actual: [Double], _ report: inout BacktestReport) {
        let owned = judged.indices.filter { history.own[judged[$0].row] != PromiseHistory.never }
        guard !owned.isEmpty else { return }
        let leads = owned.map { Double(Int(history.own[judged[$0].row]) - start(judged[$0])) }
        let kept = owned.count { history.ends[judged[$0].row] <= history.own[judged[$0].row] }
        let rate = Double(kept) / Double(owned.count)
        report.ownKept = rate
        report.ownMeanLead = mean(leads)
        report.ownPinball = PromiseScore.pinball(
            actual: owned.map { actual[$0] }, promised: leads, p: options.confidence)
        var points: [(kept: Double, lead: Double, level: Double)] = []
        // Like with like: only journeys that could be quoted at every level, for ours and for theirs.
        let given = owned.map { judged[$0] }.filter { !$0.grid.contains(-1) }
        guard !given.isEmpty else { return }
        let theirs = given.count { history.ends[$0.row] <= history.own[$0.row] }
        let target = Double(theirs) / Double(given.count)
        report.matchedOwnMeanLead = mean(given.map { Double(Int(history.own[$0.row]) - start($0)) })
        for (index, level) in Backtest.levels.enumerated() {
            let kept = given.count { history.ends[$0.row] <= $0.grid[index] }
            let lead = mean(given.map { Double(Int($0.grid[index]) - start($0)) }) ?? 0
            points.append((Double(kept) / Double(given.count), lead, level))
        }
        guard let above = points.firstIndex(where: { $0.kept >= target }) else { return }
        let high = points[above]
        let low = above > 0 ? points[above - 1] : high
        let t = high.kept > low.kept ? (target - low.kept) / (high.kept - low.kept) : 1
        report.matchedConfidence = low.level + t * (high.level - low.level)
        report.matchedMeanLead = low.lead + t * (high.lead - low.lead)
    }

    private func addWarnings(_ judged: [Track], _ report: inout BacktestReport) {
        let broken = judged.filter { !isKept($0) }
        let days = broken.compactMap { track in track.warned.map { Double(track.due - $0) } }
        let early = days.filter { $0 >= Double(Backtest.warningDays) }
        if !broken.isEmpty { report.warnedShare = Double(early.count) / Double(broken.count) }
        report.warnedDaysMedian = Quantile.of(days, 0.5)
        let warned = judged.filter { $0.warned != nil }
        if !warned.isEmpty {
            report.warnedRight = Double(warned.count { !isKept($0) }) / Double(warned.count)
        }
    }

    private func stage(_ milestone: Int, _ judged: [Track]) -> BacktestReport.Stage? {
        let last = history.lastDay
        let again = judged.compactMap { track -> (track: Track, due: Int)? in
            guard let due = track.again[milestone], due <= last else { return nil }
            return (track, due)
        }
        guard !again.isEmpty else { return nil }
        let kept = again.count { Int(history.ends[$0.track.row]) <= $0.due }
        return BacktestReport.Stage(
            milestone: history.milestones[milestone], n: again.count, kept: Double(kept) / Double(again.count),
            meanLead: mean(again.map { Double($0.due - start($0.track)) }) ?? 0,
            meanFirstLead: mean(again.map { Double($0.track.due - start($0.track)) }) ?? 0,
            meanLeft: mean(again.map { Double($0.due - Int(history.reached[milestone][$0.track.row])) }) ?? 0)
    }

    /// At each confidence quoted, the share kept.
    private func calibration(_ judged: [Track]) -> [BacktestReport.Calibration] {
        Backtest.levels.indices.compactMap { index in
            let given = judged.filter { $0.grid[index] >= 0 }
            guard !given.isEmpty else { return nil }
            let kept = given.count { history.ends[$0.row] <= $0.grid[index] }
            return BacktestReport.Calibration(
                said: Backtest.levels[index], was: Double(kept) / Double(given.count), n: given.count)
        }
    }
}
