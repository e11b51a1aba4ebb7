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
            first: calendar.date(of: first), last: calendar.date(of: last), probability: clock.probability ?? 0,
            state: state,
            history: clock.ledger.compactMap { line in
                Self.what(line.entry, at: line.at, calendar).map { Entry(at: line.at, what: $0) }
            })
    }

    private static func what(_ entry: PromiseEntry, at: Instant, _ calendar: WorkingCalendar) -> What? {
        func date(_ commitment: PromiseCommitment) -> CivilDate? {
            switch commitment {
            case .budget(let budget): calendar.instant(after: budget, from: at).map { calendar.date(of: $0) }
            case .due(let due): calendar.date(of: due)
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
