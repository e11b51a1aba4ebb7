/// Something that happened on a journey. Never updated: a correction is another event.
package struct Event: Hashable, Sendable {
    package var agency: AgencyID
    package var service: ServiceID
    package var journey: JourneyID
    /// Who told us, and its own id for this event: the same pair is stored once however often it is sent.
    package var source: String
    package var sourceID: String
    package var kind: EventKind
    /// What happened, in the service's words: a step's id where the definition has one.
    package var activity: String
    package var channel: Channel
    package var touchpoint: String?
    package var actor: Actor
    package var occurred: Instant
    /// No personal data: names, contacts and free text belong in the vault.
    package var attributes: [String: AttributeValue]

    package init(
        agency: AgencyID, service: ServiceID, journey: JourneyID, source: String, sourceID: String,
        kind: EventKind = .step, activity: String, channel: Channel = .unknown, touchpoint: String? = nil,
        actor: Actor = Actor(.unknown), occurred: Instant, attributes: [String: AttributeValue] = [:]
    ) {
        self.agency = agency
        self.service = service
        self.journey = journey
        self.source = source
        self.sourceID = sourceID
        self.kind = kind
        self.activity = activity
        self.channel = channel
        self.touchpoint = touchpoint
        self.actor = actor
        self.occurred = occurred
        self.attributes = attributes
    }
}

/// What an event means to the product, whatever the service calls it.
package enum EventKind: String, CaseIterable, Sendable, Codable, Hashable {
    /// A step of the service was done. The default, and what imported logs hold.
    case step
    /// The person reached the service. `reason`; `failure_demand` true when it only chases or repeats.
    case contact
    /// The promise's ledger moved: see ``PromiseEntry``.
    case promise
    /// A person answered a form: `form`, `version`, one attribute an item.
    case response
    /// A form was offered to this person for this transaction: `form`.
    case offer
    /// The person's own answer to "did you get what you came for?": `solved` yes, partly or no.
    case outcome
    /// We closed it: `result` is the service's word (granted, denied, delivered, cancelled, abandoned…).
    case closed
    /// The journey was opened again after a close.
    case reopened
}

/// An event as the record keeps it.
package struct RecordedEvent: Hashable, Sendable {
    /// Strictly increasing in the order of commit; gaps are allowed, reuse is not.
    package var sequence: Int64
    package var recorded: Instant
    package var event: Event

    package init(sequence: Int64, recorded: Instant, event: Event) {
        self.sequence = sequence
        self.recorded = recorded
        self.event = event
    }
}
