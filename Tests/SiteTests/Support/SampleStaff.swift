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
            changePassword: { account, old, new, _ in
                guard new.count >= 12 else { return .passwordTooShort(minimum: 12) }
                guard old == "correct horse battery" else { return .passwordWrong }
                self.kept.withLock { kept in
                    kept.sessions = kept.sessions.filter { $0.value.id != account.id }
                }
                return .done
            })
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
