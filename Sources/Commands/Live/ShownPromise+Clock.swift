internal import Experience
internal import Site

extension ShownPromise {
    /// A clock as the person sees it: the dates that were said and what moved them. Nil before a date was given.
    init?(_ clock: PromiseClock, calendars: CalendarSet, now: Instant) {
        guard let first = clock.firstDue, let last = clock.lastDue, let reference = clock.calendar,
            let calendar = calendars[reference]
        else { return nil }
        let state: State
        switch clock.state {
        case .unarmed: return nil
        case .paused: state = .paused(clock.pauses.last { $0.end == nil }?.waitingFor ?? .other)
        case .open: state = now > last ? .overdue : .running
        case .met, .broken:
            let end = clock.endedAt ?? clock.brokenAt ?? now
            state = clock.endedAt == nil ? .overdue : end <= first ? .keptFirst : end <= last ? .keptLast : .late
        case .withdrawn: state = .withdrawn
        }
        self.init(
            first: calendar.dateToSay(for: first), last: calendar.dateToSay(for: last),
            probability: clock.probability ?? 0,
            state: state,
            history: clock.ledger.indices.compactMap { place in
                let line = clock.ledger[place]
                let what =
                    if case .reprojected(let reference, let reason) = line.entry {
                        Self.recalculated(clock, at: place, by: reference, reason, calendars)
                    } else {
                        Self.what(line.entry, at: line.at, calendar)
                    }
                return what.map { Entry(at: line.at, what: $0) }
            })
    }

    /// The date before and after a change of the calendar, as they stood then.
    private static func recalculated(
        _ clock: PromiseClock, at place: Int, by reference: CalendarReference, _ reason: String,
        _ calendars: CalendarSet
    ) -> What? {
        guard let after = clock.lastDue(after: place, calendars: calendars), let calendar = calendars[reference] else {
            return nil
        }
        let before = place > 0 ? clock.lastDue(after: place - 1, calendars: calendars) : nil
        return .recalculated(calendar.dateToSay(for: after), reason: reason, isMoved: before != after)
    }

    private static func what(_ entry: PromiseEntry, at: Instant, _ calendar: WorkingCalendar) -> What? {
        func date(_ commitment: PromiseCommitment) -> CivilDate? {
            switch commitment {
            case .budget(let budget): calendar.instant(after: budget, from: at).map { calendar.dateToSay(for: $0) }
            case .due(let due): calendar.dateToSay(for: due)
            }
        }
        switch entry {
        case .armed(let terms): return date(.budget(terms.budget)).map { .given($0) }
        case .paused(_, let waitingFor, _): return .paused(waitingFor)
        case .resumed: return .resumed
        case .repromised(let commitment, let reason, let told):
            return date(commitment).map { .moved($0, reason: reason, told: told) }
        case .met: return .met
        case .broken: return .passed
        case .withdrawn(let reason): return .withdrawn(reason: reason)
        case .reprojected: return nil
        }
    }
}
