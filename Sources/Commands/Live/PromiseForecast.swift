internal import Analyses
internal import Experience

/// What is expected of one open promise from now: the chance of breaking its date, and the date that would be given.
struct PromiseForecast {
    let definition: ServiceDefinition
    let rule: ServiceDefinition.PromiseRule
    let model: PromiseModel
    let calendar: WorkingCalendar
    let names: [[String]]

    init?(_ definition: ServiceDefinition, _ model: PromiseModel?, _ calendars: CalendarSet) {
        guard let rule = definition.promise, let model, let calendar = calendars[rule.calendar] else { return nil }
        self.definition = definition
        self.rule = rule
        self.model = model
        self.calendar = calendar
        names = definition.activityNames(of: rule.milestones)
    }

    /// Where a journey stands: what it is, when it began, the last milestone it reached.
    struct Standing {
        var values: [String: String]
        var start: Instant
        var milestone: (name: String, at: Instant)?
        var still = StillTime.none
    }

    func standing(_ state: JourneyState, _ events: [RecordedEvent]) -> Standing {
        var values = state.cohorts
        if rule.dependsOn.contains("channel"), values["channel"] == nil {
            values["channel"] = state.firstChannel.rawValue
        }
        var reached: (step: Int, at: Instant)?
        for recorded in events where recorded.event.kind == .step {
            guard let step = names.firstIndex(where: { $0.contains(recorded.event.activity) }) else { continue }
            if reached.map({ $0.step < step }) ?? true { reached = (step, recorded.event.occurred) }
        }
        return Standing(
            values: values, start: state.promise?.armedAt ?? state.opened,
            milestone: reached.map { (rule.milestones[$0.step].text, $0.at) },
            still: state.promise.map { StillTime($0) } ?? .none)
    }

    func risk(_ standing: Standing, due: Instant, now: Instant) -> Double? {
        risk(standing, date: calendar.dateToSay(for: due), now: now)
    }

    func risk(_ standing: Standing, date: CivilDate, now: Instant) -> Double? {
        model.risk(
            standing.values, since: standing.start, milestone: standing.milestone, still: standing.still, due: date,
            now: now)
    }

    /// The date at the service's confidence, given that it is not done yet.
    func requote(_ standing: Standing, now: Instant) -> PromiseQuote? {
        if let milestone = standing.milestone,
            let quote = model.requote(standing.values, reached: milestone.name, at: milestone.at, now: now),
            quote.source == .history
        {
            return quote
        }
        let quote = model.requote(standing.values, since: standing.start, still: standing.still, now: now)
        return quote.source == .history ? quote : nil
    }
}
