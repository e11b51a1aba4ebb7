package import Experience

extension JourneyTable {
    /// What one line of the table is made of. Times are microseconds, with the table's own signs for "not yet" and
    /// "none".
    package struct Line: Sendable {
        package var journey: String
        package var opened: Int64
        package var lastOccurred: Int64
        package var closed = JourneyTable.notYet
        package var result: String?
        package var outcome = Outcome.unanswered
        package var rating = 0
        package var responses = 0
        package var contacts = 0
        package var failureDemand = 0
        package var channel = Channel.unknown
        package var cohorts: [String: String] = [:]
        package var promise = PromiseStanding.none
        package var firstDue = JourneyTable.none
        package var lastDue = JourneyTable.none
        package var settled = JourneyTable.notYet
        /// The person was not told of the last date.
        package var isUntold = false
        package var repromises = 0
        /// The probability said with the first date; 0 = none was said.
        package var said = 0.0
        package var likely = JourneyTable.none
        package var eightOfTen = JourneyTable.none
        package var nineOfTen = JourneyTable.none
        package var movedFrom = JourneyTable.none
        package var waitingSince = JourneyTable.none

        package init(journey: String, opened: Int64, lastOccurred: Int64) {
            self.journey = journey
            self.opened = opened
            self.lastOccurred = lastOccurred
        }

        package init(_ state: JourneyState) {
            self.init(
                journey: state.journey.text, opened: state.opened.microseconds,
                lastOccurred: state.lastOccurred.microseconds)
            closed = state.closed?.at.microseconds ?? JourneyTable.notYet
            result = state.closed?.result
            outcome = Outcome(state.outcome)
            rating = state.rating ?? 0
            responses = state.responses
            contacts = state.contacts
            failureDemand = state.failureDemand
            channel = state.firstChannel
            cohorts = state.cohorts
            if let clock = state.promise {
                promise = PromiseStanding(clock.state)
                firstDue = clock.firstDue?.microseconds ?? JourneyTable.none
                lastDue = clock.lastDue?.microseconds ?? JourneyTable.none
                settled = clock.endedAt?.microseconds ?? JourneyTable.notYet
                isUntold = clock.isUntold
                repromises = clock.repromises
                said = clock.probability ?? 0
                likely = clock.terms?.likely?.microseconds ?? JourneyTable.none
                eightOfTen = clock.terms?.eightOfTen?.microseconds ?? JourneyTable.none
                nineOfTen = clock.terms?.nineOfTen?.microseconds ?? JourneyTable.none
                movedFrom = clock.movedFrom?.microseconds ?? JourneyTable.none
                waitingSince = clock.waitingSince?.microseconds ?? JourneyTable.none
            }
        }
    }
}

extension JourneyTable.Outcome {
    package init(_ solved: JourneyState.Solved?) {
        switch solved {
        case nil: self = .unanswered
        case .yes?: self = .yes
        case .partly?: self = .partly
        case .no?: self = .no
        }
    }
}

extension JourneyTable.PromiseStanding {
    package init(_ state: PromiseClock.State) {
        switch state {
        case .unarmed: self = .none
        case .open: self = .open
        case .paused: self = .paused
        case .met: self = .met
        case .broken: self = .broken
        case .withdrawn: self = .withdrawn
        }
    }
}
