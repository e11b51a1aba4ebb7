package import Experience

/// What the scorecard pages ask of the record.
package struct SupplierDesk: Sendable {
    /// Kept rates by one comparison attribute; nil when the service does not have it.
    /// Under ``ScorecardRow/step`` a row a step of the service, in its order.
    package var scorecard: @Sendable (ServiceDefinition, _ attribute: String) async throws -> [ScorecardRow]?
    /// Every supplier's card of a month.
    package var cards: @Sendable (ServiceDefinition, _ month: CivilDate) async throws -> [SupplierCard]
    package var links: @Sendable (ServiceDefinition) async throws -> [SupplierLinkShown]
    /// Makes a supplier's private link and gives its token, this once.
    package var addLink:
        @Sendable (ServiceDefinition, _ supplier: String, _ email: String?, Language, _ by: String) async throws ->
            String
    package var revokeLink: @Sendable (ServiceDefinition, _ id: String, _ by: String) async throws -> Void
    /// Queues the month's card to every supplier with a link and an address; each month once. Gives how many are new.
    package var send: @Sendable (ServiceDefinition, _ month: CivilDate, _ by: String) async throws -> Int
    /// The card a private link opens; nil when the link is unknown or revoked.
    package var own: @Sendable (_ token: String, _ month: CivilDate) async throws -> OwnCard?
    /// Keeps what a supplier says about a line; false when the line is not on its card.
    package var file: @Sendable (_ token: String, SupplierStatement) async throws -> Bool
    package var decide: @Sendable (ServiceDefinition, SupplierDecision) async throws -> Void

    /// Without arguments there are no suppliers.
    package init(
        scorecard: @escaping @Sendable (ServiceDefinition, String) async throws -> [ScorecardRow]? = { _, _ in nil },
        cards: @escaping @Sendable (ServiceDefinition, CivilDate) async throws -> [SupplierCard] = { _, _ in [] },
        links: @escaping @Sendable (ServiceDefinition) async throws -> [SupplierLinkShown] = { _ in [] },
        addLink: @escaping @Sendable (ServiceDefinition, String, String?, Language, String) async throws -> String = {
            _, _, _, _, _ in ""
        },
        revokeLink: @escaping @Sendable (ServiceDefinition, String, String) async throws -> Void = { _, _, _ in },
        send: @escaping @Sendable (ServiceDefinition, CivilDate, String) async throws -> Int = { _, _, _ in 0 },
        own: @escaping @Sendable (String, CivilDate) async throws -> OwnCard? = { _, _ in nil },
        file: @escaping @Sendable (String, SupplierStatement) async throws -> Bool = { _, _ in false },
        decide: @escaping @Sendable (ServiceDefinition, SupplierDecision) async throws -> Void = { _, _ in }
    ) {
        self.scorecard = scorecard
        self.cards = cards
        self.links = links
        self.addLink = addLink
        self.revokeLink = revokeLink
        self.send = send
        self.own = own
        self.file = file
        self.decide = decide
    }
}

/// One supplier, office or other value of an attribute, over the last twelve months.
package struct ScorecardRow: Sendable {
    package var value: String
    package var pending: Int
    package var keptFirst: ShownFigure
    package var keptLast: ShownFigure
    package var cancelled: ShownFigure
    package var lateDays: Double?
    package var newDates: Double
    /// Shares of the time by who held the clock; nil = the service.
    package var held: [(holder: ClockHolder?, share: Double)]
    package var ratingKept: Double?
    package var ratingBroken: Double?
    package var ranks: ClosedRange<Int>?
    /// Of rows of steps: this step's share of all the time under the clock, and the first dates that passed in it.
    package var timeShare: Double?
    package var passedHere: Int?

    /// The word under which steps are compared, where no attribute has that name.
    package static let step = "step"

    package init(
        value: String, pending: Int, keptFirst: ShownFigure, keptLast: ShownFigure, cancelled: ShownFigure,
        lateDays: Double?, newDates: Double, held: [(holder: ClockHolder?, share: Double)], ratingKept: Double?,
        ratingBroken: Double?, ranks: ClosedRange<Int>?
    ) {
        self.value = value
        self.pending = pending
        self.keptFirst = keptFirst
        self.keptLast = keptLast
        self.cancelled = cancelled
        self.lateDays = lateDays
        self.newDates = newDates
        self.held = held
        self.ratingKept = ratingKept
        self.ratingBroken = ratingBroken
        self.ranks = ranks
    }
}

/// A supplier's card of one month under its programme.
package struct SupplierCard: Sendable {
    package struct Measure: Sendable {
        /// acknowledged, shipment_status, on_time, cancelled.
        package var id: String
        package var target: Double
        /// The target must be passed, not only reached.
        package var isStrict: Bool
        package var share: ShownFigure
        package var met: [String]
        package var missed: [String]
        package var isReached: Bool?

        package init(
            id: String, target: Double, isStrict: Bool, share: ShownFigure, met: [String], missed: [String],
            isReached: Bool?
        ) {
            self.id = id
            self.target = target
            self.isStrict = isStrict
            self.share = share
            self.met = met
            self.missed = missed
            self.isReached = isReached
        }
    }

    package struct Statement: Sendable {
        package enum Contest: String, Sendable { case none, open, accepted, refused }

        package var line: String
        package var reason: String
        package var remedy: String
        package var contest: Contest
        package var filed: CivilDate

        package init(line: String, reason: String, remedy: String, contest: Contest, filed: CivilDate) {
            self.line = line
            self.reason = reason
            self.remedy = remedy
            self.contest = contest
            self.filed = filed
        }
    }

    package var supplier: String
    package var month: CivilDate
    package var measures: [Measure]
    package var statements: [Statement]

    package init(supplier: String, month: CivilDate, measures: [Measure], statements: [Statement]) {
        self.supplier = supplier
        self.month = month
        self.measures = measures
        self.statements = statements
    }
}

package struct SupplierLinkShown: Sendable {
    package var id: String
    package var supplier: String
    package var language: Language
    package var created: Instant
    package var isRevoked: Bool

    package init(id: String, supplier: String, language: Language, created: Instant, isRevoked: Bool) {
        self.id = id
        self.supplier = supplier
        self.language = language
        self.created = created
        self.isRevoked = isRevoked
    }
}

package struct OwnCard: Sendable {
    package var definition: ServiceDefinition
    package var card: SupplierCard

    package init(definition: ServiceDefinition, card: SupplierCard) {
        self.definition = definition
        self.card = card
    }
}

/// What a supplier files about a line of its card.
package struct SupplierStatement: Sendable {
    package var id: TimeOrderedID
    package var line: String
    package var month: CivilDate
    package var reason: String
    package var remedy: String
    package var contests: Bool

    package init(id: TimeOrderedID, line: String, month: CivilDate, reason: String, remedy: String, contests: Bool) {
        self.id = id
        self.line = line
        self.month = month
        self.reason = reason
        self.remedy = remedy
        self.contests = contests
    }
}

package struct SupplierDecision: Sendable {
    package var id: TimeOrderedID
    package var supplier: String
    package var line: String
    package var accepts: Bool
    package var by: String

    package init(id: TimeOrderedID, supplier: String, line: String, accepts: Bool, by: String) {
        self.id = id
        self.supplier = supplier
        self.line = line
        self.accepts = accepts
        self.by = by
    }
}
