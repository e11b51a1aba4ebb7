package import Experience

/// What people do about their own account: the second factor and the sessions they have open. Whatever changes how one
/// signs in comes after ``prove``.
package struct OwnAccountDesk: Sendable {
    /// By account id; nil where there is none in use.
    package var secondFactor: @Sendable (_ account: String) async throws -> ShownFactor?
    /// Asks for the password once more, and for a code where there is a second factor and `code` is not nil.
    package var prove:
        @Sendable (StaffSession, _ password: String, _ code: String?, SignInPlace) async throws -> ProofAnswer
    /// A new secret in base 32, which takes effect with ``confirm``.
    package var propose: @Sendable (_ account: String) async throws -> String
    /// The secret that waits for its first code; nil when none does any more.
    package var proposed: @Sendable (_ account: String) async throws -> String?
    /// Takes it into use; nil for a wrong code. Other sessions end, this one goes on under another token.
    package var confirm: @Sendable (StaffSession, _ code: String) async throws -> ConfirmedFactor?
    /// New recovery codes; nil where there is no second factor.
    package var renewCodes: @Sendable (StaffSession) async throws -> [String]?
    /// Gives the token the session goes on with; nil where there was no second factor.
    package var remove: @Sendable (StaffSession) async throws -> String?
    package var sessions: @Sendable (StaffSession) async throws -> [ShownSession]
    /// Ends one session by its id, or all others for nil; gives how many.
    package var endSessions: @Sendable (StaffSession, _ id: String?) async throws -> Int

    /// Without arguments nobody has a second factor and nothing can be changed.
    package init(
        secondFactor: @escaping @Sendable (String) async throws -> ShownFactor? = { _ in nil },
        prove: @escaping @Sendable (StaffSession, String, String?, SignInPlace) async throws -> ProofAnswer = {
            _, _, _, _ in .wrong
        },
        propose: @escaping @Sendable (String) async throws -> String = { _ in "" },
        proposed: @escaping @Sendable (String) async throws -> String? = { _ in nil },
        confirm: @escaping @Sendable (StaffSession, String) async throws -> ConfirmedFactor? = { _, _ in nil },
        renewCodes: @escaping @Sendable (StaffSession) async throws -> [String]? = { _ in nil },
        remove: @escaping @Sendable (StaffSession) async throws -> String? = { _ in nil },
        sessions: @escaping @Sendable (StaffSession) async throws -> [ShownSession] = { _ in [] },
        endSessions: @escaping @Sendable (StaffSession, String?) async throws -> Int = { _, _ in 0 }
    ) {
        self.secondFactor = secondFactor
        self.prove = prove
        self.propose = propose
        self.proposed = proposed
        self.confirm = confirm
        self.renewCodes = renewCodes
        self.remove = remove
        self.sessions = sessions
        self.endSessions = endSessions
    }
}

/// Where somebody asks from who signs in.
package struct SignInPlace: Sendable, Hashable {
    package var address: String
    /// The token of a browser that signed in before.
    package var device: String?
    /// The browser's own random value, to which the second step is bound.
    package var visit: String
    /// Its kind, as ``BrowserFamily`` writes it.
    package var browser: String?
}

package struct ShownFactor: Sendable, Hashable {
    package var since: Instant
    package var codesLeft: Int

    package init(since: Instant, codesLeft: Int) {
        self.since = since
        self.codesLeft = codesLeft
    }
}

/// The recovery codes, shown this once, and the token the session goes on with.
package struct ConfirmedFactor: Sendable, Hashable {
    package var codes: [String]
    package var token: String

    package init(codes: [String], token: String) {
        self.codes = codes
        self.token = token
    }
}

package enum ProofAnswer: Sendable, Hashable {
    /// The session goes on under this token.
    case right(token: String)
    case wrong
    case slowDown
}

package struct ShownSession: Sendable, Hashable {
    package var id: String
    package var since: Instant
    package var seen: Instant
    package var browser: String?
    package var isThis: Bool

    package init(id: String, since: Instant, seen: Instant, browser: String?, isThis: Bool) {
        self.id = id
        self.since = since
        self.seen = seen
        self.browser = browser
        self.isThis = isThis
    }
}
