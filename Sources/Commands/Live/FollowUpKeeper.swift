package import Experience
package import Logging
internal import ServiceLifecycle
package import Site
package import Storage

/// Opens an item for everyone who says "no" after we closed their request, and ends it when they later say "yes".
package final class FollowUpKeeper: Service {
    private let record: Record
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let stream: AsyncStream<RecordedEvent>
    private let incoming: AsyncStream<RecordedEvent>.Continuation

    /// Older answers are history: nobody writes to people about them unasked.
    static let window = 90 * Instant.day

    package init(record: Record, now: @escaping @Sendable () -> Instant, logger: Logger) {
        self.record = record
        self.now = now
        self.logger = logger
        (stream, incoming) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(50_000))
    }

    /// Looks at the answers of the last weeks, for those that came while nobody looked.
    package func fill(_ definitions: [ServiceDefinition]) async throws(StorageError) {
        let end = now()
        let period = Storage.Period(from: end.advanced(by: -FollowUpKeeper.window), to: end)
        for definition in definitions {
            let events = try await record.responses(
                agency: definition.agency, service: definition.id, period: period, limit: 10_000)
            observe(events.reversed())
        }
    }

    /// Sees every event once, in the order of the record; never waits.
    package func observe(_ events: [RecordedEvent]) {
        let since = now().advanced(by: -FollowUpKeeper.window)
        for event in events where event.event.kind == .outcome && event.event.occurred >= since {
            incoming.yield(event)
        }
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await event in self.stream {
                if Task.isCancelled { break }
                do {
                    try await self.take(event)
                } catch {
                    self.logger.error("a follow-up could not be kept", metadata: ["reason": "\(error)"])
                }
            }
        }
    }

    package func take(_ recorded: RecordedEvent) async throws {
        let event = recorded.event
        guard !event.journey.isUnattached, case .text(let solved)? = event.attributes[JourneyState.Key.solved] else {
            return
        }
        if solved == JourneyState.Solved.yes.rawValue {
            let items = try await record.followUps(agency: event.agency, service: event.service, limit: 10_000)
            for item in items
            where item.journey == event.journey && item.state != .done && item.openedAt <= event.occurred {
                try await record.change(
                    followUp: item.id, agency: item.agency, service: item.service, owner: item.owner, state: .done,
                    note: item.note, by: "system")
            }
            return
        }
        guard solved == JourneyState.Solved.no.rawValue,
            let state = try await record.journey(event.journey, agency: event.agency), state.isClosedNotSolved
        else { return }
        var random = SystemRandomNumberGenerator()
        let owner = try await FollowUpOwners(record: record).next(agency: event.agency, service: event.service)
        try await record.open([
            FollowUp(
                agency: event.agency, id: TimeOrderedID(at: now(), using: &random).description,
                service: event.service, journey: event.journey, source: event.source, sourceID: event.sourceID,
                cause: .closedNotSolved, openedAt: event.occurred, owner: owner, changedAt: now())
        ])
    }
}

/// Whose an item is when it opens: of the caseworkers and owners of the agency, the one with the fewest open ones.
struct FollowUpOwners: Sendable {
    let record: Record

    /// Administrators only where there is nobody else: they look after the site, not after cases.
    func all(agency: AgencyID) async throws(StorageError) -> [Account] {
        let able = try await record.accounts.all().filter {
            !$0.isDisabled && $0.role >= .caseworker && $0.maySee(agency)
        }
        let staff = able.filter { $0.role != .administrator }
        return staff.isEmpty ? able : staff
    }

    /// Nil while nobody can take it.
    func next(agency: AgencyID, service: ServiceID) async throws(StorageError) -> String? {
        let able = try await all(agency: agency)
        guard able.count > 1 else { return able.first?.name }
        var open: [String: Int] = [:]
        for item in try await record.followUps(agency: agency, service: service, limit: 10_000)
        where item.state != .done {
            if let owner = item.owner { open[owner, default: 0] += 1 }
        }
        return able.min { (open[$0.name] ?? 0, $0.name) < (open[$1.name] ?? 0, $1.name) }?.name
    }
}

