import Experience
import Site

enum SampleFigures {
    static let period = Period(first: CivilDate(daysSince1970: 20_190), last: CivilDate(daysSince1970: 20_554))

    static func facts(_ definition: ServiceDefinition) -> PublicFacts {
        guard definition.id == "passport" else {
            let few = ShownFigure(
                value: nil, n: 7, unit: .share, method: "wilson", period: period, strength: .suppressed)
            return PublicFacts(period: period, kept: few, halfDone: few, nineOfTenDone: few, solved: few)
        }
        return PublicFacts(
            period: period,
            kept: ShownFigure(
                value: 0.914, low: 0.905, high: 0.922, n: 4_310, unit: .share, method: "wilson", period: period),
            halfDone: ShownFigure(
                value: 18.4, low: 18, high: 19, n: 4_628, unit: .days, method: "kaplan-meier", period: period),
            nineOfTenDone: ShownFigure(
                value: 37, low: 36, high: 39, n: 4_628, unit: .days, method: "kaplan-meier", period: period),
            solved: ShownFigure(
                value: 0.871, low: 0.856, high: 0.885, n: 2_066, unit: .share, method: "wilson", period: period))
    }

    static func journey(closed: Bool, outcome: JourneyState.Solved? = nil) -> TrackedJourney {
        let opened = SampleSite.start.advanced(by: -20 * Instant.day)
        var done: [(step: Slug, at: Instant)] = [
            ("submitted", opened), ("checked", opened.advanced(by: 4 * Instant.day)),
        ]
        if closed {
            done += [
                ("printed", opened.advanced(by: 9 * Instant.day)), ("delivered", opened.advanced(by: 12 * Instant.day)),
            ]
        }
        let first = CivilDate(utc: opened).adding(days: 42)
        return TrackedJourney(
            service: SampleDefinitions.passport, code: TrackingCode(SampleSite.codeText)!, opened: opened,
            updated: opened.advanced(by: 4 * Instant.day), done: done,
            closed: closed
                ? JourneyState.Closing(at: opened.advanced(by: 12 * Instant.day), result: "delivered") : nil,
            outcome: outcome,
            promise: ShownPromise(
                first: first, last: first.adding(days: 7), probability: 0.95, state: closed ? .keptFirst : .running,
                history: [
                    ShownPromise.Entry(at: opened, what: .given(first)),
                    ShownPromise.Entry(at: opened.advanced(by: 2 * Instant.day), what: .paused(.person)),
                    ShownPromise.Entry(at: opened.advanced(by: 4 * Instant.day), what: .resumed),
                    ShownPromise.Entry(
                        at: opened.advanced(by: 5 * Instant.day),
                        what: .moved(first.adding(days: 7), reason: "printer out of order", told: true)),
                    ShownPromise.Entry(
                        at: opened.advanced(by: 6 * Instant.day),
                        what: .recalculated(first.adding(days: 8), reason: "executive order", isMoved: true)),
                ]))
    }
}
