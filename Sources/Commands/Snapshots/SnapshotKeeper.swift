internal import Analyses
internal import Experience
internal import JourneyEngine
internal import Logging
internal import ServiceLifecycle
internal import Storage
internal import Synchronization

/// Keeps every service's snapshot up with the record: filled at the start, then from the tail.
///
/// Wakes after a commit of this process and looks once a second for those of others (an import from the command
/// line). A page never waits for it: it takes the snapshot that is there.
final class SnapshotKeeper: Service {
    private let record: Record
    private let catalogue: @Sendable () -> ServiceCatalogue
    /// Sees every event once, in order, as it is read.
    private let observe: @Sendable ([RecordedEvent]) -> Void
    private let logger: Logger
    private let published = Mutex<[ServiceID: ServiceSnapshot]>([:])

    init(
        record: Record, catalogue: @escaping @Sendable () -> ServiceCatalogue,
        observe: @escaping @Sendable ([RecordedEvent]) -> Void = { _ in }, logger: Logger
    ) {
        self.record = record
        self.catalogue = catalogue
        self.observe = observe
        self.logger = logger
    }

    /// The newest event the analyses have taken in.
    var sequence: Int64 { observed.withLock { $0 } }

    func snapshot(_ service: ServiceID) -> ServiceSnapshot? { published.withLock { $0[service] } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var feed: SnapshotFeed?
            // A page is no worse for being a quarter of a second behind.
            await self.record.afterCommits(orEvery: .seconds(1)) {
                do {
                    try await self.catchUp(&feed)
                } catch {
                    if Task.isCancelled { return }
                    // Half a stretch may have been taken: begin anew rather than take it twice.
                    feed = nil
                    self.logger.error(
                        "the analyses could not be kept up with the record", metadata: ["reason": "\(error)"])
                }
            }
        }
    }

    /// Reads the record to its end. Called once before the server opens, so that the first page is whole.
    func fill() async throws {
        let feed = try await filled()
        // Who else looks on reads by itself what was there before the server opened.
        observed.withLock { $0 = max($0, feed.sequence) }
        started.withLock { $0 = feed }
    }

    /// The whole record, read as columns: in two halves at a time, since one reader is bound to its processor.
    private func filled() async throws -> SnapshotFeed {
        let end = try await record.lastSequence()
        guard end > 0 else { return SnapshotFeed(isFilled: true) }
        let (record, catalogue) = (record, catalogue())
        let middle = max(1, end / 2)
        async let early = record.scanEvents(1...middle) { RecordLogReader() }
        async let late = record.scanEvents(min(middle + 1, end)...end) { RecordLogReader() }
        async let tables = record.scanJourneys { RecordTableReader { catalogue[$0]?.cohorts.map(\.name) ?? [] } }
        let feed = SnapshotFeed(try await (early, middle < end ? late : [:], tables), sequence: end)
        published.withLock { $0 = feed.publish(feed.names) }
        return feed
    }

    private let started = Mutex<SnapshotFeed?>(nil)
    private let observed = Mutex<Int64>(0)
    private static let batch = 50_000

    /// Reads on from where the feed stands; a feed that is nil is filled anew, and what was not observed yet is.
    private func catchUp(_ kept: inout SnapshotFeed?) async throws {
        var feed: SnapshotFeed
        if let known = kept {
            feed = known
        } else if let early = started.withLock({ $0.take() }) {
            feed = early
        } else {
            feed = try await filled()
            try await observeRest(through: feed.sequence)
        }
        kept = nil
        try await read(&feed)
        kept = feed
    }

    /// Events that a new filling has read and nobody was shown.
    private func observeRest(through end: Int64) async throws {
        var mark = observed.withLock { $0 }
        while mark < end {
            let events = try await record.tail(after: mark, limit: Self.batch).filter { $0.sequence <= end }
            guard let last = events.last else { return }
            observe(events)
            mark = last.sequence
            observed.withLock { $0 = max($0, last.sequence) }
        }
    }

    private func read(_ feed: inout SnapshotFeed) async throws {
        // Everything up to the end of the record first, then each touched journey once, then one publication: what is
        // published is shared, and growing it further would copy it.
        var touched: [SnapshotFeed.Key: Set<JourneyID>] = [:]
        var sequence = feed.sequence
        while true {
            let events = try await record.tail(after: sequence, limit: Self.batch)
            guard let last = events.last else { break }
            let seen = observed.withLock { mark in
                defer { mark = max(mark, last.sequence) }
                return mark
            }
            observe(events.filter { $0.sequence > seen })
            touched.merge(feed.take(events)) { $0.union($1) }
            sequence = last.sequence
            if events.count < Self.batch { break }
        }
        guard sequence > feed.sequence else { return }
        for (key, journeys) in touched {
            let cohorts = catalogue()[key.service]?.cohorts.map(\.name) ?? []
            try await record.journeys(journeys, of: key.service, agency: key.agency) {
                feed.set($0, cohorts: cohorts)
            }
        }
        feed.sequence = sequence
        let changed = feed.publish(Set(touched.keys.map(\.service)))
        published.withLock { current in
            for (service, snapshot) in changed { current[service] = snapshot }
        }
    }
}