extension FollowUpDesk {
    package static func live(_ record: Record, baseURL: String?, now: @escaping @Sendable () -> Instant) -> FollowUpDesk
    {
        FollowUpDesk(
            items: { definition in
                var views: [FollowUpView] = []
                for item in try await record.followUps(agency: definition.agency, service: definition.id) {
                    let ways = try await Reach(record: record).person(item.journey, definition)
                    views.append(
                        FollowUpView(
                            id: item.id, journey: item.journey, openedAt: item.openedAt, owner: item.owner,
                            state: FollowUpView.State(rawValue: item.state.rawValue) ?? .open, note: item.note,
                            reachable: Set(ways.map(\.channel))))
                }
                return views
            },
            owners: { try await FollowUpOwners(record: record).all(agency: $0.agency).map(\.name) },
            change: { definition, change, account in
                let items = try await record.followUps(agency: definition.agency, service: definition.id, limit: 10_000)
                guard let item = items.first(where: { $0.id == change.id }) else { return .unknown }
                var (state, owner) = (item.state, item.owner ?? account.name)
                switch change.action {
                case .take: owner = account.name
                case .assign:
                    let known = try await FollowUpOwners(record: record).all(agency: definition.agency)
                    guard let wanted = change.owner, known.contains(where: { $0.name == wanted }) else {
                        return .unknown
                    }
                    owner = wanted
                case .done: state = .done
                case .reply, .ask:
                    guard change.text.contains(where: { !$0.isWhitespace }) else { return .empty }
                    let reach = Reach(record: record)
                    let ways = try await reach.person(item.journey, definition)
                    guard let way = ways.first(where: { $0.channel == change.by }) else { return .noAddress }
                    switch try await reach.recipient(way, reader: account.id) {
                    case .failure(.noAddress): return .noAddress
                    case .failure(.stopped): return .stopped
                    case .success(let recipient):
                        _ = try await record.queueMessage(
                            FollowUpDesk.message(definition, item, change, recipient, baseURL, at: now()))
                    }
                    state = change.action == .ask ? .askedAgain : .answered
                }
                try await record.change(
                    followUp: item.id, agency: item.agency, service: item.service, owner: owner,
                    state: state, note: item.note, by: account.id)
                return .changed
            },
            saidDid: { definition in
                try await record.saidDid(agency: definition.agency, service: definition.id).map {
                    SaidDidView(id: $0.id, said: $0.said, did: $0.did, publishedAt: $0.publishedAt)
                }
            },
            publish: { definition, one, account in
                try await record.publish(
                    SaidDid(
                        agency: definition.agency, id: one.id, service: definition.id, said: one.said, did: one.did,
                        publishedAt: one.publishedAt), by: account.id)
            },
            withdraw: { definition, id in try await record.withdraw(saidDid: id, agency: definition.agency) })
    }

    private static func message(
        _ definition: ServiceDefinition, _ item: FollowUp, _ change: FollowUpChange,
        _ recipient: OutgoingMessage.Recipient, _ baseURL: String?, at now: Instant
    ) -> OutgoingMessage {
        let title = definition.title[change.language]
        var body = String(change.text.unicodeScalars.prefix(4_000))
        if change.action == .ask {
            let link = baseURL.map { "\($0)\(Paths.track)" } ?? ""
            switch change.language {
            case .en:
                body +=
                    "\n\nIs it solved now? Please tell us with your tracking code" + (link.isEmpty ? "." : ": \(link)")
            case .es:
                body +=
                    "\n\n¿Quedó resuelto? Díganoslo con su código de seguimiento" + (link.isEmpty ? "." : ": \(link)")
            }
        }
        return OutgoingMessage(
            agency: definition.agency, channel: change.by == .sms ? .sms : .email, to: recipient,
            language: change.language,
            subject: change.language == .en ? "About your request: \(title)" : "Sobre su solicitud: \(title)",
            body: change.by == .sms ? MessageText.sms(body, from: definition, change.language) : body,
            purpose: "follow-up",
            dedupeKey: "follow-up:\(item.id):\(change.action.rawValue):\(now.microseconds)")
    }
}
