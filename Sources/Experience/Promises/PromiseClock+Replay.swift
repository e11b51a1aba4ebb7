extension PromiseClock {
    /// Derives everything from the ledger; gives the problem of the line at `watched`, if it has one.
    mutating func replay(_ calendars: CalendarSet, watching watched: Int) -> PromiseProblem? {
        var fresh = PromiseClock()
        fresh.ledger = ledger
        var seen: PromiseProblem?
        for (position, line) in ledger.enumerated() {
            do throws(PromiseProblem) {
                try fresh.read(line, calendars)
            } catch {
                fresh.withoutEffect.append(position)
                if position == watched { seen = error }
            }
        }
        fresh.derive(calendars)
        self = fresh
        return seen
    }

    /// Takes the last line of the ledger; gives its problem, if it has one.
    mutating func follow(_ line: Line, at position: Int, _ calendars: CalendarSet) -> PromiseProblem? {
        do throws(PromiseProblem) {
            try read(line, calendars)
        } catch {
            withoutEffect.append(position)
            return error
        }
        derive(calendars)
        return nil
    }

    private mutating func read(_ line: Line, _ calendars: CalendarSet) throws(PromiseProblem) {
        if case .armed(let terms) = line.entry {
            try arm(terms, at: line.at, calendars)
            return
        }
        guard terms != nil, let reference = calendar else { throw .notArmed }
        guard endedAt == nil else { throw .alreadyEnded }
        switch line.entry {
        case .armed: break
        case .paused(let id, let waitingFor, let holder):
            guard !pauses.contains(where: { $0.id == id }) else { throw .pauseAlreadyOpen(id) }
            pauses.append(Pause(id: id, waitingFor: waitingFor, holder: holder, start: line.at))
        case .resumed(let id):
            guard let index = pauses.firstIndex(where: { $0.id == id && $0.end == nil }) else {
                throw .unknownPause(id)
            }
            pauses[index].end = line.at
        case .repromised(let commitment, let reason, let told):
            guard let rules = calendars[reference] else { throw .unknownCalendar(reference) }
            guard PromiseClock.due(commitment, from: line.at, pauses: [], rules) != nil else {
                throw .neverDue(reference)
            }
            commitments.append(Commitment(at: line.at, commitment: commitment, reason: reason, told: told))
            brokenAt = nil
        case .met:
            endedAt = line.at
            isMet = true
        case .broken: brokenAt = line.at
        case .withdrawn: endedAt = line.at
        case .reprojected(let reference, _):
            guard calendars[reference] != nil else { throw .unknownCalendar(reference) }
            calendar = reference
        }
    }

    private mutating func arm(
        _ terms: PromiseTerms, at: Instant, _ calendars: CalendarSet
    ) throws(PromiseProblem) {
        guard self.terms == nil else { throw .alreadyArmed }
        guard terms.probability >= 0, terms.probability <= 1 else { throw .badProbability }
        guard let rules = calendars[terms.calendar] else { throw .unknownCalendar(terms.calendar) }
        guard let due = rules.instant(after: terms.budget, from: at) else { throw .neverDue(terms.calendar) }
        self.terms = terms
        calendar = terms.calendar
        dateGiven = due
        commitments = [Commitment(at: at, commitment: .budget(terms.budget), reason: nil, told: true)]
    }

    private mutating func derive(_ calendars: CalendarSet) {
        guard let reference = calendar, let rules = calendars[reference] else { return }
        firstDue = due(.first, rules, openPausesEnd: nil)
        lastDue = commitments.count > 1 ? due(.last, rules, openPausesEnd: nil) : firstDue
        if let endedAt {
            if !isMet {
                state = .withdrawn
            } else {
                state = if let lastDue, endedAt > lastDue { .broken } else { .met }
            }
        } else if brokenAt != nil {
            state = .broken
        } else {
            state = pauses.contains { $0.end == nil } ? .paused : .open
        }
    }
}