/// The growing side of the snapshots: only the keeper's loop touches it.
struct SnapshotFeed {
    struct Key: Hashable {
        var agency: AgencyID
        var service: ServiceID
    }

    private struct Growing {
        var log: EventLog
        var table: JourneyTable
        var rows: [String: Int]
    }

    /// Whether it holds the record up to its sequence number; an empty record is held too.
    let isFilled: Bool
    var sequence: Int64 = 0
    private var services: [ServiceID: Growing] = [:]

    init(isFilled: Bool = false) { self.isFilled = isFilled }

    init(
        _ read: (
            early: [ServiceID: EventLog], late: [ServiceID: EventLog], tables: [ServiceID: RecordTableReader.Filled]
        ),
        sequence: Int64
    ) {
        isFilled = true
        self.sequence = sequence
        for (service, filled) in read.tables {
            var log = read.early[service] ?? EventLogBuilder().finish()
            if let late = read.late[service] { log = log.journeyCount == 0 ? late : log.appending(late) }
            services[service] = Growing(log: log.compacted(), table: filled.table, rows: filled.rows)
        }
    }

    var names: Set<ServiceID> { Set(services.keys) }

    /// Adds events to the logs and tells which journeys they touched.
    mutating func take(_ events: [RecordedEvent]) -> [Key: Set<JourneyID>] {
        var touched: [Key: Set<JourneyID>] = [:]
        var byService: [ServiceID: [Event]] = [:]
        for recorded in events {
            let event = recorded.event
            guard !event.journey.isUnattached else { continue }
            touched[Key(agency: event.agency, service: event.service), default: []].insert(event.journey)
            if ServiceSnapshot.isOnMap(event.kind) { byService[event.service, default: []].append(event) }
        }
        for (service, events) in byService {
            let tail = Self.columns(events)
            if let log = services[service]?.log {
                services[service]?.log = log.appending(tail)
            } else {
                services[service] = Growing(log: tail, table: JourneyTable(cohortNames: []), rows: [:])
            }
        }
        return touched
    }

    private static func columns(_ events: [Event]) -> EventLog {
        var builder = EventLogBuilder()
        let unit = builder.declare(AttributeDeclaration("unit", level: .event))
        let channel = builder.declare(AttributeDeclaration("channel", level: .event))
        for event in events {
            let journey = builder.journey(event.journey.text)
            builder.append(
                journey: journey, activity: builder.activity(event.activity), time: event.occurred.microseconds)
            if let name = event.actor.unit ?? event.actor.id {
                builder.setEvent(unit, code: builder.value(unit, name))
            }
            if event.channel != .unknown {
                builder.setEvent(channel, code: builder.value(channel, event.channel.rawValue))
            }
        }
        return builder.finish()
    }

    mutating func set(_ state: JourneyState, cohorts: [String]) {
        if services[state.service] == nil {
            services[state.service] = Growing(
                log: EventLogBuilder().finish(), table: JourneyTable(cohortNames: cohorts), rows: [:])
        }
        guard var growing = services.removeValue(forKey: state.service) else { return }
        if growing.table.count == 0, growing.table.cohortNames != cohorts {
            growing.table = JourneyTable(cohortNames: cohorts)
        }
        if let row = growing.rows[state.journey.text] {
            growing.table.set(row, to: JourneyTable.Line(state))
        } else {
            growing.rows[state.journey.text] = growing.table.append(state)
        }
        services[state.service] = growing
    }

    func publish(_ changed: Set<ServiceID>) -> [ServiceID: ServiceSnapshot] {
        var snapshots: [ServiceID: ServiceSnapshot] = [:]
        for service in changed {
            guard let growing = services[service] else { continue }
            snapshots[service] = ServiceSnapshot(
                service: service, log: growing.log, table: growing.table, sequence: sequence)
        }
        return snapshots
    }
}
