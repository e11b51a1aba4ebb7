package import Experience

/// What the staff pages ask of the analyses. Figures come with the staff's rule applied: below 10 nothing, 10–29 marked.
package struct StaffDesk: Sendable {
    package var glance: @Sendable (Period) async throws -> [ServiceGlance]
    package var report: @Sendable (ServiceDefinition, JourneyFilter) async throws -> ServiceReport
    package var journeys:
        @Sendable (ServiceDefinition, JourneyFilter, JourneyGroup, _ cursor: String?, _ limit: Int) async throws ->
            JourneyList
    package var journey: @Sendable (ServiceDefinition, JourneyID) async throws -> JourneyReport?
    /// Responses as they come in, until the reader stops reading.
    package var live: @Sendable (ServiceDefinition) -> AsyncStream<RecentResponse>

    package init(
        glance: @escaping @Sendable (Period) async throws -> [ServiceGlance],
        report: @escaping @Sendable (ServiceDefinition, JourneyFilter) async throws -> ServiceReport,
        journeys:
            @escaping @Sendable (ServiceDefinition, JourneyFilter, JourneyGroup, String?, Int) async throws ->
            JourneyList,
        journey: @escaping @Sendable (ServiceDefinition, JourneyID) async throws -> JourneyReport?,
        live: @escaping @Sendable (ServiceDefinition) -> AsyncStream<RecentResponse>
    ) {
        self.glance = glance
        self.report = report
        self.journeys = journeys
        self.journey = journey
        self.live = live
    }
}

/// One service on the first staff page.
package struct ServiceGlance: Sendable {
    package var service: ServiceID
    package var journeys: Int
    package var open: Int
    package var overdue: Int
    package var kept: ShownFigure
    package var keptTrend: [TrendPoint]
    package var closedNotSolved: ShownFigure
    package var half: ShownFigure
    package var failureDemand: ShownFigure
    /// The kept rate has shifted.
    package var shift: PromiseBoard.Alert?

    package init(
        service: ServiceID, journeys: Int, open: Int, overdue: Int, kept: ShownFigure, keptTrend: [TrendPoint],
        closedNotSolved: ShownFigure, half: ShownFigure, failureDemand: ShownFigure
    ) {
        self.service = service
        self.journeys = journeys
        self.open = open
        self.overdue = overdue
        self.kept = kept
        self.keptTrend = keptTrend
        self.closedNotSolved = closedNotSolved
        self.half = half
        self.failureDemand = failureDemand
    }
}

/// One service over the filtered journeys.
package struct ServiceReport: Sendable {
    package var journeys = 0
    package var open = 0
    package var overdue = 0
    package var kept: ShownFigure
    package var closedNotSolved: ShownFigure
    package var solved: ShownFigure
    package var half: ShownFigure
    package var nineOfTen: ShownFigure
    /// Middle time nobody worked on it, and middle time somebody did, of a closed journey.
    package var waiting: ShownFigure
    package var touch: ShownFigure
    package var contacts: ShownFigure
    package var failureDemand: ShownFigure
    package var rating: ShownFigure
    package var keptTrend: [TrendPoint] = []
    package var closedNotSolvedTrend: [TrendPoint] = []
    /// The share meant to be kept, if the service promises.
    package var target: Double?
    package var map = JourneyMap(nodes: [], edges: [])
    package var variants: [Variant] = []
    package var variantCount = 0
    package var durations: [Bin] = []
    package var channels: [(channel: Channel, journeys: Int)] = []
    package var cohorts: [Cohort] = []
    package var detours: [Detour] = []
    package var recent: [RecentResponse] = []

    package struct Variant: Sendable {
        package var id: String
        package var activities: [String]
        package var journeys: Int
        package var medianSeconds: Double?

        package init(id: String, activities: [String], journeys: Int, medianSeconds: Double?) {
            self.id = id
            self.activities = activities
            self.journeys = journeys
            self.medianSeconds = medianSeconds
        }
    }

    /// Closed journeys that took at least `low` and less than `high` seconds.
    package struct Bin: Sendable {
        package var low: Double
        package var high: Double
        package var journeys: Int

        package init(low: Double, high: Double, journeys: Int) {
            self.low = low
            self.high = high
            self.journeys = journeys
        }
    }

    /// Something off the promised path, and how long closed journeys with and without it took.
    package struct Detour: Sendable {
        package var activity: String
        package var journeys: Int
        package var share: Double
        package var medianWithSeconds: Double
        package var medianWithoutSeconds: Double

        package init(
            activity: String, journeys: Int, share: Double, medianWithSeconds: Double, medianWithoutSeconds: Double
        ) {
            self.activity = activity
            self.journeys = journeys
            self.share = share
            self.medianWithSeconds = medianWithSeconds
            self.medianWithoutSeconds = medianWithoutSeconds
        }
    }

    package struct Cohort: Sendable {
        package var name: String
        package var value: String
        package var journeys: Int
        package var kept: ShownFigure

        package init(name: String, value: String, journeys: Int, kept: ShownFigure) {
            self.name = name
            self.value = value
            self.journeys = journeys
            self.kept = kept
        }
    }

    package init(
        kept: ShownFigure, closedNotSolved: ShownFigure, solved: ShownFigure, half: ShownFigure, nineOfTen: ShownFigure,
        waiting: ShownFigure, touch: ShownFigure, contacts: ShownFigure, failureDemand: ShownFigure, rating: ShownFigure
    ) {
        self.kept = kept
        self.closedNotSolved = closedNotSolved
        self.solved = solved
        self.half = half
        self.nineOfTen = nineOfTen
        self.waiting = waiting
        self.touch = touch
        self.contacts = contacts
        self.failureDemand = failureDemand
        self.rating = rating
    }
}

package struct RecentResponse: Sendable {
    package var at: Instant
    package var rating: Int?
    /// Whether they got what they came for, where that was the question.
    package var solved: JourneyState.Solved?
    package var channel: Channel
    package var journey: JourneyID?
    package var form: Slug?
    /// The person's words, only where the reader may see them.
    package var words: String?

    package init(
        at: Instant, rating: Int?, solved: JourneyState.Solved? = nil, channel: Channel, journey: JourneyID?,
        form: Slug? = nil, words: String? = nil
    ) {
        self.at = at
        self.rating = rating
        self.solved = solved
        self.channel = channel
        self.journey = journey
        self.form = form
        self.words = words
    }
}

package struct JourneyList: Sendable {
    package var total: Int
    package var rows: [Row]
    /// The cursor of the next page; nil on the last.
    package var next: String?
    /// The groups that may be chosen, whatever is chosen now.
    package var groups: [(name: String, value: String)] = []

    package struct Row: Sendable {
        package var state: JourneyState
        package var due: CivilDate?
        package var promise: ShownPromise.State?

        package init(state: JourneyState, due: CivilDate?, promise: ShownPromise.State?) {
            self.state = state
            self.due = due
            self.promise = promise
        }
    }

    package init(total: Int, rows: [Row], next: String?) {
        self.total = total
        self.rows = rows
        self.next = next
    }
}

/// One journey with everything on it.
package struct JourneyReport: Sendable {
    package var state: JourneyState
    package var events: [RecordedEvent]
    package var promise: ShownPromise?
    /// Without their words, which are read one answer at a time.
    package var responses: [AnswerView]

    package init(state: JourneyState, events: [RecordedEvent], promise: ShownPromise?, responses: [AnswerView]) {
        self.state = state
        self.events = events
        self.promise = promise
        self.responses = responses
    }
}
