package import Experience

extension PromiseRow {
    /// A journey of the record as the promise model sees it, in the days of the service's calendar: from its opening (or
    /// the arming of its promise) to the promised step.
    ///
    /// Nil for a journey closed without the promised step: it is a competing ending, not a slow one. Values are the
    /// journey's recorded comparison attributes.
    package init?(_ journey: JourneyState, attributes: [String], calendar: WorkingCalendar) {
        let start = journey.promise?.armedAt ?? journey.opened
        var reached: Instant?
        for line in journey.promiseLines {
            guard line.at >= start, reached.map({ line.at < $0 }) ?? true else { continue }
            switch line.meaning {
            case .reached, .entry(.met): reached = line.at
            default: continue
            }
        }
        if reached == nil, journey.closed != nil { return nil }
        self.init(
            start: calendar.date(of: start).daysSince1970,
            end: reached.map { calendar.date(of: $0).daysSince1970 },
            values: attributes.map { journey.cohorts[$0] })
    }
}

extension PromiseHistory {
    /// The history of a service from its journeys, by the attributes its promise depends on.
    package init(
        journeys: some Sequence<JourneyState>, attributes: [String], calendar: WorkingCalendar
    ) {
        self.init(
            rows: journeys.compactMap { PromiseRow($0, attributes: attributes, calendar: calendar) },
            attributes: attributes)
    }
}
