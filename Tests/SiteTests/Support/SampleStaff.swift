import Experience
import Site
import Synchronization

extension SampleSite {
    func accessDesk() -> AccessDesk {
        AccessDesk(
            signIn: { name, password, _ in
                guard name == "ada", password == "correct horse battery" else { return .refused }
                let account = StaffAccount(id: "a1", name: "ada", role: .administrator)
                return self.kept.withLock { kept in
                    let token = "session-token-number-\(kept.sessions.count + 1)"
                    kept.sessions[token] = account
                    return .signedIn(StaffSession(token: token, account: account))
                }
            }, account: { token in self.kept.withLock { $0.sessions[token] } },
            signOut: { token in self.kept.withLock { $0.sessions[token] = nil } },
            linkIsOpen: { $0 == "open-link-0123456789" ? .firstAdministrator : nil },
            useLink: { _, _, password in password.count < 12 ? .passwordTooShort(minimum: 12) : .done },
            accounts: {
                [
                    StaffAccount(id: "a1", name: "ada", role: .administrator, lastSignIn: SampleSite.start),
                    StaffAccount(id: "b2", name: "boole", role: .viewer, isActive: false),
                ]
            }, invite: { name, _ in name == "ada" ? .nameTaken : .link("open-link-0123456789") },
            change: { _, change in change == .newPassword ? .link("open-link-0123456789") : .done })
    }

    func staffDesk() -> StaffDesk { StaffDesk() }
    func intakeDesk() -> IntakeDesk { IntakeDesk() }
}
