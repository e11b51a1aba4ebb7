/// What is known of one journey: a fold of its events in the order of the record.
///
/// Occurred times may come out of order, so first and last are minima and maxima, never "the one that came last".
/// The same events give the same state whether folded one by one as they are appended or all at once by a rebuild.
package struct JourneyState: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var journey: JourneyID
    package var opened: Instant
    package var lastOccurred: Instant
    package var lastActivity: String
    package var lastSequence: Int64
    package var events: Int
    package var firstChannel: Channel
    /// Times the person reached the service: contacts, the request, and every step that is the person's to do.
    package var contacts: Int
    /// Contacts that only chased or repeated.
    package var failureDemand: Int
    package var closed: Closing?
    package var outcome: Solved?
    package var outcomeAt: Instant?
    /// The latest overall rating the person gave on this journey, 1–5.
    package var rating: Int?
    package var responses: Int
    /// The service's comparison attributes: the last value recorded for each.
    package var cohorts: [String: String]
    /// What moved the promise, in the order of the record; at most ``promiseLineLimit`` lines.
    package var promiseLines: [PromiseLine] = []
    /// The promise as those lines leave it: see ``settle(calendars:)``. Nil while none has been armed.
    package internal(set) var promise: PromiseClock?

    package struct Closing: Hashable, Sendable {
        package var at: Instant
        package var result: String

        package init(at: Instant, result: String) {
            self.at = at
            self.result = result
        }
    }

    /// The person's own answer to "did you get what you came for?".
    package enum Solved: String, Sendable, Codable, CaseIterable {
        case yes, partly, no
    }

    package init(
        agency: AgencyID, service: ServiceID, journey: JourneyID, opened: Instant, lastOccurred: Instant,
        lastActivity: String, lastSequence: Int64, events: Int, firstChannel: Channel, contacts: Int,
        failureDemand: Int, closed: Closing?, outcome: Solved?, outcomeAt: Instant?, rating: Int?, responses: Int,
        cohorts: [String: String]
    ) {
        self.agency = agency
        self.service = service
        self.journey = journey
        self.opened = opened
        self.lastOccurred = lastOccurred
        self.lastActivity = lastActivity
        self.lastSequence = lastSequence
        self.events = events
        self.firstChannel = firstChannel
        self.contacts = contacts
        self.failureDemand = failureDemand
        self.closed = closed
        self.outcome = outcome
        self.outcomeAt = outcomeAt
        self.rating = rating
        self.responses = responses
        self.cohorts = cohorts
    }

    /// Closed by us, "no" from them.
    package var isClosedNotSolved: Bool { closed != nil && outcome == .no }
}

extension JourneyState {
    /// Attribute names with a meaning for every service.
    package enum Key {
        package static let failureDemand = "failure_demand"
        package static let result = "result"
        package static let solved = "solved"
        package static let rating = "rating"
    }

    /// The state after a journey's first event.
    package init(first recorded: RecordedEvent, definition: ServiceDefinition?) {
        let event = recorded.event
        self.init(
            agency: event.agency, service: event.service, journey: event.journey, opened: event.occurred,
            lastOccurred: event.occurred, lastActivity: event.activity, lastSequence: recorded.sequence, events: 0,
            firstChannel: event.channel, contacts: 0, failureDemand: 0, closed: nil, outcome: nil, outcomeAt: nil,
            rating: nil, responses: 0, cohorts: [:])
        apply(recorded, definition: definition)
    }

    /// Folds one more event in.
    ///
    /// The promise's lines are taken up but its clock is not read again: call ``settle(calendars:)`` after the last
    /// event, or use ``fold(_:definition:calendars:)``.
    package mutating func apply(_ recorded: RecordedEvent, definition: ServiceDefinition?) {
        let event = recorded.event
        events += 1
        notePromise(event, definition: definition)
        lastSequence = max(lastSequence, recorded.sequence)
        if event.occurred < opened {
            opened = event.occurred
            firstChannel = event.channel
        }
        if event.occurred >= lastOccurred {
            lastOccurred = event.occurred
            lastActivity = event.activity
        }
        // Steps describe the journey; the same word on a contact or an answer describes that.
        for cohort in event.kind == .step ? definition?.cohorts ?? [] : [] {
            if let value = event.attributes[cohort.name] { cohorts[cohort.name] = value.plain }
        }
        switch event.kind {
        case .contact:
            contacts += 1
            if event.attributes[Key.failureDemand] == .boolean(true) { failureDemand += 1 }
        case .response:
            responses += 1
            if let rating = event.attributes[Key.rating]?.integer, (1...5).contains(rating) {
                self.rating = Int(rating)
            }
        case .outcome:
            if case .text(let word)? = event.attributes[Key.solved], let solved = Solved(rawValue: word),
                outcomeAt.map({ $0 <= event.occurred }) ?? true
            {
                outcome = solved
                outcomeAt = event.occurred
            }
        case .closed:
            close(at: event.occurred, event: event)
        case .reopened:
            if let closing = closed, closing.at <= event.occurred { closed = nil }
        case .step:
            guard let definition, let step = definition.step(named: event.activity) else { break }
            // A step the person does is a contact, and so is the request, whoever hands it in for them.
            if step.by == .person || step.id == definition.steps.first?.id { contacts += 1 }
            if step.closes { close(at: event.occurred, event: event) }
        case .promise, .offer:
            break
        }
    }

    private mutating func close(at instant: Instant, event: Event) {
        let result = event.attributes[Key.result]?.plain ?? event.activity
        if let closing = closed, closing.at > instant { return }
        closed = Closing(at: instant, result: result)
    }
}
