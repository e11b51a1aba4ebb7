import Experience
import Site
import Synchronization

extension SampleSite {
    func accessDesk() -> AccessDesk {
        AccessDesk(
            signIn: { name, password, _ in
                guard password == "correct horse battery" else { return .refused }
                // Somebody with a second factor.
                if name == "grace" { return .secondStep(token: SampleSite.halfToken) }
                guard name == "ada" else { return .refused }
                let account = StaffAccount(id: "a1", name: "ada", role: .administrator)
                return .signedIn(self.begin(account), device: "device-token-0123456789")
            },
            isHalfSignedIn: { token, _ in token == SampleSite.halfToken },
            secondStep: { token, code, _ in
                guard token == SampleSite.halfToken else { return .over }
                guard code == "123456" || code == "ABCD-EFGH-2345" else { return .refused }
                var account = StaffAccount(id: "g7", name: "grace", role: .administrator)
                account.hasSecondFactor = true
                return .signedIn(
                    self.begin(account), device: "device-token-0123456789", codesLeft: code == "123456" ? nil : 9)
            }, account: { token in self.kept.withLock { $0.sessions[token] } },
            signOut: { token in self.kept.withLock { $0.sessions[token] = nil } },
            linkIsOpen: { $0 == "open-link-0123456789" ? .firstAdministrator : nil },
            useLink: { _, _, password in password.count < 12 ? .passwordTooShort(minimum: 12) : .done },
            accounts: {
                var hopper = StaffAccount(id: "h4", name: "hopper", role: .owner)
                hopper.hasSecondFactor = true
                return [
                    hopper, StaffAccount(id: "a1", name: "ada", role: .administrator, lastSignIn: SampleSite.start),
                    StaffAccount(id: "b2", name: "boole", role: .viewer, isActive: false),
                    StaffAccount(id: "c3", name: "curie", role: .viewer, isInvited: true),
                ]
            },
            invite: { name, _, own in
                self.kept.withLock { $0.acting.append(own) }
                return name == "ada" ? .nameTaken : .link("open-link-0123456789")
            },
            change: { _, change, own in
                self.kept.withLock { $0.acting.append(own) }
                return change == .newPassword ? .link("open-link-0123456789") : .done
            },
            changePassword: { session, old, new, _ in
                let account = session.account
                guard new.count >= 12 else { return .passwordTooShort(minimum: 12) }
                guard old == "correct horse battery" else { return .passwordWrong }
                self.kept.withLock { kept in
                    kept.sessions = kept.sessions.filter { $0.value.id != account.id }
                }
                return .done
            })
    }

    static let halfToken = "half-token-0123456789"

    private func begin(_ account: StaffAccount) -> StaffSession {
        kept.withLock { kept in
            let token = "session-token-number-\(kept.sessions.count + 1)"
            kept.sessions[token] = account
            return StaffSession(token: token, account: account)
        }
    }

    /// Proofs ask for the password, and for 123456 from whoever has a second factor. Each renews the session's token.
    func ownDesk() -> OwnAccountDesk {
        OwnAccountDesk(
            secondFactor: { id in
                self.kept.withLock { kept in kept.sessions.values.first { $0.id == id }?.hasSecondFactor == true }
                    ? ShownFactor(since: SampleSite.start, codesLeft: 9) : nil
            },
            prove: { session, password, code, _ in
                let needsCode = code != nil && session.account.hasSecondFactor
                guard password == "correct horse battery", !needsCode || code == "123456" else { return .wrong }
                return .right(token: self.renew(session))
            },
            propose: { _ in "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }, proposed: { _ in "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
            confirm: { session, code in
                guard code == "123456" else { return nil }
                let token = self.renew(session) { $0.hasSecondFactor = true }
                return ConfirmedFactor(codes: ["ABCD-EFGH-2345", "WXYZ-2345-6789"], token: token)
            },
            renewCodes: { _ in ["KLMN-PQRS-2345"] },
            remove: { session in self.renew(session) { $0.hasSecondFactor = false } },
            sessions: { session in
                let start = SampleSite.start
                return [
                    ShownSession(
                        id: "0123456789abcdef0", since: start, seen: start, browser: "firefox/linux", isThis: true),
                    ShownSession(
                        id: "0123456789abcdef1", since: start, seen: start, browser: "safari/ios", isThis: false),
                    ShownSession(id: "0123456789abcdef2", since: start, seen: start, browser: nil, isThis: false),
                ]
            },
            endSessions: { session, id in
                self.kept.withLock { $0.acting.append("\(session.account.id) ends \(id ?? "all others")") }
                return id == nil ? 2 : 1
            })
    }

    private func renew(_ session: StaffSession, _ change: (inout StaffAccount) -> Void = { _ in }) -> String {
        kept.withLock { kept in
            var account = kept.sessions.removeValue(forKey: session.token) ?? session.account
            change(&account)
            kept.minted += 1
            let token = "renewed-token-number-\(kept.minted)"
            kept.sessions[token] = account
            return token
        }
    }

    func staffDesk() -> StaffDesk {
        StaffDesk(
            glance: { _ in SampleReport.glance() }, report: { _, filter in SampleReport.report(filter) },
            journeys: { _, filter, group, cursor, _ in
                self.kept.withLock { $0.asked.append((filter, group)) }
                guard group != .kept else { return JourneyList(total: 0, rows: [], next: nil) }
                let groups: [(name: String, value: String)] = [("office", "downtown"), ("office", "airport")]
                let rows = ["case 7/2026", "NA", "2026-0001"].compactMap { id in
                    SampleReport.state(id, closed: id != "NA").map {
                        JourneyList.Row(
                            state: $0, due: CivilDate(daysSince1970: 20_590), promise: id == "NA" ? .overdue : .late)
                    }
                }
                var list = JourneyList(total: 4_310, rows: rows, next: cursor == nil ? "p2" : nil)
                list.groups = groups
                return list
            },
            journey: { _, id in
                guard let state = SampleReport.state(id.text, closed: true), id.text != "none" else { return nil }
                return JourneyReport(
                    state: state, events: SampleReport.events(id.text),
                    promise: SampleFigures.journey(closed: true).promise,
                    responses: [
                        AnswerView(
                            event: SampleReport.answer(81),
                            form: SampleDefinitions.passport.forms.first { $0.id == "after" },
                            words: ["why": "I called three times."])
                    ])
            },
            live: { _ in
                AsyncStream { continuation in
                    continuation.yield(
                        RecentResponse(
                            at: SampleSite.start, rating: 4, channel: .kiosk, journey: nil, words: "<b>new\nline</b>"))
                    continuation.finish()
                }
            })
    }

    func intakeDesk() -> IntakeDesk {
        IntakeDesk(
            sender: { key in
                guard key == "good-key" else { return nil }
                return IntakeDesk.Sender(agency: "consular", source: "mail-room")
            },
            append: { events, _ in
                self.kept.withLock { kept in
                    events.map { event in
                        if kept.events.contains(where: { $0.sourceID == event.sourceID }) {
                            return .duplicate(sequence: nil)
                        }
                        kept.events.append(event)
                        return .stored(sequence: Int64(kept.events.count))
                    }
                }
            })
    }
}
