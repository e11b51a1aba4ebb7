package import Experience

/// What became of one event sent to the record.
package enum Appended: Hashable, Sendable {
    /// Durable, under this sequence number.
    case stored(Int64)
    /// The same source sent the same id before; the event kept then has this sequence number.
    case duplicate(Int64)
    /// Breaks a rule every event must meet; the others of its batch are not touched by it.
    case refused(Refusal)

    /// Of the event in the record, new or old.
    package var sequence: Int64? {
        switch self {
        case .stored(let sequence), .duplicate(let sequence): sequence
        case .refused: nil
        }
    }

    package enum Refusal: Hashable, Sendable, CustomStringConvertible {
        case problem(EventProblem)
        case notFinite(attribute: String)
        case database(String)

        package var description: String {
            switch self {
            case .problem(let problem): problem.description
            case .notFinite(let attribute): "“\(attribute)” is not a finite number; send a number or leave it out."
            case .database(let reason): reason
            }
        }
    }
}

/// Events that belong together with the personal words that came with them: a request or a response; and what is said
/// about them: messages to people, notes in the audit log. All of it is kept or none of it.
package struct Submission: Sendable {
    package var events: [Event]
    package var words: [VaultEntry]
    /// Queued only if one of the events is new, so that the same submission sent again tells nobody twice.
    package var messages: [OutgoingMessage]
    package var audit: [AuditEntry]
    /// The code that leads the person to this journey.
    package var tracking: Tracking?
    /// What tells the first event's answer from a flood; nil for a channel that knows its senders.
    package var mark: IntakeMark?

    package struct Tracking: Hashable, Sendable {
        package var code: TrackingCode
        package var agency: AgencyID
        package var journey: JourneyID

        package init(code: TrackingCode, agency: AgencyID, journey: JourneyID) {
            self.code = code
            self.agency = agency
            self.journey = journey
        }
    }

    package init(
        events: [Event], words: [VaultEntry] = [], messages: [OutgoingMessage] = [], audit: [AuditEntry] = [],
        tracking: Tracking? = nil, mark: IntakeMark? = nil
    ) {
        self.events = events
        self.words = words
        self.messages = messages
        self.audit = audit
        self.tracking = tracking
        self.mark = mark
    }
}
