package import Experience

/// What the request and tracking pages ask of the record.
package struct RequestDesk: Sendable {
    /// The date that would be given now; nil when the service promises none.
    package var quote: @Sendable (ServiceDefinition, [Slug: KeptAnswer]) async throws -> Quote?
    /// Starts a journey and gives the code it is tracked by. The same `id` sent again gives the same code.
    package var start: @Sendable (NewRequest) async throws -> TrackingCode
    package var track: @Sendable (TrackingCode) async throws -> TrackedJourney?
    /// The person's own answer to whether they got what they came for, with their words if they gave any.
    package var outcome: @Sendable (TrackingCode, JourneyState.Solved, String?) async throws -> Void

    package init(
        quote: @escaping @Sendable (ServiceDefinition, [Slug: KeptAnswer]) async throws -> Quote?,
        start: @escaping @Sendable (NewRequest) async throws -> TrackingCode,
        track: @escaping @Sendable (TrackingCode) async throws -> TrackedJourney?,
        outcome: @escaping @Sendable (TrackingCode, JourneyState.Solved, String?) async throws -> Void
    ) {
        self.quote = quote
        self.start = start
        self.track = track
        self.outcome = outcome
    }
}

/// A date offered before it is given.
package struct Quote: Sendable, Hashable {
    package var due: CivilDate
    package var likely: CivilDate?
    /// By when eight, and nine, of ten such requests are done.
    package var eightOfTen: CivilDate?
    package var nineOfTen: CivilDate?
    package var probability: Double
    package var basis: Basis

    package enum Basis: Sendable, Hashable {
        /// From this many earlier journeys.
        case history(n: Int)
        /// The declared standard: too few journeys to say better.
        case standard
    }

    package init(
        due: CivilDate, likely: CivilDate? = nil, eightOfTen: CivilDate? = nil, nineOfTen: CivilDate? = nil,
        probability: Double, basis: Basis
    ) {
        self.due = due
        self.likely = likely
        self.eightOfTen = eightOfTen
        self.nineOfTen = nineOfTen
        self.probability = probability
        self.basis = basis
    }
}

/// A request as a person sent it on the web.
package struct NewRequest: Sendable {
    package var id: TimeOrderedID
    package var service: ServiceDefinition
    package var answers: [Slug: KeptAnswer]
    package var quote: Quote?
    package var language: Language

    package init(
        id: TimeOrderedID, service: ServiceDefinition, answers: [Slug: KeptAnswer], quote: Quote?, language: Language
    ) {
        self.id = id
        self.service = service
        self.answers = answers
        self.quote = quote
        self.language = language
    }
}

/// A journey as its own person sees it.
package struct TrackedJourney: Sendable {
    package var service: ServiceDefinition
    package var code: TrackingCode
    package var opened: Instant
    package var updated: Instant
    /// Steps done, oldest first, by the definition's ids.
    package var done: [(step: Slug, at: Instant)]
    package var closed: JourneyState.Closing?
    package var outcome: JourneyState.Solved?
    package var promise: ShownPromise?
    /// Forms this person is not asked.
    package var withheld: Set<Slug> = []

    package init(
        service: ServiceDefinition, code: TrackingCode, opened: Instant, updated: Instant,
        done: [(step: Slug, at: Instant)], closed: JourneyState.Closing?, outcome: JourneyState.Solved?,
        promise: ShownPromise?
    ) {
        self.service = service
        self.code = code
        self.opened = opened
        self.updated = updated
        self.done = done
        self.closed = closed
        self.outcome = outcome
        self.promise = promise
    }
}

/// A promise with its history, in the dates that were said.
package struct ShownPromise: Sendable, Hashable {
    package var first: CivilDate
    package var last: CivilDate
    package var probability: Double
    package var state: State
    package var history: [Entry]

    package enum State: Sendable, Hashable {
        case running, paused(ClockHolder), overdue, keptFirst, keptLast, late, withdrawn
    }

    package struct Entry: Sendable, Hashable {
        package var at: Instant
        package var what: What

        package init(at: Instant, what: What) {
            self.at = at
            self.what = what
        }
    }

    package enum What: Sendable, Hashable {
        case given(CivilDate)
        case moved(CivilDate, reason: String, told: Bool)
        case paused(ClockHolder)
        case resumed
        case met
        case passed
        case withdrawn(reason: String)
        /// By a change of the working calendar; the reason is the change's own.
        case recalculated(CivilDate, reason: String, isMoved: Bool)
    }

    package init(first: CivilDate, last: CivilDate, probability: Double, state: State, history: [Entry]) {
        self.first = first
        self.last = last
        self.probability = probability
        self.state = state
        self.history = history
    }
}
