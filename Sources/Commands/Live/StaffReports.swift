internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage

/// The staff pages' answers over the services' snapshots.
struct StaffReports: Sendable {
    let record: Record
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let definitions: @Sendable () -> [ServiceDefinition]
    let calendars: @Sendable () -> CalendarSet
    let now: @Sendable () -> Instant
    let hub: ResponseHub
    /// The journeys of the answers behind a score, by id.
    let journeysOf: @Sendable (ServiceID, AnswerFilter) -> Set<String>
    /// A form in the version an answer was given to.
    let form: @Sendable (ServiceID, Slug, Int) -> FormDefinition?
    private let reports = Remembered<Asked<PageFilter>, ServiceReport>(limit: 64)
    let worked = WorkedTimes()
    private let glances = Remembered<Asked<Days>, ServiceGlance>(limit: 256)

    private struct Days: Hashable, Sendable {
        var first: CivilDate
        var last: CivilDate
    }

    /// A question about one service.
    private struct Asked<About: Hashable & Sendable>: Hashable, Sendable {
        var service: ServiceID
        var about: About
    }

    var desk: StaffDesk {
        StaffDesk(
            glance: { period in await glance(Days(first: period.first, last: period.last)) },
            report: { try await report($0, $1) }, journeys: { try await journeys($0, $1, $2, $3, $4) },
            journey: { try await journey($0, $1) }, live: { hub.follow($0.id) })
    }

    /// A line a service, each counted on a processor of its own.
    private func glance(_ period: Days) async -> [ServiceGlance] {
        let at = now()
        return await withTaskGroup(of: (Int, ServiceGlance).self) { group in
            let definitions = definitions()
            for (place, definition) in definitions.enumerated() {
                group.addTask {
                    guard let snapshot = snapshot(definition.id) else {
                        return (place, line(definition, JourneyTable(cohortNames: []), period, at))
                    }
                    let asked = Asked(service: definition.id, about: period)
                    if let known = glances.answer(asked, snapshot.sequence, at) { return (place, known) }
                    let made = await computed { line(definition, snapshot.table, period, at) }
                    glances.keep(made, for: asked, snapshot.sequence, at)
                    return (place, made)
                }
            }
            var lines = [ServiceGlance?](repeating: nil, count: definitions.count)
            for await (place, line) in group { lines[place] = line }
            return lines.compactMap(\.self)
        }
    }

    private func line(
        _ definition: ServiceDefinition, _ table: JourneyTable, _ period: Days, _ at: Instant
    ) -> ServiceGlance {
        let now = at.microseconds
        let filter = TableFilter(
            from: period.first.startUTC.microseconds, until: period.last.adding(days: 1).startUTC.microseconds)
        let rows = table.rows(filter, now: now)
        let measures = table.measures(rows, now: now, rule: .staff)
        let trend = table.trend(
            rows, by: .month, from: period.first, through: period.last, now: now, rule: .staff)
        var glance = ServiceGlance(
            service: definition.id, journeys: measures.journeys, open: measures.open,
            overdue: table.overdue(rows, now: now),
            kept: ShownFigure(measures.promiseKept, .share, "wilson"),
            keptTrend: trend.points.map { TrendPoint(String($0.from.prefix(7)), $0.promiseKept) },
            closedNotSolved: ShownFigure(measures.closedNotSolved, .share, "wilson"),
            half: ShownFigure(measures.halfDone, .days, "kaplan-meier"),
            failureDemand: ShownFigure(measures.failureDemand, .share, "wilson"))
        // Of all weeks until now, whatever period is looked at: an alarm is about today.
        if definition.promise != nil { glance.shift = KeptRateWatch.alert(definition.id, table, at)?.alert }
        return glance
    }

    private func report(_ definition: ServiceDefinition, _ filter: PageFilter) async throws -> ServiceReport {
        let at = now()
        guard let snapshot = snapshot(definition.id) else { return ServiceReport.empty }
        var report: ServiceReport
        let asked = Asked(service: definition.id, about: filter)
        if let known = reports.answer(asked, snapshot.sequence, at) {
            report = known
        } else {
            let found = await computed { chosen(snapshot, filter, definition, now: at.microseconds) }
            // The record is read while the kernels work.
            async let worked = workingTime(definition, StaffReports.sample(found.closed), snapshot)
            report = await computed { make(definition, filter, snapshot, found, at) }
            if let worked = try await worked { report.touch = worked }
            reports.keep(report, for: asked, snapshot.sequence, at)
        }
        report.recent = try await record.responses(
            agency: definition.agency, service: definition.id,
            period: .init(from: filter.period.first.startUTC, to: filter.period.last.adding(days: 2).startUTC),
            limit: 12
        ).map { RecentResponse($0) }
        return report
    }

    /// What passes every part of a filter.
    struct Chosen: Sendable {
        /// Rows of the snapshot's table, and those of them whose journeys are closed.
        var rows: [Int32]
        var closed: [Int32]
        var log: EventLog
    }

    /// Rows and journeys of the log that pass every part of the filter.
    func chosen(
        _ snapshot: ServiceSnapshot, _ filter: PageFilter, _ definition: ServiceDefinition, now: Int64
    ) -> Chosen {
        let table = snapshot.table
        let wanted = filter.answers.map { journeysOf(definition.id, $0) }
        var rows = table.rows(
            TableFilter(
                from: wanted == nil ? filter.period.first.startUTC.microseconds : .min,
                until: wanted == nil ? filter.period.last.adding(days: 1).startUTC.microseconds : .max,
                channel: filter.channel,
                cohort: filter.cohort.map { .init(name: $0.name, value: $0.value) }), now: now)
        if let wanted { rows.removeAll { !wanted.contains(table.ids[Int($0)]) } }
        if let span = filter.span {
            rows.removeAll { row in
                let row = Int(row)
                guard table.closed[row] != JourneyTable.notYet else { return true }
                let seconds = Double(table.closed[row] - table.opened[row]) / 1e6
                return seconds < span.from || seconds >= span.below
            }
        }
        let log = snapshot.log
        let isWhole = rows.count == table.count
        var selection = isWhole ? JourneySelection(all: true, of: log.journeyCount) : snapshot.selection(rows)
        var isNarrowed = false
        func names(_ activity: String) -> Set<Int> {
            var found: Set<Int> = []
            if let index = log.activityIndex(activity) { found.insert(index) }
            for alias in definition.step(named: activity)?.aliases ?? [] {
                if let index = log.activityIndex(alias) { found.insert(index) }
            }
            return found
        }
        if let step = filter.step {
            selection = selection.and(log.select(.passesThrough(names(step))))
            isNarrowed = true
        }
        if let follows = filter.follows {
            isNarrowed = true
            if let first = log.activityIndex(follows.first), let then = log.activityIndex(follows.then) {
                selection = selection.and(log.select(.directlyFollows(from: first, to: then, within: nil)))
            } else {
                selection = JourneySelection(of: log.journeyCount)
            }
        }
        if let wanted = filter.variant {
            isNarrowed = true
            let assignment = log.variantAssignment(within: selection)
            let found = (0..<assignment.variants.count).first {
                VariantName.of(assignment.variants.activities($0)) == wanted
            }
            selection = found.map { assignment.selection([$0]) } ?? JourneySelection(of: log.journeyCount)
        }
        if isNarrowed {
            rows = snapshot.rows(rows, in: selection)
        }
        let restricted = isWhole && !isNarrowed ? log : log.restricted(to: selection)
        return Chosen(
            rows: rows, closed: rows.filter { table.closed[Int($0)] != JourneyTable.notYet }, log: restricted)
    }
}
