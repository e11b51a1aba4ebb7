internal import Analyses
internal import Channels
internal import Experience
internal import Foundation
internal import Site
internal import Statistics
internal import Storage

/// Offers, quarantine, devices and invitations over the record.
struct LiveChannels: Sendable {
    let record: Record
    let now: @Sendable () -> Instant
    /// The day in the site's zone.
    let today: @Sendable () -> CivilDate
    let wall: LiveWall

    func desk(_ telephone: TelephoneDesk) -> ChannelsDesk {
        ChannelsDesk(
            offer: { try await record.offer($0) },
            offerKey: { try record.transactionKey($1, service: $0.id, agency: $0.agency) },
            overview: overview, quarantine: quarantine, decide: decide, originals: originals, devices: devices,
            telephone: telephone,
            invitations: invitations, live: { wall.follow($0) }, wall: { await wall.state($0) })
    }

    private func overview(
        _ service: ServiceDefinition, _ first: CivilDate, _ last: CivilDate
    ) async throws -> ChannelOverview {
        let (from, to) = (first.startUTC, last.adding(days: 1).startUTC)
        let counts = try await record.offerCounts(
            agency: service.agency, service: service.id, period: .init(from: from, to: to))
        func rate(_ answered: Int, _ offered: Int) -> ShownFigure {
            ShownFigure(Figure.share(answered, of: offered, rule: .staff), .share, "wilson")
        }
        return ChannelOverview(
            lines: counts.map { .init(count: $0, rate: rate($0.answered, $0.offered)) },
            whole: rate(counts.reduce(0) { $0 + $1.answered }, counts.reduce(0) { $0 + $1.offered }),
            passedOver: try await record.passedOver(
                agency: service.agency, service: service.id, period: .init(from: from, to: to)),
            held: try await record.heldAnswers(agency: service.agency, service: service.id).count {
                $0.state == .held
            })
    }

    private func quarantine(_ service: ServiceDefinition, _ account: String) async throws -> QuarantineReport {
        let held = try await record.heldAnswers(agency: service.agency, service: service.id, limit: 200)
        let subjects = held.map { Self.subject($0.key, service) }
        let words = try await record.words(of: subjects, reader: account)
        let items = zip(held, subjects).map { mark, subject in
            let fields = (words[subject] ?? [:]).sorted { $0.key < $1.key }
            let shown = ResponseSubmission.shown(words[subject] ?? [:], form: nil).sorted { $0.key < $1.key }
                .map(\.value)
            return QuarantineReport.Item(
                mark: mark, words: shown.isEmpty ? nil : shown.joined(separator: " · "),
                hasOriginal: fields.contains { $0.key.hasPrefix(ResponseSubmission.originalPrefix) })
        }
        let keys = try await record.heldKeys(agency: service.agency, service: service.id)
        let answers = try await record.responses(
            agency: service.agency, service: service.id,
            period: .init(from: now().advanced(by: -90 * Instant.day), to: now().advanced(by: Instant.day)),
            limit: 10_000)
        let score = ScoreWithAndWithout(
            answers.compactMap { recorded in
                let event = recorded.event
                guard let rating = event.attributes[JourneyState.Key.rating]?.integer, (1...5).contains(rating) else {
                    return nil
                }
                let key = IntakeMark.Key(source: event.source, sourceID: event.sourceID)
                return (Int(rating), keys.contains(key))
            })
        return QuarantineReport(
            items: items, with: ShownFigure(score.with, .share, "wilson"),
            without: ShownFigure(score.without, .share, "wilson"))
    }

    private static func subject(_ key: IntakeMark.Key, _ service: ServiceDefinition) -> VaultSubject {
        .response(source: key.source, sourceID: key.sourceID, agency: service.agency)
    }

    private func decide(
        _ service: ServiceDefinition, _ keys: [IntakeMark.Key], _ state: IntakeMark.State, _ account: String
    ) async throws {
        try await record.decide(keys, state, agency: service.agency, by: account)
    }

    private func originals(
        _ service: ServiceDefinition, _ key: IntakeMark.Key, _ account: String
    ) async throws -> [(field: String, text: String)] {
        let subject = Self.subject(key, service)
        return try await record.words(of: subject, reader: account).sorted { $0.key < $1.key }.compactMap {
            guard $0.key.hasPrefix(ResponseSubmission.originalPrefix) else { return nil }
            return (String($0.key.dropFirst(ResponseSubmission.originalPrefix.count)), $0.value)
        }
    }

    private var devices: DevicesDesk {
        let day: @Sendable () -> Int64 = { Int64(today().daysSince1970) }
        return DevicesDesk(
            list: { try await record.devices(agency: $0.agency, service: $0.id, day: day()) },
            issue: { try await record.issueDevice(named: $2, at: $1, service: $0.id, agency: $0.agency, by: $3) },
            revoke: { try await record.revokeDevice($1, agency: $0.agency, by: $2) },
            find: { service, token in
                let found = try await record.device(token: token, agency: service.agency)
                return found?.service == service.id ? found : nil
            },
            isGuarded: { try await record.hasDevices(at: $1, service: $0.id, agency: $0.agency) },
            note: {
                try await record.noteDevice($1, agency: $0.agency, waiting: $2, presses: $3, day: day())
            })
    }

    private var invitations: InvitationsDesk {
        InvitationsDesk(
            open: { token in
                guard let found = try await record.invitation(token: token) else { return nil }
                return InvitationsDesk.Opened(
                    service: found.service, form: found.form, journey: found.journey, offer: found.offer,
                    isUsed: found.used != nil, isExpired: found.expires <= now())
            },
            use: { try await record.useInvitation(token: $0) })
    }
}
