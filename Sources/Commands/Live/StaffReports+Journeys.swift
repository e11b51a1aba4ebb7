internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Site
internal import Statistics
internal import Storage

extension StaffReports {
    /// The journeys behind a number: rows of the snapshot in order of opening, newest first, read from the record.
    func journeys(
        _ definition: ServiceDefinition, _ filter: PageFilter, _ group: JourneyGroup, _ cursor: String?,
        _ limit: Int
    ) async throws -> JourneyList {
        guard let snapshot = snapshot(definition.id) else { return JourneyList(total: 0, rows: [], next: nil) }
        let at = now()
        let table = snapshot.table
        let period = filter.period
        let everyone = TableFilter(
            from: period.first.startUTC.microseconds, until: period.last.adding(days: 1).startUTC.microseconds,
            channel: filter.channel)
        let groups = groups(definition, table, table.rows(everyone, now: at.microseconds))
        var rows = chosen(snapshot, filter, definition, now: at.microseconds).rows
        rows.removeAll { !holds(group, table, Int($0), definition, now: at.microseconds) }
        let start = cursor.flatMap(Int.init).map { min(max(0, $0), rows.count) } ?? 0
        let shown = table.newest(rows, count: min(start + limit, rows.count))[start...]
        var states: [String: JourneyState] = [:]
        let ids = shown.compactMap { JourneyID(table.ids[Int($0)]) }
        if !ids.isEmpty {
            let query = JourneyQuery(
                agency: definition.agency, service: definition.id, ids: ids, limit: ids.count, now: at)
            for state in try await record.journeys(query).items { states[state.journey.text] = state }
        }
        let listed = shown.compactMap { states[table.ids[Int($0)]] }.map { state in
            let promise = state.promise.flatMap { ShownPromise($0, calendars: calendars(), now: at) }
            return JourneyList.Row(state: state, due: promise?.last, promise: promise?.state)
        }
        let end = start + shown.count
        var list = JourneyList(total: rows.count, rows: listed, next: end < rows.count ? String(end) : nil)
        list.groups = groups
        return list
    }

    private func holds(
        _ group: JourneyGroup, _ table: JourneyTable, _ row: Int, _ definition: ServiceDefinition, now: Int64
    ) -> Bool {
        if let cause = group.cause {
            return table.outcome[row] == .no
                && SaidNo.has(cause, table, row, granted: { definition.isGranted($0) })
        }
        return switch group {
        case .all: true
        case .open: table.closed[row] == JourneyTable.notYet
        case .closed: table.closed[row] != JourneyTable.notYet
        case .kept: table.verdict(row, .last, now: now) == .kept
        case .broken: table.verdict(row, .last, now: now) == .broken
        case .overdue: table.isOverdue(row, now: now)
        case .notSolved: table.outcome[row] == .no
        case .solved: table.outcome[row] == .yes
        case .closedNotSolved: table.isClosedNotSolved(row)
        case .chased: table.failureDemand[row] > 0
        case .responded: table.responses[row] > 0
        case .noBroken, .noChased, .noRefused, .noReached: false
        }
    }

    func journey(_ definition: ServiceDefinition, _ id: JourneyID) async throws -> JourneyReport? {
        guard let state = try await record.journey(id, agency: definition.agency), state.service == definition.id else {
            return nil
        }
        let events = try await record.events(of: id, agency: definition.agency)
            .sorted { ($0.event.occurred, $0.sequence) < ($1.event.occurred, $1.sequence) }
        let responses = events.filter { $0.event.kind == .response || $0.event.kind == .outcome }.map { recorded in
            let form = recorded.event.attributes[ResponseKey.form].flatMap { Slug($0.plain) }
            let version = recorded.event.attributes[ResponseKey.formVersion]?.integer ?? 0
            return AnswerView(
                event: recorded, form: form.flatMap { self.form(definition.id, $0, Int(clamping: version)) })
        }
        return JourneyReport(
            state: state, events: events,
            promise: state.promise.flatMap { ShownPromise($0, calendars: calendars(), now: now()) },
            responses: responses)
    }
}

extension RecentResponse {
    init(_ recorded: RecordedEvent) {
        let event = recorded.event
        self.init(
            at: event.occurred, rating: event.attributes[JourneyState.Key.rating]?.integer.map { Int($0) },
            solved: event.kind == .outcome
                ? event.attributes[JourneyState.Key.solved].flatMap { JourneyState.Solved(rawValue: $0.plain) } : nil,
            channel: event.channel, journey: event.journey.isUnattached ? nil : event.journey,
            form: event.attributes["form"].flatMap { Slug($0.plain) })
    }
}

extension JourneyMap {
    /// The directly-follows map of a log, with its start and its end.
    init(_ log: EventLog) {
        let map = log.directlyFollows(threads: 1)
        let waits = log.medianWaits(of: map)
        var nodes = [Node(title: "", activity: nil, count: map.journeys, kind: .start)]
        for (at, name) in map.activityNames.enumerated() {
            nodes.append(Node(title: name, activity: name, count: map.activityCounts[at]))
        }
        let end = nodes.count
        nodes.append(Node(title: "", activity: nil, count: map.journeys, kind: .end))
        var edges: [Edge] = []
        for (at, count) in map.startCounts.enumerated() where count > 0 {
            edges.append(Edge(from: 0, to: at + 1, count: count))
        }
        for (flow, wait) in zip(map.flows, waits) {
            edges.append(
                Edge(
                    from: flow.from + 1, to: flow.to + 1, count: flow.count, medianWaitSeconds: wait.median,
                    waitedSeconds: wait.sumSeconds))
        }
        for (at, count) in map.endCounts.enumerated() where count > 0 {
            edges.append(Edge(from: at + 1, to: end, count: count))
        }
        self.init(nodes: nodes, edges: edges)
    }
}
