internal import Experience
internal import Site
internal import Storage

extension OwnAccountDesk {
    /// One's own account over the record's accounts.
    static func live(_ record: Record, notice: SignInNotice) -> OwnAccountDesk {
        let accounts = record.accounts
        return OwnAccountDesk(
            secondFactor: { id in
                try await accounts.secondFactor(of: id).map { ShownFactor(since: $0.since, codesLeft: $0.codesLeft) }
            },
            prove: { session, password, code, place in
                guard let account = try await accounts.account(session.account.id) else { return .wrong }
                return
                    switch try await accounts.proveAgain(
                        account, password: password, code: code, source: place.address, device: place.device,
                        session: session.token)
                {
                case .right(let token): .right(token: token)
                case .wrong: .wrong
                case .wait: .slowDown
                }
            },
            propose: { id in try await accounts.proposeSecondFactor(for: id).text },
            proposed: { id in try await accounts.proposedSecondFactor(for: id)?.text },
            confirm: { session, code in
                guard
                    let made = try await accounts.confirmSecondFactor(
                        code, for: session.account.id, session: session.token)
                else { return nil }
                await notice.tell(session.account, .added)
                return ConfirmedFactor(codes: made.codes, token: made.token)
            },
            renewCodes: { session in
                let codes = try await accounts.renewRecoveryCodes(of: session.account.id)
                if codes != nil { await notice.tell(session.account, .codesRenewed) }
                return codes
            },
            remove: { session in
                let token = try await accounts.removeSecondFactor(of: session.account.id, session: session.token)
                if token != nil { await notice.tell(session.account, .removed) }
                return token
            },
            sessions: { session in
                try await accounts.sessions(of: session.account.id, this: session.token).map {
                    ShownSession(id: $0.id, since: $0.since, seen: $0.seen, browser: $0.browser, isThis: $0.isThis)
                }
            },
            endSessions: { session, id in
                try await accounts.endSessions(of: session.account.id, only: id, keeping: session.token)
            })
    }
}
