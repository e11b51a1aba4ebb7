internal import Analyses
internal import Experience
internal import Site

/// The date that would be given now.
struct LiveQuotes: Sendable {
    let calendars: @Sendable () -> CalendarSet
    let now: @Sendable () -> Instant

    /// From the finished and open journeys most like this one, or the declared standard when there are too few.
    func quote(_ definition: ServiceDefinition, _ answers: [Slug: KeptAnswer], _ table: JourneyTable?) -> Quote? {
        guard let rule = definition.promise, let calendar = calendars()[rule.calendar] else { return nil }
        let start = now()
        if let history = table.flatMap({ fromHistory(rule, answers, $0, calendar, start) }) { return history }
        guard let due = calendar.instant(after: rule.standard, from: start) else { return nil }
        return Quote(due: calendar.date(of: due), probability: rule.probability, basis: .standard)
    }

    private func fromHistory(
        _ rule: ServiceDefinition.PromiseRule, _ answers: [Slug: KeptAnswer], _ table: JourneyTable,
        _ calendar: WorkingCalendar, _ start: Instant
    ) -> Quote? {
        nil
    }
}
