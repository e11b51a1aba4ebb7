package import Experience

/// What the staff's promise pages ask of the record.
package struct PromiseDesk: Sendable {
    /// What is owed and needs somebody, in the order in which to do it.
    package var board: @Sendable ([ServiceDefinition]) async throws -> PromiseBoard
    /// What a new date would be; with a date given, its odds. Nil when nothing is owed on this journey.
    package var draft: @Sendable (ServiceDefinition, JourneyID, CivilDate?) async throws -> PromiseDraft?
    /// Writes the new date to the ledger and queues the message, both or neither. The same `id` again changes nothing.
    package var give: @Sendable (NewDate) async throws -> Void
    /// The date that would be given now for these values of the service's attributes.
    package var quote: @Sendable (ServiceDefinition, [String: String]) async throws -> QuotedDate

    /// Without arguments nothing is owed.
    package init(
        board: @escaping @Sendable ([ServiceDefinition]) async throws -> PromiseBoard = { _ in PromiseBoard() },
        draft: @escaping @Sendable (ServiceDefinition, JourneyID, CivilDate?) async throws -> PromiseDraft? = {
            _, _, _ in nil
        },
        give: @escaping @Sendable (NewDate) async throws -> Void = { _ in },
        quote: @escaping @Sendable (ServiceDefinition, [String: String]) async throws -> QuotedDate = { _, _ in
            QuotedDate(
                due: nil, half: nil, eightOfTen: nil, probability: nil, basis: .none, reason: nil, finished: 0,
                unknown: [])
        }
    ) {
        self.board = board
        self.draft = draft
        self.give = give
        self.quote = quote
    }
}

/// Everything owed that needs somebody.
package struct PromiseBoard: Sendable {
    package enum Group: String, Sendable, CaseIterable {
        /// The date has passed, and the person was given no other.
        case overdue
        /// A new date is in the record, but the person does not know it.
        case untold
        case today
        case atRisk = "at_risk"
    }

    package struct Entry: Sendable, Hashable {
        package var group: Group
        package var service: ServiceID
        package var journey: JourneyID
        package var due: CivilDate
        /// Working days from the date until now; negative while it lies ahead.
        package var daysLate: Int
        /// The probability of breaking, from now; nil where history can't say.
        package var risk: Double?
        package var newDates: Int

        package init(
            group: Group, service: ServiceID, journey: JourneyID, due: CivilDate, daysLate: Int, risk: Double?,
            newDates: Int
        ) {
            self.group = group
            self.service = service
            self.journey = journey
            self.due = due
            self.daysLate = daysLate
            self.risk = risk
            self.newDates = newDates
        }
    }

    /// A service whose kept rate has shifted.
    package struct Alert: Sendable, Hashable {
        package var service: ServiceID
        package var share: Double
        package var low: Double
        package var high: Double
        package var week: CivilDate
        package var falseAlarmsPerYear: Double
        package var isProvisional: Bool

        package init(
            service: ServiceID, share: Double, low: Double, high: Double, week: CivilDate, falseAlarmsPerYear: Double,
            isProvisional: Bool
        ) {
            self.service = service
            self.share = share
            self.low = low
            self.high = high
            self.week = week
            self.falseAlarmsPerYear = falseAlarmsPerYear
            self.isProvisional = isProvisional
        }
    }

    /// In the order in which to do them.
    package var entries: [Entry] = []
    package var alerts: [Alert] = []
    /// Services whose kept rate is watched by an alert.
    package var watched = 0
    /// How likely breaking must be to count as at risk.
    package var riskFrom = 0.35
    package var waitingMessages = 0
    package var failedMessages = 0
    /// False = no mail server is configured, and messages wait.
    package var canSend = false

    package init() {}
}

/// A new date before it is given.
package struct PromiseDraft: Sendable {
    package var promise: ShownPromise
    /// The date the person knows now.
    package var told: CivilDate
    /// The earliest date history supports at the service's confidence; nil where it can't say.
    package var suggested: CivilDate?
    /// The date asked about, or the suggested one, and the share of such requests done by then.
    package var date: CivilDate?
    package var odds: Double?
    /// Finished requests behind the odds.
    package var finished: Int
    package var today: CivilDate
    /// The person's language.
    package var language: Language
    package var hasAddress: Bool
    package var canSend: Bool
    /// Where the person sees the request.
    package var link: String

    package init(
        promise: ShownPromise, told: CivilDate, suggested: CivilDate?, date: CivilDate?, odds: Double?, finished: Int,
        today: CivilDate, language: Language, hasAddress: Bool, canSend: Bool, link: String
    ) {
        self.promise = promise
        self.told = told
        self.suggested = suggested
        self.date = date
        self.odds = odds
        self.finished = finished
        self.today = today
        self.language = language
        self.hasAddress = hasAddress
        self.canSend = canSend
        self.link = link
    }
}

/// A new date as a member of staff gives it.
package struct NewDate: Sendable {
    package enum Telling: String, Sendable, CaseIterable {
        /// By e-mail, now.
        case mail
        /// The member of staff told the person: by phone, at the counter.
        case spoken = "self"
        /// Not yet.
        case later
    }

    package var id: TimeOrderedID
    package var service: ServiceDefinition
    package var journey: JourneyID
    package var date: CivilDate
    package var reason: PromiseReason
    package var telling: Telling
    /// Queued when `telling` is `.mail`.
    package var message: PromiseMessage
    package var language: Language
    /// The account's id.
    package var by: String

    package init(
        id: TimeOrderedID, service: ServiceDefinition, journey: JourneyID, date: CivilDate, reason: PromiseReason,
        telling: Telling, message: PromiseMessage, language: Language, by: String
    ) {
        self.id = id
        self.service = service
        self.journey = journey
        self.date = date
        self.reason = reason
        self.telling = telling
        self.message = message
        self.language = language
        self.by = by
    }
}
