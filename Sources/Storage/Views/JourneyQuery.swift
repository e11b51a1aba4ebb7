package import Experience

/// Which journeys of an agency, in what order. Every part narrows; nil and empty take all.
package struct JourneyQuery: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case open, closed
        /// Closed by us, "no" from the person.
        case closedNotSolved = "closed_not_solved"
        /// A date was given and is still owed, in time so far.
        case promiseOpen = "promise_open"
        /// Owed, and due within ``JourneyQuery/atRiskWithin`` of now.
        case promiseAtRisk = "promise_at_risk"
        /// Kept against its last date.
        case promiseKept = "promise_kept"
        /// Broken against its last date: late, or overdue and still owed.
        case promiseBroken = "promise_broken"
        /// Overdue and still owed.
        case promiseOverdue = "promise_overdue"
    }

    package enum Sort: String, Hashable, Sendable, CaseIterable {
        case newest, oldest
        /// The date due soonest first; journeys with a promise only.
        case due
        case latestEvent = "latest_event"
    }

    package var agency: AgencyID
    package var service: ServiceID?
    /// By when the journey was opened.
    package var period: Period?
    package var channel: Channel?
    package var state: State?
    /// Comparison attributes and their values: all must hold.
    package var cohorts: [String: String]
    /// The beginning of an id, as typed into a search box.
    package var text: String?
    /// These journeys only: what an analysis points at. At most 5,000 are looked at.
    package var ids: [JourneyID]?
    package var outcome: JourneyState.Solved?
    package var rating: Int?
    package var sort: Sort
    package var after: PageKey?
    package var limit: Int
    /// What "now" is for promises. Given, so that a page and its count agree.
    package var now: Instant
    /// In microseconds: how near its date a promise is at risk. Three days unless told.
    package var atRiskWithin: Int64

    package static let idLimit = 5_000

    package init(
        agency: AgencyID, service: ServiceID? = nil, period: Period? = nil, channel: Channel? = nil,
        state: State? = nil, cohorts: [String: String] = [:], text: String? = nil, ids: [JourneyID]? = nil,
        outcome: JourneyState.Solved? = nil, rating: Int? = nil, sort: Sort = .newest, after: PageKey? = nil,
        limit: Int = 50, now: Instant = .now, atRiskWithin: Int64 = 3 * Instant.day
    ) {
        self.agency = agency
        self.service = service
        self.period = period
        self.channel = channel
        self.state = state
        self.cohorts = cohorts
        self.text = text
        self.ids = ids
        self.outcome = outcome
        self.rating = rating
        self.sort = sort
        self.after = after
        self.limit = limit
        self.now = now
        self.atRiskWithin = atRiskWithin
    }
}

/// How many journeys of a query there are, by what became of them. Promises are judged against their last date.
package struct JourneyCounts: Hashable, Sendable {
    package var total = 0
    package var open = 0
    package var closed = 0
    package var closedNotSolved = 0
    package var answeredOutcome = 0
    package var solved = 0
    package var contacts = 0
    package var failureDemand = 0
    package var promisesGiven = 0
    package var promisesKept = 0
    package var promisesBroken = 0
    package var promisesAtRisk = 0

    package init() {}
}
