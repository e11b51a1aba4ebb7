package import Analyses
package import Experience
internal import JourneyEngine

/// The questions to one service, answered by ClickHouse.
///
/// Every answer is as of the mark of the feed: events numbered after it are left out, and before the first figure is
/// taken the servers must show that everything up to it is there. So a server that is gone, was emptied, or lags
/// behind its replica gives an error and never a smaller number.
package struct ClickHouseService: Sendable {
    let client: ClickHouseClient
    let agency: AgencyID
    let service: ServiceID
    /// The service's forms in the versions that were answered: their questions' words go with the scores.
    let forms: @Sendable (Slug, Int) -> AskedForm?

    package init(
        _ client: ClickHouseClient, agency: AgencyID, service: ServiceID,
        forms: @escaping @Sendable (Slug, Int) -> AskedForm? = { _, _ in nil }
    ) {
        self.client = client
        self.agency = agency
        self.service = service
        self.forms = forms
    }

    /// Values that may travel one by one when percentiles are looked for.
    private static let travelling = 1_500_000

    /// The statements as of the newest mark, once everything up to it was found to be there.
    func statements() async throws(AnalyticsError) -> ServiceStatements {
        guard let mark = try await client.mark() else { throw .neverFed }
        var statements = ServiceStatements(
            database: client.address.database, cluster: client.address.cluster, agency: agency.text,
            service: service.text, since: mark.since, through: mark.through)
        let found = try await sums(statements.whole())
        if found.count == mark.events, found.sum == mark.sequences { return statements }
        let once = try await sums(statements.wholeOnce())
        guard once.count == mark.events, once.sum == mark.sequences else {
            throw .incomplete(found: once.count, expected: mark.events)
        }
        statements.hasDoubles = true
        return statements
    }

    private func sums(_ question: SQLText) async throws(AnalyticsError) -> (count: Int64, sum: UInt64) {
        let found = try await client.rows(question).first { (row) throws(AnalyticsError) in
            (try row.integer(0), try row.unsigned(1))
        }
        return found ?? (0, 0)
    }

    /// Names of activities, ascending: all that occur, and perhaps others.
    private func names(_ statements: ServiceStatements) async throws(AnalyticsError) -> [String] {
        let found = try await client.rows(statements.activities())
        return try found.map { (row) throws(AnalyticsError) in try row.text(0) }.sorted(by: precedesByScalar)
    }

    // MARK: Times

    private struct Timed: Sendable {
        var moments: [UInt64: TimeMoments] = [:]
        var ranks: RankSearch
        /// Steps that took no time, by flow.
        var instant: [UInt64: Int] = [:]
    }

    private func timed(
        _ statements: ServiceStatements, _ times: ServiceStatements.Times, levels: [Double]
    ) async throws(AnalyticsError) -> Timed {
        var timed = Timed(ranks: RankSearch(levels: levels))
        let rows = try await client.rows(statements.buckets(times, levels: levels))
        try rows.forEach { (row) throws(AnalyticsError) in
            let flow = try row.unsigned(0)
            let low = try row.unsigned(1)
            let n = try row.count(2)
            let bucket = RankSearch.Bucket(
                low: low, count: n, least: try row.integer(3), most: try row.integer(4),
                values: try row.numbers(8).map(Int64.init))
            let excess = Int128(try row.unsigned(5)) << 20 + Int128(try row.unsigned(6))
            var moments = timed.moments[flow] ?? TimeMoments()
            moments.minimum = min(moments.minimum, bucket.least)
            moments.maximum = max(moments.maximum, bucket.most)
            moments.parts.append(
                .init(low: Int64(clamping: low), count: n, excess: excess, squares: try row.real(7)))
            timed.moments[flow] = moments
            if low == 0 { timed.instant[flow] = n }
            timed.ranks.add(bucket, to: flow)
        }
        try await narrow(&timed.ranks, statements, times)
        return timed
    }

    private func narrow(
        _ ranks: inout RankSearch, _ statements: ServiceStatements, _ times: ServiceStatements.Times
    ) async throws(AnalyticsError) {
        var shift = ServiceStatements.coarse
        var open = ranks.open()
        while !open.places.isEmpty {
            let isFar = open.values > Self.travelling && shift < ServiceStatements.fine
            let fine = isFar ? ServiceStatements.fine : nil
            let question = statements.finer(times, in: open.places, of: shift, into: fine)
            let finer = try await client.rows(question).map { (row) throws(AnalyticsError) in
                (
                    flow: try row.unsigned(0),
                    bucket: RankSearch.Bucket(
                        low: try row.unsigned(1), count: try row.count(2), least: try row.integer(3),
                        most: try row.integer(4))
                )
            }
            try ranks.refine(open.places, with: finer)
            open = ranks.open()
            guard let fine else {
                guard open.places.isEmpty else { throw .unreadable("percentiles could not be found") }
                return
            }
            shift = fine
        }
    }

    private func distribution(
        _ timed: Timed, _ flow: UInt64, levels: [Double]
    ) throws(AnalyticsError) -> Distribution {
        guard let moments = timed.moments[flow] else { return Distribution() }
        var values: [Int: Int64] = [:]
        for rank in Distribution.ranks(of: levels, count: moments.count) {
            values[rank] = try timed.ranks.value(rank, of: flow)
        }
        let known = values
        return Distribution(moments, levels: levels) { known[$0] ?? 0 }
    }

    // MARK: Answers

    private struct Map {
        var counts: DirectlyFollows
        var waits: FlowWaits
        var equalNeighbours: Int
    }

    private func flows(_ statements: ServiceStatements, _ names: [String]) async throws(AnalyticsError) -> Map {
        let levels = FlowWaits.percentileLevels
        guard !names.isEmpty else {
            return Map(counts: DirectlyFollows(), waits: FlowWaits(names: [], flows: []), equalNeighbours: 0)
        }
        let timed = try await timed(statements, .waits(names: names), levels: levels)
        let steps = timed.moments.keys.map { (from: Int($0 >> 32), to: Int($0 & 0xFFFF_FFFF)) }
        let activities = try OccurringNames(names, codes: steps.lazy.flatMap { [$0.from, $0.to] }.filter { $0 > 0 })
        var counts = DirectlyFollows()
        counts.activityNames = activities.names
        counts.activityCounts = activities.names.map { _ in 0 }
        counts.startCounts = counts.activityCounts
        counts.endCounts = counts.activityCounts
        var waits: [FlowWaits.Flow] = []
        var equal = 0
        for flow in timed.moments.keys.sorted() {
            let (from, to) = (activities.code(Int(flow >> 32)), activities.code(Int(flow & 0xFFFF_FFFF)))
            guard from + to > 0 else { throw .unreadable("a journey without events") }
            let n = timed.moments[flow]?.count ?? 0
            if to > 0 { counts.activityCounts[to - 1] += n }
            if from == 0 {
                counts.startCounts[to - 1] = n
                counts.journeys += n
            } else if to == 0 {
                counts.endCounts[from - 1] = n
            } else {
                counts.flows.append(.init(from: from - 1, to: to - 1, count: n))
                waits.append(.init(from - 1, to - 1, try distribution(timed, flow, levels: levels)))
                equal += timed.instant[flow] ?? 0
            }
        }
        counts.events = counts.activityCounts.reduce(0, +)
        return Map(counts: counts, waits: FlowWaits(names: activities.names, flows: waits), equalNeighbours: equal)
    }

    private func paths(_ statements: ServiceStatements, _ names: [String]) async throws(AnalyticsError) -> VariantLog {
        guard !names.isEmpty else { return VariantLog(activities: [], paths: []) }
        let rows = try await client.rows(statements.variants(names))
        let found = try rows.map { (row) throws(AnalyticsError) in
            (codes: try row.numbers(0), count: try row.count(1))
        }
        let activities = try OccurringNames(names, codes: found.lazy.flatMap(\.codes))
        return VariantLog(
            activities: activities.names,
            paths: found.map { (path: $0.codes.map { activities.code($0) - 1 }, count: $0.count) })
    }

    private func lasting(_ statements: ServiceStatements) async throws(AnalyticsError) -> Distribution {
        let levels = EventLog.percentileLevels
        return try distribution(try await timed(statements, .durations, levels: levels), 0, levels: levels)
    }

    package func map() async throws(AnalyticsError) -> MapQuestion.Answer {
        let statements = try await statements()
        let found = try await flows(statements, try await names(statements))
        return MapQuestion.Answer(found.counts, waits: found.waits)
    }

    package func variants(top: Int?) async throws(AnalyticsError) -> VariantsQuestion.Answer {
        let statements = try await statements()
        return VariantsQuestion.Answer(try await paths(statements, try await names(statements)), top: top)
    }

    package func durations() async throws(AnalyticsError) -> DurationsQuestion.Answer {
        let statements = try await statements()
        return DurationsQuestion.Answer(durations: DurationFigures(try await lasting(statements)))
    }

    package func summary(top: Int?) async throws(AnalyticsError) -> SummaryQuestion.Answer {
        let statements = try await statements()
        let names = try await names(statements)
        let flows = try await flows(statements, names)
        var summary = LogSummary()
        let extent = try await client.rows(statements.extent())
        try extent.forEach { (row) throws(AnalyticsError) in
            summary.journeys = try row.count(0)
            summary.events = try row.count(1)
            guard summary.journeys > 0 else { return }
            summary.firstTime = try row.integer(2)
            summary.lastTime = try row.integer(3)
            summary.shortest = try row.count(4)
            summary.longest = try row.count(5)
        }
        return SummaryQuestion.Answer(
            try await paths(statements, names), flows.counts, summary, durations: try await lasting(statements),
            equalNeighbours: flows.equalNeighbours, top: top)
    }
}

extension ServiceAnalyses {
    /// From ClickHouse.
    package static func clickHouse(_ service: ClickHouseService) -> ServiceAnalyses {
        ServiceAnalyses(
            summary: { try await service.summary(top: $0) }, map: { try await service.map() },
            variants: { try await service.variants(top: $0) }, durations: { try await service.durations() },
            counts: { try await service.counts($0, now: $1) }, answers: { try await service.answers($0, held: $1) },
            underWay: { try await service.underWay($0) })
    }
}
