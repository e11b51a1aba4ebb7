/// Who may come in. The store keeps passwords (Argon2id), sessions (idle 15 minutes, 12 hours at most) and the
/// slowing-down of guesses; pages only ask.
package struct AccessDesk: Sendable {
    package var signIn: @Sendable (_ name: String, _ password: String, _ address: String) async throws -> SignInAnswer
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
        @Sendable (StaffAccount, _ old: String, _ new: String, _ address: String) async throws -> AccountAnswer

    package init(
        signIn: @escaping @Sendable (String, String, String) async throws -> SignInAnswer,
        account: @escaping @Sendable (String) async throws -> StaffAccount?,
        signOut: @escaping @Sendable (String) async throws -> Void,
        linkIsOpen: @escaping @Sendable (String) async throws -> LinkPurpose?,
        useLink: @escaping @Sendable (String, String, String) async throws -> AccountAnswer,
        accounts: @escaping @Sendable () async throws -> [StaffAccount],
        invite: @escaping @Sendable (String, StaffAccount.Role, String) async throws -> AccountAnswer,
        change: @escaping @Sendable (String, AccountChange, String) async throws -> AccountAnswer,
        changePassword: @escaping @Sendable (StaffAccount, String, String, String) async throws -> AccountAnswer
    ) {
        self.signIn = signIn
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
    case signedIn(StaffSession)
    case refused
    /// Too many tries from here; try again later.
    case slowDown
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
