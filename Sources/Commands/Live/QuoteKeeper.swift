internal import Analyses
internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Site
internal import Storage
internal import Synchronization

/// Keeps a promise model for every service that gives dates: built in the background from its snapshot, again when
/// the record has grown by a hundredth or a day has passed.
final class QuoteKeeper: Service {
    private struct Kept {
        var model: PromiseModel
        var journeys: Int
        var rule: ServiceDefinition.PromiseRule
    }

    private let definitions: @Sendable () -> [ServiceDefinition]
    private let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    private let calendars: @Sendable () -> CalendarSet
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let models = Mutex<[ServiceID: Kept]>([:])

    init(
        definitions: @escaping @Sendable () -> [ServiceDefinition],
        snapshot: @escaping @Sendable (ServiceID) -> ServiceSnapshot?,
        calendars: @escaping @Sendable () -> CalendarSet, now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.definitions = definitions
        self.snapshot = snapshot
        self.calendars = calendars
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.refresh()
                try? await Task.sleep(for: .seconds(10))
            }
        }
    }

    func refresh() async {
        for definition in definitions() {
            guard let rule = definition.promise, let calendar = calendars()[rule.calendar] else { continue }
            let today = calendar.date(of: now())
            let snapshot = snapshot(definition.id)
            let table = snapshot?.table ?? JourneyTable(cohortNames: [])
            let known = models.withLock { $0[definition.id] }
            if let known, known.rule == rule, known.model.builtOn == today,
                table.count <= known.journeys + known.journeys / 100
            {
                continue
            }
            let model = await computedAside {
                var options = PromiseOptions()
                options.confidence = rule.probability
                let milestones = snapshot?.firstTimes(of: definition.activityNames(of: rule.milestones)) ?? []
                return PromiseModel.build(
                    history: table.promiseHistory(
                        rule, calendar: calendar, today: today, milestones: milestones), today: today,
                    calendar: calendar, standard: rule.standard, options: options)
            }
            models.withLock { $0[definition.id] = Kept(model: model, journeys: table.count, rule: rule) }
        }
    }

    /// The model as it was last built; nil before the first time.
    func model(_ service: ServiceID) -> PromiseModel? { models.withLock { $0[service]?.model } }

    /// As ``quote(_:_:)``, with everything a program is told.
    func quoted(_ definition: ServiceDefinition, _ given: [String: String]) -> QuotedDate {
        guard let rule = definition.promise, let model = model(definition.id) else {
            let due = declared(definition)?.due
            return QuotedDate(
                due: due, half: nil, eightOfTen: nil, probability: nil, basis: due == nil ? .none : .standard,
                reason: "requests have not been looked at yet", finished: 0, unknown: [])
        }
        var values = given
        if values["channel"] == nil { values["channel"] = Channel.web.rawValue }
        let quote = model.quote(values, at: now())
        let (basis, reason): (QuotedDate.Basis, String?) =
            switch quote.source {
            case .history: (.history, nil)
            case .standard(let reason): (.standard, reason.description)
            case .none(let reason): (.none, reason.description)
            }
        return QuotedDate(
            due: quote.due, half: quote.likely, eightOfTen: quote.probable,
            probability: basis == .standard ? rule.probability : quote.probability, basis: basis, reason: reason,
            finished: quote.finished, unknown: quote.unknown.filter { given[$0] != nil })
    }

    /// The date that would be given now: from history where it can carry one, else the declared standard.
    func quote(_ definition: ServiceDefinition, _ answers: [Slug: KeptAnswer]) -> Quote? {
        guard let rule = definition.promise, let kept = models.withLock({ $0[definition.id] }) else {
            return declared(definition)
        }
        var values: [String: String] = ["channel": Channel.web.rawValue]
        for name in rule.dependsOn {
            if let question = Slug(name), case .value(let value)? = answers[question] { values[name] = value.plain }
        }
        let quoted = kept.model.quote(values, at: now())
        guard let due = quoted.due else { return declared(definition) }
        let isHistory = quoted.source == .history
        return Quote(
            due: due, likely: isHistory ? quoted.likely : nil, eightOfTen: isHistory ? quoted.probable : nil,
            nineOfTen: isHistory ? quoted.nearlyAll : nil, probability: quoted.probability ?? rule.probability,
            basis: isHistory ? .history(n: quoted.finished) : .standard)
    }

    private func declared(_ definition: ServiceDefinition) -> Quote? {
        guard let rule = definition.promise, let calendar = calendars()[rule.calendar],
            let due = calendar.instant(after: rule.standard, from: now())
        else { return nil }
        return Quote(due: calendar.dateToSay(for: due), probability: rule.probability, basis: .standard)
    }
}
