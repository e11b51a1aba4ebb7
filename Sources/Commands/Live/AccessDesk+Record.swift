internal import Experience
internal import Site
internal import Storage

extension AccessDesk {
    /// Why a password may not be chosen under a name; nil when it may.
    private static func refusal(
        of password: String, name: String, _ leaked: LeakedPasswords?
    ) async throws -> AccountAnswer? {
        guard Accounts.passwordLength.contains(password.count) else {
            return .passwordTooShort(minimum: Accounts.passwordLength.lowerBound)
        }
        if CommonPasswords.contains(password, name: name) { return .passwordTooCommon }
        return try await leaked?.contains(password) == true ? .passwordTooCommon : nil
    }

    /// Sign-in over the record's accounts.
    ///
    /// - Parameter leaked: passwords nobody may choose, besides those everybody tries; nil where no list is set.
    static func live(
        _ record: Record, rule: SecondFactorRule, notice: SignInNotice, leaked: LeakedPasswords?
    ) -> AccessDesk {
        let accounts = record.accounts
        return AccessDesk(
            signIn: { name, password, place in
                switch try await accounts.signIn(
                    name: name, password: password, source: place.address, device: place.device, visit: place.visit,
                    browser: place.browser)
                {
                case .signedIn(let account, let token, let device):
                    .signedIn(StaffSession(token: token, account: StaffAccount(account)), device: device)
                case .secondStep(_, let token): .secondStep(token: token)
                case .refused: .refused
                case .wait: .slowDown
                }
            },
            isHalfSignedIn: { token, visit in try await accounts.isHalfSignedIn(token, visit: visit) },
            secondStep: { token, code, place in
                switch try await accounts.secondStep(
                    token, code: code, visit: place.visit, device: place.device, browser: place.browser)
                {
                case .signedIn(let account, let token, let device, let left):
                    let session = StaffSession(token: token, account: StaffAccount(account))
                    if left != nil { await notice.tell(session.account, .recoveryCodeUsed) }
                    return .signedIn(session, device: device, codesLeft: left)
                case .refused: return .refused
                case .wait: return .slowDown
                case .over: return .over
                }
            },
            account: { token in
                try await accounts.session(token).map {
                    StaffAccount($0.account, rule, hasSecondFactor: $0.hasSecondFactor)
                }
            },
            signOut: { token in try await accounts.signOut(token) },
            linkIsOpen: { link in
                switch try await accounts.use(of: link) {
                case .firstAdministrator?: .firstAdministrator
                case .password(let account)?: .account(name: account.name)
                case nil: nil
                }
            },
            useLink: { link, name, password in
                if let refusal = try await refusal(of: password, name: name, leaked) { return refusal }
                do {
                    switch try await accounts.use(of: link) {
                    case .firstAdministrator?: _ = try await accounts.redeem(link: link, name: name, password: password)
                    case .password?: _ = try await accounts.choosePassword(password, link: link)
                    case nil: return .linkUsed
                    }
                    return .done
                } catch StorageError.refused {
                    return try await accounts.use(of: link) == nil ? .linkUsed : .nameNotAllowed
                }
            },
            accounts: {
                let standings = try await accounts.standings()
                return try await accounts.all().map { account in
                    var shown = StaffAccount(
                        account, rule, hasSecondFactor: standings[account.id]?.hasSecondFactor ?? false)
                    shown.lastSignIn = standings[account.id]?.lastSignIn
                    shown.isInvited = standings[account.id]?.awaitsPassword ?? false
                    return shown
                }
            },
            invite: { name, role, own in
                guard let role = Account.Role(rawValue: role.rawValue) else { return .unknown }
                guard let actor = try await accounts.account(own) else { return .unknown }
                if try await accounts.all().contains(where: { $0.name == name.lowercased() }) { return .nameTaken }
                do {
                    // Whoever belongs to an agency invites into it and nowhere else.
                    return .link(
                        try await accounts.invite(name: name, role: role, agency: actor.agency, by: own).link)
                } catch StorageError.refused {
                    return .nameNotAllowed
                }
            },
            change: { id, change, own in
                do {
                    guard let account = try await accounts.account(id), let actor = try await accounts.account(own),
                        actor.agency == nil || actor.agency == account.agency
                    else { return .unknown }
                    switch change {
                    case .role(let role):
                        guard let role = Account.Role(rawValue: role.rawValue) else { return .unknown }
                        try await accounts.change(
                            id, role: role, agency: account.agency, isDisabled: account.isDisabled, by: own)
                    case .active(let isActive):
                        try await accounts.change(
                            id, role: account.role, agency: account.agency, isDisabled: !isActive, by: own)
                    case .newPassword:
                        return .link(try await accounts.resetPassword(of: id, by: own))
                    case .noSecondFactor:
                        guard try await accounts.secondFactor(of: id) != nil else { return .unknown }
                        try await accounts.resetSecondFactor(of: id, by: own)
                        await notice.tell(StaffAccount(account), .reset)
                    }
                    return .done
                } catch StorageError.refused {
                    return try await accounts.account(id) == nil ? .unknown : .lastAdministrator
                }
            },
            changePassword: { session, old, new, place in
                let name = session.account.name
                if let refusal = try await refusal(of: new, name: name, leaked) { return refusal }
                guard let account = try await accounts.account(session.account.id) else { return .unknown }
                // Wrong tries are counted and slowed down like any other.
                switch try await accounts.proveAgain(
                    account, password: old, code: nil, source: place.address, device: place.device,
                    session: session.token)
                {
                case .right:
                    try await accounts.setPassword(new, of: account.id, by: account.id)
                    return .done
                case .wrong: return .passwordWrong
                case .wait: return .slowDown
                }
            })
    }
}

extension StaffAccount {
    init(_ account: Account) {
        self.init(
            id: account.id, name: account.name, role: Role(rawValue: account.role.rawValue) ?? .viewer,
            isActive: !account.isDisabled)
        agency = account.agency
    }

    init(_ account: Account, _ rule: SecondFactorRule, hasSecondFactor: Bool) {
        self.init(account)
        self.hasSecondFactor = hasSecondFactor
        mustHaveSecondFactor = rule.includes(role)
    }
}
