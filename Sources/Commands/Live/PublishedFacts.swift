internal import Analyses
internal import Experience
internal import Site
internal import Statistics

/// What a service publishes about itself: the journeys opened in the last twelve months, small groups not shown.
enum PublishedFacts {
    /// - Parameter today: the day in the zone in which the site shows times.
    static func of(
        _ definition: ServiceDefinition, _ table: JourneyTable?, now: Instant, today: CivilDate
    ) -> PublicFacts {
        let table = table ?? JourneyTable(cohortNames: [])
        let first = today.adding(days: -364)
        let filter = TableFilter(
            from: first.startUTC.microseconds, until: today.adding(days: 1).startUTC.microseconds)
        let rows = table.rows(filter, now: now.microseconds)
        let measures = table.measures(rows, now: now.microseconds, rule: .publicFigures)
        return PublicFacts(
            period: .init(first: first, last: today), kept: ShownFigure(measures.promiseKept, .share, "wilson"),
            halfDone: ShownFigure(measures.halfDone, .days, "kaplan-meier"),
            nineOfTenDone: ShownFigure(measures.nineOfTenDone, .days, "kaplan-meier"),
            solved: ShownFigure(measures.solved, .share, "wilson"))
    }
}
