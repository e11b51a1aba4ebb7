/// Who may come in. The store keeps passwords (Argon2id), sessions (idle 15 minutes, 12 hours at most) and the
/// slowing-down of guesses; pages only ask.
package struct AccessDesk: Sendable {
    package var signIn: @Sendable (_ name: String, _ password: String, SignInPlace) async throws -> SignInAnswer
    /// Whether this browser has given the password and the code is still awaited.
    package var isHalfSignedIn: @Sendable (_ token: String, _ visit: String) async throws -> Bool
    package var secondStep: @Sendable (_ token: String, _ code: String, SignInPlace) async throws -> SecondStepAnswer
    /// The account of a live session, which is kept alive by the call.
    package var account: @Sendable (_ token: String) async throws -> StaffAccount?
    package var signOut: @Sendable (_ token: String) async throws -> Void
    /// Whether this one-time link still opens the making of an account or a new password.
    package var linkIsOpen: @Sendable (_ link: String) async throws -> LinkPurpose?
    /// Uses the link up; nil when it no longer opens.
    package var useLink: @Sendable (_ link: String, _ name: String, _ password: String) async throws -> AccountAnswer
    package var accounts: @Sendable () async throws -> [StaffAccount]
    /// Makes an account without a password and gives the one-time link that sets it. `by` is the id of whoever does it,
    /// for the audit log.
    package var invite:
        @Sendable (_ name: String, _ role: StaffAccount.Role, _ by: String) async throws -> AccountAnswer
    package var change: @Sendable (_ id: String, AccountChange, _ by: String) async throws -> AccountAnswer
    /// A new password by the old one; every session of the account ends. Wrong tries count as tries to sign in.
    package var changePassword:
        @Sendable (StaffSession, _ old: String, _ new: String, SignInPlace) async throws -> AccountAnswer

    package init(
        signIn: @escaping @Sendable (String, String, SignInPlace) async throws -> SignInAnswer,
        isHalfSignedIn: @escaping @Sendable (String, String) async throws -> Bool = { _, _ in false },
        secondStep: @escaping @Sendable (String, String, SignInPlace) async throws -> SecondStepAnswer = { _, _, _ in
            .over
        },
        account: @escaping @Sendable (String) async throws -> StaffAccount?,
        signOut: @escaping @Sendable (String) async throws -> Void,
        linkIsOpen: @escaping @Sendable (String) async throws -> LinkPurpose?,
        useLink: @escaping @Sendable (String, String, String) async throws -> AccountAnswer,
        accounts: @escaping @Sendable () async throws -> [StaffAccount],
        invite: @escaping @Sendable (String, StaffAccount.Role, String) async throws -> AccountAnswer,
        change: @escaping @Sendable (String, AccountChange, String) async throws -> AccountAnswer,
        changePassword: @escaping @Sendable (StaffSession, String, String, SignInPlace) async throws -> AccountAnswer
    ) {
        self.signIn = signIn
        self.isHalfSignedIn = isHalfSignedIn
        self.secondStep = secondStep
        self.account = account
        self.signOut = signOut
        self.linkIsOpen = linkIsOpen
        self.useLink = useLink
        self.accounts = accounts
        self.invite = invite
        self.change = change
        self.changePassword = changePassword
    }
}

package enum SignInAnswer: Sendable {
    /// `device` goes into a long-lived cookie: this browser is then a place of its own for what is held back.
    case signedIn(StaffSession, device: String)
    /// The password was right; a code is asked for, by this token.
    case secondStep(token: String)
    case refused
    /// Too many tries from here; try again later.
    case slowDown
}

package enum SecondStepAnswer: Sendable {
    /// `codesLeft` where a recovery code was used.
    case signedIn(StaffSession, device: String, codesLeft: Int?)
    case refused
    case slowDown
    /// Begin again with the password.
    case over
}

package enum LinkPurpose: Sendable, Hashable {
    case firstAdministrator
    /// An invitation or a new password for this name.
    case account(name: String)
}

package enum AccountChange: Sendable, Hashable {
    case role(StaffAccount.Role)
    case active(Bool)
    /// Ends the old password and gives a one-time link.
    case newPassword
    /// Takes the second factor away, for somebody who lost it.
    case noSecondFactor
}

package enum AccountAnswer: Sendable, Hashable {
    case done
    /// The one-time link's token, to be handed over by the administrator.
    case link(String)
    case nameTaken
    case nameNotAllowed
    case passwordTooShort(minimum: Int)
    case passwordTooCommon
    case passwordWrong
    /// Too many tries from here; try again later.
    case slowDown
    case lastAdministrator
    case linkUsed
    case unknown
}
