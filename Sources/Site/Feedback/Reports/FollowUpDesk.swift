package import Experience

/// Acting on what single people said, and telling everybody what was done.
package struct FollowUpDesk: Sendable {
    package var items: @Sendable (ServiceDefinition) async throws -> [FollowUpView]
    /// Names of those who may be given an item.
    package var owners: @Sendable (ServiceDefinition) async throws -> [String]
    package var change: @Sendable (ServiceDefinition, FollowUpChange, StaffAccount) async throws -> FollowUpResult
    package var saidDid: @Sendable (ServiceDefinition) async throws -> [SaidDidView]
    package var publish: @Sendable (ServiceDefinition, SaidDidView, StaffAccount) async throws -> Void
    package var withdraw: @Sendable (ServiceDefinition, String) async throws -> Void

    package init(
        items: @escaping @Sendable (ServiceDefinition) async throws -> [FollowUpView],
        owners: @escaping @Sendable (ServiceDefinition) async throws -> [String] = { _ in [] },
        change: @escaping @Sendable (ServiceDefinition, FollowUpChange, StaffAccount) async throws -> FollowUpResult,
        saidDid: @escaping @Sendable (ServiceDefinition) async throws -> [SaidDidView],
        publish: @escaping @Sendable (ServiceDefinition, SaidDidView, StaffAccount) async throws -> Void,
        withdraw: @escaping @Sendable (ServiceDefinition, String) async throws -> Void
    ) {
        self.items = items
        self.owners = owners
        self.change = change
        self.saidDid = saidDid
        self.publish = publish
        self.withdraw = withdraw
    }

    package static let empty = FollowUpDesk(
        items: { _ in [] }, change: { _, _, _ in .unknown }, saidDid: { _ in [] }, publish: { _, _, _ in },
        withdraw: { _, _ in })
}

/// A person's "no" that somebody has to act on.
package struct FollowUpView: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable {
        case open, answered
        case askedAgain = "asked_again"
        case done
    }

    package var id: String
    package var journey: JourneyID
    package var openedAt: Instant
    package var owner: String?
    package var state: State
    package var note: String
    /// The ways by which the person can be written to.
    package var reachable: Set<ReplyChannel>

    package init(
        id: String, journey: JourneyID, openedAt: Instant, owner: String?, state: State, note: String,
        reachable: Set<ReplyChannel>
    ) {
        self.id = id
        self.journey = journey
        self.openedAt = openedAt
        self.owner = owner
        self.state = state
        self.note = note
        self.reachable = reachable
    }
}

package struct FollowUpChange: Sendable {
    package enum Action: String, Sendable {
        /// The account takes it.
        case take
        /// Somebody else is to take it.
        case assign
        /// Writes to the person.
        case reply
        /// Writes that it is mended, and asks whether it is solved now.
        case ask
        case done
    }

    package var id: String
    package var action: Action
    /// The reply's words; sent to the person and nowhere else kept but sealed in the outbox.
    package var text: String
    package var language: Language
    package var by: ReplyChannel
    /// Whom it is given to.
    package var owner: String?

    package init(
        id: String, action: Action, text: String, language: Language, by: ReplyChannel = .email, owner: String? = nil
    ) {
        self.id = id
        self.action = action
        self.text = text
        self.language = language
        self.by = by
        self.owner = owner
    }
}

package enum FollowUpResult: Sendable, Hashable {
    case changed
    /// The person left no address.
    case noAddress
    /// The person's number asked to be sent nothing more.
    case stopped
    case empty
    case unknown
}

/// "You said, we did", in both languages.
package struct SaidDidView: Sendable, Hashable {
    package var id: String
    package var said: LocalText
    package var did: LocalText
    package var publishedAt: Instant

    package init(id: String, said: LocalText, did: LocalText, publishedAt: Instant) {
        self.id = id
        self.said = said
        self.did = did
        self.publishedAt = publishedAt
    }
}
