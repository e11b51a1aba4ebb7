extension WorkingCalendar {
    /// Days walked before a search gives up: two centuries.
    static let horizon = 73_050

    /// Open time between two moments, in microseconds; 0 when `to` is not after `from`.
    package func elapsed(from: Instant, to: Instant) -> Int64 {
        let start = CompiledCalendar.clamp(from.microseconds)
        let end = CompiledCalendar.clamp(to.microseconds)
        guard start < end else { return 0 }
        if compiled.alwaysOpen { return end - start }
        if let open = compiled.openings.elapsed(from: start, to: end) { return open }
        var open: Int64 = 0
        forEachInterval(from: start, to: end) { open += $1 - $0 }
        return open
    }

    /// The stretches of opening between two moments, cut at both, in order; neighbours that touch are one.
    package func openIntervals(from: Instant, to: Instant) -> [(start: Int64, end: Int64)] {
        let start = CompiledCalendar.clamp(from.microseconds)
        let end = CompiledCalendar.clamp(to.microseconds)
        guard start < end else { return [] }
        if compiled.alwaysOpen { return [(start, end)] }
        var intervals: [(start: Int64, end: Int64)] = []
        forEachInterval(from: start, to: end) { from, to in
            if let last = intervals.last, last.end == from {
                intervals[intervals.count - 1].end = to
            } else {
                intervals.append((from, to))
            }
        }
        return intervals
    }

    private func forEachInterval(from start: Int64, to end: Int64, _ body: (Int64, Int64) -> Void) {
        var day = compiled.day(of: start)
        let last = compiled.day(of: end)
        while day <= last {
            for span in compiled.spans(day: day) {
                let (from, to) = compiled.bounds(span, day: day)
                let (a, b) = (max(from, start), min(to, end))
                if a < b { body(a, b) }
            }
            day += 1
        }
    }

    /// The end of a budget that starts at `start` and is never paused; nil when the calendar does not open for so
    /// long that the search (two centuries) ends first, or the budget is negative.
    ///
    /// - Working days: the day of receipt is day 0, and something received after closing, or on a closed day, is
    ///   received on the next working day. The budget ends at the close of the nth working day after day 0: with
    ///   hours to 17:00, 5 working days from Friday 16:59 end on the next Friday at 17:00, from Friday 17:01 on the
    ///   Monday after that.
    /// - Working time: when that much open time has passed. A budget exactly used at closing ends at closing.
    /// - Calendar days: the midnight that ends the nth local day after the day of receipt.
    /// - Calendar time: so many microseconds later.
    package func instant(after budget: Budget, from start: Instant) -> Instant? {
        due(budget, from: start, pauses: [])
    }

    /// The end of a budget whose clock stands still during `pauses` (sorted, apart, each [start, end)).
    ///
    /// Days count by their closings: a budget of n days ends at the (n + 1)th closing (midnight, for calendar days)
    /// after the start that finds the clock running. So a pause inside one day, or over a weekend, costs nothing, and
    /// more pause never gives an earlier date.
    func due(_ budget: Budget, from start: Instant, pauses: [(start: Int64, end: Int64)]) -> Instant? {
        let from = CompiledCalendar.clamp(start.microseconds)
        switch budget {
        case .workingDays(let days):
            if days >= 0, let close = compiled.openings.closing(days, after: from, pauses: pauses) {
                return Instant(microseconds: close)
            }
            return closing(days, from: from, pauses: pauses) { compiled.closing(day: $0) }
        case .calendarDays(let days):
            return closing(days, from: from, pauses: pauses) { compiled.midnight(day: $0 + 1) }
        case .workingTime(let time):
            return running(time, from: from, pauses: pauses, always: compiled.alwaysOpen)
        case .calendarTime(let time):
            return running(time, from: from, pauses: pauses, always: true)
        }
    }

    /// Walks the stretches between pauses; the budget ends inside one of them, its ends included.
    private func running(
        _ time: Int64, from start: Int64, pauses: [(start: Int64, end: Int64)], always: Bool
    ) -> Instant? {
        guard time >= 0 else { return nil }
        var left = time
        var cursor = start
        for pause in pauses where pause.end > cursor {
            if pause.start >= cursor {
                let open =
                    always
                    ? pause.start - cursor
                    : elapsed(from: Instant(microseconds: cursor), to: Instant(microseconds: pause.start))
                if open >= left { break }
                left -= open
            }
            cursor = pause.end
        }
        if always {
            let (end, overflow) = cursor.addingReportingOverflow(left)
            return overflow || end != CompiledCalendar.clamp(end) ? nil : Instant(microseconds: end)
        }
        if left == 0 { return Instant(microseconds: cursor) }
        if let end = compiled.openings.moment(left, after: cursor) { return Instant(microseconds: end) }
        let first = compiled.day(of: cursor)
        for day in first..<first + WorkingCalendar.horizon {
            for span in compiled.spans(day: day) {
                let (from, to) = compiled.bounds(span, day: day)
                let opens = max(from, cursor)
                guard opens < to else { continue }
                if to - opens >= left { return Instant(microseconds: opens + left) }
                left -= to - opens
            }
        }
        return nil
    }

    private func closing(
        _ days: Int, from start: Int64, pauses: [(start: Int64, end: Int64)], _ closing: (Int) -> Int64?
    ) -> Instant? {
        guard days >= 0, days < WorkingCalendar.horizon else { return nil }
        var left = days
        var pause = 0
        let first = compiled.day(of: start)
        for day in first..<first + WorkingCalendar.horizon {
            guard let close = closing(day), close > start else { continue }
            while pause < pauses.count, pauses[pause].end <= close { pause += 1 }
            if pause < pauses.count, pauses[pause].start <= close { continue }
            if left == 0 { return Instant(microseconds: close) }
            left -= 1
        }
        return nil
    }
}
