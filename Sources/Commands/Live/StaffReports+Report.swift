internal import Analyses
internal import Dispatch
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Synchronization

extension StaffReports {
    func make(
        _ definition: ServiceDefinition, _ filter: PageFilter, _ snapshot: ServiceSnapshot, _ chosen: Chosen,
        _ at: Instant
    ) -> ServiceReport {
        let (rows, closed, log) = (chosen.rows, chosen.closed, chosen.log)
        let (now, table) = (at.microseconds, snapshot.table)
        let ended = snapshot.selection(closed)
        // Parts that need nothing of each other, the longest first: better than each of their loops on all processors.
        let report = Mutex(ServiceReport.empty)
        DispatchQueue.concurrentPerform(iterations: 5) { part in
            switch part {
            case 0:
                let map = JourneyMap(log)
                let detours = detours(definition, map, snapshot, closed, ended)
                report.withLock { ($0.map, $0.detours) = (map, detours) }
            case 1:
                let (listed, count) = variants(log)
                report.withLock { ($0.variants, $0.variantCount) = (listed, count) }
            case 2:
                let touch = snapshot.log.touchTime(within: ended, threads: 1)
                let waiting = ShownFigure(touch.waiting.median(rule: .staff), .seconds, "median")
                let worked = measured(touch.touch.median(rule: .staff))
                report.withLock { ($0.waiting, $0.touch) = (waiting, worked) }
            case 3:
                let measures = table.measures(rows, now: now, rule: .staff)
                let overdue = table.overdue(rows, now: now)
                report.withLock { $0.take(measures, overdue: overdue, target: definition.promise?.probability) }
            default:
                let trends = trends(filter, table, rows, now: now)
                let bins = durationBins(table, closed)
                let channels = channels(table, rows)
                let cohorts = cohorts(definition, table, rows, now: now)
                report.withLock {
                    ($0.keptTrend, $0.closedNotSolvedTrend) = trends
                    ($0.durations, $0.channels, $0.cohorts) = (bins, channels, cohorts)
                }
            }
        }
        return report.withLock { $0 }
    }

    private func trends(
        _ filter: PageFilter, _ table: JourneyTable, _ rows: [Int32], now: Int64
    ) -> (kept: [TrendPoint], closedNotSolved: [TrendPoint]) {
        let bucket = TimeBucket.fitting(days: filter.period.days)
        let points = table.trend(
            rows, by: bucket, from: filter.period.first, through: filter.period.last, now: now, rule: .staff
        ).points
        func name(_ point: ServiceTrend.Point) -> String { String(point.from.prefix(bucket == .month ? 7 : 10)) }
        return (
            points.map { TrendPoint(name($0), $0.promiseKept) },
            points.map {
                TrendPoint(name($0), Figure.share($0.closedNotSolved, of: $0.solved.n ?? 0, rule: .staff))
            }
        )
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

extension ServiceReport {
    /// What the table of journeys tells without their events.
    fileprivate mutating func take(_ measures: ServiceMeasures, overdue: Int, target: Double?) {
        kept = ShownFigure(measures.promiseKept, .share, "wilson")
        closedNotSolved = ShownFigure(measures.closedNotSolved, .share, "wilson")
        solved = ShownFigure(measures.solved, .share, "wilson")
        half = ShownFigure(measures.halfDone, .days, "kaplan-meier")
        nineOfTen = ShownFigure(measures.nineOfTenDone, .days, "kaplan-meier")
        contacts = ShownFigure(measures.contactsPerJourney, .perJourney, "mean")
        failureDemand = ShownFigure(measures.failureDemand, .share, "wilson")
        rating = ShownFigure(measures.rating, .score, "mean")
        journeys = measures.journeys
        open = measures.open
        self.overdue = overdue
        self.target = target
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
