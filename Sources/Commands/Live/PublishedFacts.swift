internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics

/// What a service publishes about itself: the journeys opened in the last twelve months, small groups not shown.
struct PublishedFacts: Sendable {
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let now: @Sendable () -> Instant
    /// The day in the zone in which the site shows times.
    let today: @Sendable () -> CivilDate
    private let remembered = Remembered<Asked, PublicFacts>(limit: 1_024)

    private struct Asked: Hashable {
        var service: ServiceID
        var today: CivilDate
    }

    init(
        snapshot: @escaping @Sendable (ServiceID) -> ServiceSnapshot?, now: @escaping @Sendable () -> Instant,
        today: @escaping @Sendable () -> CivilDate
    ) {
        self.snapshot = snapshot
        self.now = now
        self.today = today
    }

    func of(_ definition: ServiceDefinition) async -> PublicFacts {
        let (at, today) = (now(), today())
        guard let snapshot = snapshot(definition.id) else {
            return Self.made(JourneyTable(cohortNames: []), now: at, today: today)
        }
        let asked = Asked(service: definition.id, today: today)
        if let known = remembered.answer(asked, snapshot.sequence, at) { return known }
        let facts = await computed { Self.made(snapshot.table, now: at, today: today) }
        remembered.keep(facts, for: asked, snapshot.sequence, at)
        return facts
    }

    private static func made(_ table: JourneyTable, now: Instant, today: CivilDate) -> PublicFacts {
        let first = today.adding(days: -364)
        let filter = TableFilter(
            from: first.startUTC.microseconds, until: today.adding(days: 1).startUTC.microseconds)
        let rows = table.rows(filter, now: now.microseconds)
        let measures = table.measures(rows, now: now.microseconds, rule: .publicFigures)
        return PublicFacts(
            period: .init(first: first, last: today), kept: ShownFigure(measures.promiseKept, .share, "wilson"),
            halfDone: ShownFigure(measures.halfDone, .days, "kaplan-meier"),
            nineOfTenDone: ShownFigure(measures.nineOfTenDone, .days, "kaplan-meier"),
            solved: ShownFigure(measures.solved, .share, "wilson"),
            calibration: PromiseCalibration(table, rows, now: now.microseconds).points.map {
                CalibrationPoint(said: $0.said, was: ShownFigure($0.was, .share, "wilson"), isHonest: $0.isHonest)
            })
    }
}
