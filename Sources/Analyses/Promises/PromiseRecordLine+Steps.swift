package import Experience

extension PromiseRecordLine {
    /// The attribute under which the lines of steps are cut.
    package static let step = "step"

    /// A line for every step a promise's journey reached: the stretch from the first time of that step until the first
    /// time of the next, or the end. The clock is cut at those times, so that the stretches of one promise add up to the
    /// whole; new dates and a cancellation belong to the stretch in which they came. Whether the promise was kept is the
    /// same on all its lines: a row tells how promises fared whose journeys came through that step.
    ///
    /// - Parameter reached: first times of steps, in any order; a step reached before the promise was armed counts from
    ///   the arming on.
    package static func steps(
        journey: String, clock: PromiseClock, reached: [(step: String, at: Instant)], rating: Double?, now: Instant,
        calendars: CalendarSet
    ) -> [PromiseRecordLine] {
        guard
            let whole = PromiseRecordLine(
                journey: journey, clock: clock, groups: [:], rating: rating, now: now, calendars: calendars),
            let armed = clock.armedAt, let reference = clock.calendar, let calendar = calendars[reference],
            let due = clock.firstDue
        else { return [] }
        let end = clock.endedAt ?? now
        let holdings = clock.holdings(until: now)
        let ordered = reached.filter { $0.at <= end }.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)
        var lines: [PromiseRecordLine] = []
        for (place, one) in ordered.enumerated() {
            let from = max(one.at, armed)
            let isLast = place + 1 == ordered.count
            let to = isLast ? end : max(ordered[place + 1].at, armed)
            // A step that was over before the date was given has no part in it.
            guard to > from || isLast else { continue }
            var line = whole
            line.groups = [step: one.step]
            line.held = [:]
            for holding in holdings where holding.start < to && holding.end > from {
                line.held[holding.waitingFor, default: 0] += calendar.elapsed(
                    from: max(holding.start, from), to: min(holding.end, to))
            }
            func isHere(_ at: Instant) -> Bool { at >= from && (at < to || isLast) }
            line.repromises = clock.commitments.dropFirst().count { isHere($0.at) }
            line.isCancelled = whole.isCancelled && isLast
            line.passedHere = whole.first == .broken && isHere(due)
            lines.append(line)
        }
        return lines
    }
}
