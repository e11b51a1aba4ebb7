package import Experience

/// Someone who may sign in.
package struct Account: Hashable, Sendable {
    /// What they may do; each may do what the ones before it may.
    package enum Role: String, CaseIterable, Comparable, Sendable, Codable {
        case viewer, caseworker, owner, administrator

        package static func < (a: Role, b: Role) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }
    }

    /// A time-ordered id; stands for the person in the audit log.
    package var id: String
    /// What they type to sign in: 3 to 128 characters, lower-cased.
    package var name: String
    /// The agency they may see; nil sees all.
    package var agency: AgencyID?
    package var role: Role
    package var isDisabled: Bool

    package func maySee(_ agency: AgencyID) -> Bool { self.agency == nil || self.agency == agency }
}

/// What became of an attempt to sign in. A page says the same for `refused` whatever the reason.
package enum SignIn: Hashable, Sendable {
    /// `token` goes into the session cookie, `device` into a long-lived one.
    case signedIn(account: Account, token: String, device: String)
    /// The password was right and a code is asked for; `token` opens that step and nothing else.
    case secondStep(account: Account, token: String)
    case refused
    /// Too many failures from here: nothing is looked at before then, not even a right password.
    case wait(until: Instant)
}

/// What a valid session cookie stands for.
package struct SignedIn: Hashable, Sendable {
    package var account: Account
    package var since: Instant
    /// When it ends at the latest, however busy.
    package var endsAt: Instant
    package var hasSecondFactor: Bool
}

/// A key by which a source sends events.
package struct APIKey: Hashable, Sendable {
    package var id: String
    package var agency: AgencyID
    /// Events sent with this key carry this source.
    package var source: String
    package var createdAt: Instant
    package var isRevoked: Bool
}
