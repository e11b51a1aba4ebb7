internal import Analyses
internal import Dispatch
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage
internal import Synchronization

/// The staff pages' answers over the services' snapshots.
struct StaffReports: Sendable {
    let record: Record
    let snapshot: @Sendable (ServiceID) -> ServiceSnapshot?
    let definitions: @Sendable () -> [ServiceDefinition]
    let calendars: @Sendable () -> CalendarSet
    let now: @Sendable () -> Instant
    let hub: ResponseHub
    private let reports = Remembered<Asked<PageFilter>, ServiceReport>(limit: 64)
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
                    // Bound to the processor: off the cooperative pool.
                    let made: ServiceGlance = await withCheckedContinuation { continuation in
                        computing.async {
                            continuation.resume(returning: line(definition, snapshot.table, period, at))
                        }
                    }
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
        return ServiceGlance(
            service: definition.id, journeys: measures.journeys, open: measures.open,
            overdue: table.overdue(rows, now: now),
            kept: ShownFigure(measures.promiseKept, .share, "wilson"),
            keptTrend: trend.points.map { TrendPoint(String($0.from.prefix(7)), $0.promiseKept) },
            closedNotSolved: ShownFigure(measures.closedNotSolved, .share, "wilson"),
            half: ShownFigure(measures.halfDone, .days, "kaplan-meier"),
            failureDemand: ShownFigure(measures.failureDemand, .share, "wilson"))
    }

    private func report(_ definition: ServiceDefinition, _ filter: PageFilter) async throws -> ServiceReport {
        let at = now()
        guard let snapshot = snapshot(definition.id) else { return ServiceReport.empty }
        var report: ServiceReport
        let asked = Asked(service: definition.id, about: filter)
        if let known = reports.answer(asked, snapshot.sequence, at) {
            report = known
        } else {
            // Kernels are bound to the processor: off the cooperative pool.
            let sample: [String]
            (report, sample) = await withCheckedContinuation { continuation in
                computing.async { continuation.resume(returning: make(definition, filter, snapshot, at)) }
            }
            if let worked = try await workingTime(definition, sample) { report.touch = worked }
            reports.keep(report, for: asked, snapshot.sequence, at)
        }
        report.recent = try await record.responses(
            agency: definition.agency, service: definition.id,
            period: .init(from: filter.period.first.startUTC, to: filter.period.last.adding(days: 2).startUTC),
            limit: 12
        ).map { RecentResponse($0) }
        return report
    }

    /// Rows and journeys of the log that pass every part of the filter.
    func chosen(
        _ snapshot: ServiceSnapshot, _ filter: PageFilter, _ definition: ServiceDefinition, now: Int64
    ) -> (rows: [Int32], log: EventLog) {
        let table = snapshot.table
        var rows = table.rows(
            TableFilter(
                from: filter.period.first.startUTC.microseconds,
                until: filter.period.last.adding(days: 1).startUTC.microseconds, channel: filter.channel,
                cohort: filter.cohort.map { .init(name: $0.name, value: $0.value) }), now: now)
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
        return (rows, restricted)
    }

    private func make(
        _ definition: ServiceDefinition, _ filter: PageFilter, _ snapshot: ServiceSnapshot, _ at: Instant
    ) -> (ServiceReport, workSample: [String]) {
        let now = at.microseconds
        let table = snapshot.table
        let (rows, log) = chosen(snapshot, filter, definition, now: now)
        let closed = rows.filter { table.closed[Int($0)] != JourneyTable.notYet }
        // Three parts that need nothing of each other, a processor each: better than each of their loops on several.
        let parts = ReportParts()
        DispatchQueue.concurrentPerform(iterations: 3) { part in
            switch part {
            case 0: parts.keep(map: JourneyMap(log))
            case 1: parts.keep(paths: paths(log, snapshot, closed))
            default: parts.keep(counted: counted(definition, filter, table, rows, closed, now: now))
            }
        }
        var report = parts.report
        report.detours = detours(definition, report.map, snapshot, closed)
        return (report, StaffReports.sample(closed, of: table))
    }

    private struct FollowedPaths {
        var waiting: ShownFigure
        var touch: ShownFigure
        var variants: [ServiceReport.Variant]
        var variantCount: Int
    }

    private func paths(_ log: EventLog, _ snapshot: ServiceSnapshot, _ closed: [Int32]) -> FollowedPaths {
        let (listed, count) = variants(log)
        let touch = snapshot.log.touchTime(within: snapshot.selection(closed), threads: 1)
        return FollowedPaths(
            waiting: ShownFigure(touch.waiting.median(rule: .staff), .seconds, "median"),
            touch: measured(touch.touch.median(rule: .staff)), variants: listed, variantCount: count)
    }

    /// What the table of journeys tells, without their events.
    private func counted(
        _ definition: ServiceDefinition, _ filter: PageFilter, _ table: JourneyTable, _ rows: [Int32],
        _ closed: [Int32], now: Int64
    ) -> ServiceReport {
        let measures = table.measures(rows, now: now, rule: .staff)
        let bucket = TimeBucket.fitting(days: filter.period.days)
        let trend = table.trend(
            rows, by: bucket, from: filter.period.first, through: filter.period.last, now: now, rule: .staff)
        var report = ServiceReport.empty
        report.kept = ShownFigure(measures.promiseKept, .share, "wilson")
        report.closedNotSolved = ShownFigure(measures.closedNotSolved, .share, "wilson")
        report.solved = ShownFigure(measures.solved, .share, "wilson")
        report.half = ShownFigure(measures.halfDone, .days, "kaplan-meier")
        report.nineOfTen = ShownFigure(measures.nineOfTenDone, .days, "kaplan-meier")
        report.contacts = ShownFigure(measures.contactsPerJourney, .perJourney, "mean")
        report.failureDemand = ShownFigure(measures.failureDemand, .share, "wilson")
        report.rating = ShownFigure(measures.rating, .score, "mean")
        report.journeys = measures.journeys
        report.open = measures.open
        report.overdue = table.overdue(rows, now: now)
        report.target = definition.promise?.probability
        let width = bucket == .month ? 7 : 10
        report.keptTrend = trend.points.map { TrendPoint(String($0.from.prefix(width)), $0.promiseKept) }
        report.closedNotSolvedTrend = trend.points.map { point in
            let unsolved = Figure.share(point.closedNotSolved, of: point.solved.n ?? 0, rule: .staff)
            return TrendPoint(String(point.from.prefix(width)), unsolved)
        }
        report.durations = durationBins(table, closed)
        report.channels = channels(table, rows)
        report.cohorts = cohorts(definition, table, rows, now: now)
        return report
    }

    /// The parts of a report, put down by the threads that make them.
    private final class ReportParts: Sendable {
        private struct Made {
            var counted = ServiceReport.empty
            var map: JourneyMap?
            var paths: FollowedPaths?
        }

        private let made = Mutex(Made())

        func keep(map: JourneyMap) { made.withLock { $0.map = map } }
        func keep(paths: FollowedPaths) { made.withLock { $0.paths = paths } }
        func keep(counted: ServiceReport) { made.withLock { $0.counted = counted } }

        var report: ServiceReport {
            made.withLock { made in
                var report = made.counted
                if let map = made.map { report.map = map }
                if let paths = made.paths {
                    report.waiting = paths.waiting
                    report.touch = paths.touch
                    report.variants = paths.variants
                    report.variantCount = paths.variantCount
                }
                return report
            }
        }
    }

    /// No two events close together: the systems that send them don't tell when work began, so there is nothing to show.
    private func measured(_ touch: Figure) -> ShownFigure {
        guard touch.value == 0 else { return ShownFigure(touch, .seconds, "median") }
        return ShownFigure(value: nil, n: touch.n ?? 0, unit: .seconds, method: "work", strength: .notRecorded)
    }

    private func variants(_ log: EventLog) -> ([ServiceReport.Variant], Int) {
        let assignment = log.variantAssignment(threads: 1)
        let top = min(12, assignment.variants.count)
        let durations = log.durationSample(threads: 1).values
        var samples = [[Int64]](repeating: [], count: top)
        for (journey, variant) in assignment.variantOfJourney.enumerated()
        where variant < top && journey < durations.count {
            samples[Int(variant)].append(durations[journey])
        }
        let listed = (0..<top).map { variant in
            let activities = assignment.variants.activities(variant)
            return ServiceReport.Variant(
                id: VariantName.of(activities), activities: activities, journeys: assignment.variants.counts[variant],
                medianSeconds: TimeSample(samples[variant]).distribution(levels: [50]).linear(50))
        }
        return (listed, assignment.variants.count)
    }

    /// About twenty bins of a readable width up to the 98th percentile; the last one holds the rest.
    private func durationBins(_ table: JourneyTable, _ closed: [Int32]) -> [ServiceReport.Bin] {
        let sample = TimeSample(closed.map { max(0, table.closed[Int($0)] - table.opened[Int($0)]) })
        let found = sample.distribution(levels: [98])
        guard found.count > 0, let most = found.linear(98) else { return [] }
        let widths: [Double] = [
            60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 86_400, 2 * 86_400, 5 * 86_400, 7 * 86_400,
            14 * 86_400, 30 * 86_400, 91 * 86_400, 365 * 86_400,
        ]
        let width = widths.first { $0 * 24 >= most } ?? 365 * 86_400
        let count = max(1, Int((most / width).rounded(.up)))
        var counts = [Int](repeating: 0, count: count + 1)
        for value in sample.values { counts[min(count, Int(Double(value) / 1e6 / width))] += 1 }
        let last = found.maximumSeconds
        return counts.indices.compactMap { at in
            if at == count, counts[at] == 0 { return nil }
            let low = Double(at) * width
            return ServiceReport.Bin(
                low: low, high: at == count ? max(low + width, last + 1) : low + width, journeys: counts[at])
        }
    }

    private func channels(_ table: JourneyTable, _ rows: [Int32]) -> [(channel: Channel, journeys: Int)] {
        var counts = [Int](repeating: 0, count: Channel.allCases.count)
        for row in rows { counts[Int(table.channel[Int(row)])] += 1 }
        return Channel.allCases.indices.filter { counts[$0] > 0 }
            .map { (Channel.allCases[$0], counts[$0]) }
            .sorted { $0.1 > $1.1 }
    }

    private func cohorts(
        _ definition: ServiceDefinition, _ table: JourneyTable, _ rows: [Int32], now: Int64
    ) -> [ServiceReport.Cohort] {
        definition.cohorts.flatMap { cohort in
            table.promisesKept(rows, by: cohort.name, limit: 8, now: now, rule: .staff).map { line in
                ServiceReport.Cohort(
                    name: cohort.name, value: line.value, journeys: line.journeys,
                    kept: ShownFigure(line.kept, .share, "wilson"))
            }
        }
    }
}

/// A short stable name for a path, for addresses: FNV-1a over its activities.
enum VariantName {
    static func of(_ activities: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for activity in activities {
            for byte in activity.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0x1F) &* 0x100_0000_01B3
        }
        return String(hash, radix: 36)
    }
}
