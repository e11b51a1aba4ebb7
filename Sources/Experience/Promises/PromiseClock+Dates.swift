extension PromiseClock {
    package enum Which: String, Sendable, Hashable, Codable, CaseIterable {
        case first, last
    }

    package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case pending, kept, broken, withdrawn
    }

    /// How the promise stands against its first or its last date. Withdrawn after the date is broken, not excused;
    /// while a pause that began in time lasts, the date moves with it and the verdict is pending.
    package func verdict(_ which: Which, now: Instant) -> Verdict {
        guard let due = which == .first ? firstDue : lastDue else { return .pending }
        if let endedAt {
            if endedAt > due { return .broken }
            return isMet ? .kept : .withdrawn
        }
        if pauses.contains(where: { $0.end == nil && $0.start <= due }) { return .pending }
        return now > due ? .broken : .pending
    }

    /// The date if every open pause ended at `now`; the derived date itself when none is open. Nil when unarmed or
    /// the calendar is not known.
    package func projectedDue(_ which: Which = .last, now: Instant, calendars: CalendarSet) -> Instant? {
        guard let reference = calendar, let rules = calendars[reference] else { return nil }
        return due(which, rules, openPausesEnd: now)
    }

    func due(_ which: Which, _ rules: WorkingCalendar, openPausesEnd now: Instant?) -> Instant? {
        guard let commitment = which == .first ? commitments.first : commitments.last else { return nil }
        let still = PromiseClock.union(
            pauses.compactMap { pause -> (start: Int64, end: Int64)? in
                guard let end = pause.end ?? endedAt ?? now, end > pause.start else { return nil }
                return (pause.start.microseconds, end.microseconds)
            })
        return PromiseClock.due(commitment.commitment, from: commitment.at, pauses: still, rules)
    }

    static func due(
        _ commitment: PromiseCommitment, from start: Instant, pauses: [(start: Int64, end: Int64)],
        _ rules: WorkingCalendar
    ) -> Instant? {
        switch commitment {
        case .budget(let budget): return rules.due(budget, from: start, pauses: pauses)
        case .due(let fixed):
            guard !pauses.isEmpty else { return fixed }
            let open = rules.elapsed(from: start, to: fixed)
            let moved = rules.due(.workingTime(microseconds: open), from: start, pauses: pauses) ?? fixed
            var end = max(fixed, moved).microseconds
            for pause in pauses where pause.end > start.microseconds && pause.start <= end { end = max(end, pause.end) }
            return Instant(microseconds: end)
        }
    }

    /// Intervals made sorted and apart, so that the clock sees each still moment once.
    static func union(_ intervals: [(start: Int64, end: Int64)]) -> [(start: Int64, end: Int64)] {
        var merged: [(start: Int64, end: Int64)] = []
        for interval in intervals.sorted(by: { $0.start < $1.start }) {
            if let last = merged.last, interval.start <= last.end {
                merged[merged.count - 1].end = max(last.end, interval.end)
            } else {
                merged.append(interval)
            }
        }
        return merged
    }
}
