package import Experience

/// A message to one person, as it is handed to the outbox. Subject, body and address are sealed before they are kept.
package struct OutgoingMessage: Hashable, Sendable {
    package enum Channel: String, Sendable, CaseIterable {
        case email, sms
    }

    package enum Recipient: Hashable, Sendable {
        /// The person of a journey, at the address they left in this field of the vault. Looked up when the message is
        /// sent, so that a corrected address is used and an erased one is not.
        case person(JourneyID, field: String)
        /// Somebody who has no journey: a supplier, a colleague.
        case address(String)
    }

    package var agency: AgencyID
    package var channel: Channel
    package var to: Recipient
    package var language: Language
    package var subject: String
    /// Plain text, lines ended by line feeds.
    package var body: String
    /// What it is about, in the product's words: "promise", "survey", "scorecard". Never personal data.
    package var purpose: String
    /// The same key again queues nothing: what makes a person told once. Never personal data.
    package var dedupeKey: String
    /// Not sent before; nil = at once.
    package var notBefore: Instant?

    package init(
        agency: AgencyID, channel: Channel = .email, to: Recipient, language: Language, subject: String, body: String,
        purpose: String, dedupeKey: String, notBefore: Instant? = nil
    ) {
        self.agency = agency
        self.channel = channel
        self.to = to
        self.language = language
        self.subject = subject
        self.body = body
        self.purpose = purpose
        self.dedupeKey = dedupeKey
        self.notBefore = notBefore
    }
}

/// What became of a message handed to the outbox.
package enum QueuedMessage: Hashable, Sendable {
    case queued(id: String)
    /// A message with this key was queued before, whatever became of it.
    case known
}

/// A message on its way, open for the one sender that holds the lease.
package struct LeasedMessage: Hashable, Sendable {
    package var agency: AgencyID
    /// Stays the same over every attempt: the mail's Message-ID is made of it.
    package var id: String
    package var channel: OutgoingMessage.Channel
    package var language: Language
    /// Nil when the person's address is not (or no longer) kept.
    package var address: String?
    package var subject: String
    package var body: String
    package var purpose: String
    /// Counts this one.
    package var attempt: Int
    package var queuedAt: Instant
}

/// How an attempt ended.
package enum MessageOutcome: Hashable, Sendable {
    case sent
    /// Try again at this time; the reason holds no personal data.
    case later(Instant, problem: String)
    case failed(problem: String)
}

/// A message as lists show it: without its words.
package struct MessageSummary: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case queued, sending, sent, failed
    }

    package var id: String
    package var purpose: String
    package var language: Language
    package var state: State
    package var attempts: Int
    package var queuedAt: Instant
    package var sentAt: Instant?
    package var problem: String?
}
