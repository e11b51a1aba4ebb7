package import Analyses
package import Experience
package import Logging
internal import ServiceLifecycle
package import Site
package import Storage

/// Keeps given dates true while requests go on: works a date out again when a request reaches a milestone its service
/// names, and tells people of a new date before the old one breaks. Every change is a line in the promise's ledger.
///
/// It follows the record's tail from where it stopped, and looks over all open promises now and then. What it writes has
/// an id made of the journey and the date it replaces, so that no person is told twice, by however many nodes.
package struct PromiseWatch: Service {
    private let record: Record
    private let definitions: @Sendable () -> [ServiceDefinition]
    private let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    private let model: @Sendable (ServiceID) -> PromiseModel?
    private let calendars: @Sendable () -> CalendarSet
    private let now: @Sendable () -> Instant
    private let trackingLink: @Sendable (JourneyID) async -> String
    private let format: @Sendable (Language) -> Format
    private let logger: Logger

    private static let name = "promises"
    private static let sweepEvery = 15 * Instant.minute
    /// A date that moved by itself so often is a case for a person.
    private static let mostMoves = 3
    /// A milestone reported later than this is history: an imported log moves no dates.
    private static let latest = 7 * Instant.day
    /// A sooner date is given only when it is sooner by so many working days.
    private static let leastGain = 2

    package init(
        record: Record, definitions: @escaping @Sendable () -> [ServiceDefinition],
        snapshot: @escaping @Sendable (ServiceID) -> ServiceSnapshot?,
        model: @escaping @Sendable (ServiceID) -> PromiseModel?, calendars: @escaping @Sendable () -> CalendarSet,
        now: @escaping @Sendable () -> Instant, trackingLink: @escaping @Sendable (JourneyID) async -> String,
        format: @escaping @Sendable (Language) -> Format, logger: Logger
    ) {
        self.record = record
        self.definitions = definitions
        self.snapshot = snapshot
        self.model = model
        self.calendars = calendars
        self.now = now
        self.trackingLink = trackingLink
        self.format = format
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var swept: Instant?
            await self.record.afterCommits(orEvery: .seconds(5)) {
                do {
                    try await self.followTail()
                    if swept.map({ self.now().seconds(since: $0) * 1e6 >= Double(Self.sweepEvery) }) ?? true,
                        self.isReady
                    {
                        try await self.sweep()
                        swept = self.now()
                    }
                } catch {
                    if Task.isCancelled { return }
                    self.logger.error("dates could not be worked out again", metadata: ["reason": "\(error)"])
                }
            }
        }
    }

    /// Every service that promises has a model.
    private var isReady: Bool { definitions().allSatisfy { $0.promise == nil || model($0.id) != nil } }

    /// Looks at what happened since the last call; gives how many new dates were given.
    @discardableResult
    package func followTail() async throws -> Int {
        guard isReady else { return 0 }
        let newest = try await record.lastSequence()
        guard var mark = try await record.followed(by: Self.name) else {
            // What lies in the record before the first start is history.
            try await record.follow(Self.name, to: newest)
            return 0
        }
        let known = definitions()
        var given = 0
        while mark < newest {
            let events = try await record.tail(after: mark, limit: 2_000)
            guard let last = events.last else { break }
            let oldest = now().advanced(by: -Self.latest)
            for recorded in events where recorded.event.kind == .step && recorded.event.occurred >= oldest {
                let event = recorded.event
                guard let definition = known.first(where: { $0.id == event.service && $0.agency == event.agency }),
                    let step = definition.step(named: event.activity),
                    definition.promise?.milestones.contains(step.id) == true
                else { continue }
                if try await reconsider(definition, event.journey, reached: step.id) { given += 1 }
            }
            mark = last.sequence
            try await record.follow(Self.name, to: mark)
        }
        return given
    }

    /// Looks over all open promises of the services that warn; gives how many people got a new date.
    @discardableResult
    package func sweep() async throws -> Int {
        var given = 0
        for definition in definitions() {
            guard let warning = definition.promise?.warning, let snapshot = snapshot(definition.id),
                let forecast = PromiseForecast(definition, model(definition.id), calendars())
            else { continue }
            let at = now()
            let atRisk = await computedAside { Self.atRisk(snapshot, forecast, from: warning.from, now: at) }
            for journey in atRisk where try await reconsider(definition, journey, reached: nil) { given += 1 }
        }
        return given
    }

    private static func atRisk(
        _ snapshot: ServiceSnapshot, _ forecast: PromiseForecast, from: Double, now: Instant
    ) -> [JourneyID] {
        let table = snapshot.table
        return (0..<table.count).compactMap { row in
            guard table.promise[row] == .open, table.closed[row] == JourneyTable.notYet,
                table.lastDue[row] > now.microseconds, table.repromises[row] < mostMoves
            else { return nil }
            let reached = snapshot.lastReached(table.ids[row], of: forecast.names)
            let standing = PromiseForecast.Standing(
                values: table.quoteValues(row, forecast.rule), start: Instant(microseconds: table.opened[row]),
                milestone: reached.map { (forecast.rule.milestones[$0.step].text, $0.at) },
                still: table.clock(row))
            let risk = forecast.risk(standing, due: Instant(microseconds: table.lastDue[row]), now: now)
            return (risk ?? 0) >= from ? JourneyID(table.ids[row]) : nil
        }
    }

    /// Works one date out again, from the record itself; true when a new one was given.
    ///
    /// - Parameter step: the milestone just reached; nil = only a warning is due.
    package func reconsider(
        _ definition: ServiceDefinition, _ journey: JourneyID, reached step: Slug?
    ) async throws -> Bool {
        let at = now()
        guard let rule = definition.promise,
            let forecast = PromiseForecast(definition, model(definition.id), calendars()),
            let state = try await record.journey(journey, agency: definition.agency), let clock = state.promise,
            clock.state == .open, state.closed == nil, clock.repromises < Self.mostMoves, let lastDue = clock.lastDue,
            lastDue > at, let reference = clock.calendar, let calendar = calendars()[reference]
        else { return false }
        let events = try await record.events(of: journey, agency: definition.agency)
        let standing = forecast.standing(state, events)
        guard let quote = forecast.requote(standing, now: at), let date = quote.due else { return false }
        let old = calendar.dateToSay(for: lastDue)
        let reason: PromiseReason
        if date > old {
            guard let warning = rule.warning, let risk = forecast.risk(standing, date: old, now: at),
                risk >= warning.from
            else { return false }
            reason = .forecast
        } else {
            guard step != nil, calendar.workingDays(from: date, to: old) >= Self.leastGain else { return false }
            reason = .milestone
        }
        return try await give(
            date, reason, definition, state, events, old: old, told: clock.toldDate(calendar) ?? old,
            odds: quote.probability, calendar, at)
    }

    private func give(
        _ date: CivilDate, _ reason: PromiseReason, _ definition: ServiceDefinition, _ state: JourneyState,
        _ events: [RecordedEvent], old: CivilDate, told: CivilDate, odds: Double?, _ calendar: WorkingCalendar,
        _ at: Instant
    ) async throws -> Bool {
        let field = LivePromises.addressField(definition)
        let subject = VaultSubject.person(state.journey, agency: definition.agency)
        let hasAddress = try await record.keeps(field, of: subject)
        // The calendar's newest version says when that day ends.
        let due = (calendars()[calendar.id] ?? calendar).endOfDay(date)
        let entry = PromiseEntry.repromised(.due(due), reason: reason.rawValue, told: hasAddress)
        let key = "\(reason.rawValue)/\(state.journey)/\(old)"
        let event = Event(
            agency: definition.agency, service: definition.id, journey: state.journey, source: "throughline",
            sourceID: key, kind: .promise, activity: entry.activity, channel: .system, actor: Actor(.system),
            occurred: at, attributes: entry.attributes)
        var submission = Submission(events: [event])
        if hasAddress {
            let language = PersonLanguage.of(events)
            let message = PromiseMessage(
                definition, date < told ? .sooner : .early, old: told, new: date, odds: odds, reason: reason,
                link: await trackingLink(state.journey), format: format(language))
            submission.messages = [
                OutgoingMessage(
                    agency: definition.agency, to: .person(state.journey, field: field), language: language,
                    subject: message.subject, body: message.body, purpose: "promise",
                    dedupeKey: String(key.suffix(200)))
            ]
        }
        guard case .stored? = try await record.append(submission).first else { return false }
        return true
    }
}
