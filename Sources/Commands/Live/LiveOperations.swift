internal import ArgumentParser
internal import Experience
internal import Logging
internal import Metrics
internal import ServiceLifecycle
internal import Site
internal import Storage
internal import Synchronization

/// What the running server says of itself: whether it is ready, and its figures.
struct LiveOperations: Service {
    let record: Record
    let dataFolder: String
    let registry: MetricsRegistry
    /// How far the analyses have read the record.
    let snapshotSequence: @Sendable () -> Int64
    let now: @Sendable () -> Instant
    /// Nil where no analytics server is configured.
    var feed: FeedWatch?
    /// Which kinds of messages something carries.
    var carried: Set<SystemView.Queue.Kind> = [.webhooks]

    /// Below this much free space the server is not ready: commits would soon fail.
    static let leastFree = 64.0 * 1_048_576
    /// Callers waiting for the writer beyond which no more should be sent here.
    static let longestQueue = 20_000
    /// Events the analyses may be behind before pages are called stale.
    static let largestLag: Int64 = 1_000_000
    /// How long ago the database may have answered last.
    static let patience = Duration.seconds(10)

    var desk: OperationsDesk {
        OperationsDesk(
            checks: { checks() }, metrics: { metrics() }, system: { try await system() },
            alarms: {
                guard let seen = feed?.state, seen.alarm.isRaised, let standing = seen.standing else { return [] }
                return [.analyticsLate(events: standing.waiting, seconds: standing.lag)]
            })
    }

    /// What was found at the last look that succeeded.
    private let seen = Seen()

    init(
        record: Record, dataFolder: String, registry: MetricsRegistry,
        snapshotSequence: @escaping @Sendable () -> Int64, now: @escaping @Sendable () -> Instant
    ) {
        self.record = record
        self.dataFolder = dataFolder
        self.registry = registry
        self.snapshotSequence = snapshotSequence
        self.now = now
    }

    private final class Seen: Sendable {
        let last = Mutex<(backlog: Backlog, at: ContinuousClock.Instant)?>(nil)
    }

    /// Looks every two seconds, so that a probe costs nothing and a database that hangs can't hang the probe.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await look()
                try? await Task.sleep(for: .seconds(2))
            }
        }
    }

    func look() async throws {
        let backlog = try await record.backlog()
        seen.last.withLock { $0 = (backlog, .now) }
        try await feed?.look()
    }

    /// Nil where the database has not answered lately.
    private var backlog: Backlog? {
        guard let last = seen.last.withLock({ $0 }), ContinuousClock.now - last.at <= Self.patience else { return nil }
        return last.backlog
    }

    private func checks() -> [ReadinessCheck] {
        let backlog = backlog
        let free = ProcessFigures.freeBytes(at: dataFolder)
        let isCurrent = backlog.map {
            $0.writerQueue <= Self.longestQueue && $0.newest - snapshotSequence() <= Self.largestLag
        }
        return [
            ReadinessCheck("database", isMet: backlog != nil),
            ReadinessCheck("disk", isMet: free.map { $0 >= Self.leastFree } ?? true),
            ReadinessCheck("backlog", isMet: isCurrent ?? false),
        ] + (feed.map { [ReadinessCheck("analytics", isMet: !$0.state.alarm.isRaised, isRequired: false)] } ?? [])
    }

    private func system() async throws -> SystemView {
        let (backlog, now) = (backlog, now())
        let erasure = try await record.lastRetention()
        var view = SystemView(
            version: Throughline.configuration.version, checks: checks(), newest: backlog?.newest,
            unread: backlog.map { max(0, $0.newest - snapshotSequence()) },
            freeBytes: ProcessFigures.freeBytes(at: dataFolder), lastErasure: erasure?.at,
            erasureFailed: erasure?.problem != nil)
        if let backlog {
            let queues: [(SystemView.Queue.Kind, Int, Instant?)] = [
                (.mails, backlog.mails.count, backlog.mails.oldest),
                (.texts, backlog.texts.count, backlog.texts.oldest),
                (.webhooks, backlog.deliveries, backlog.oldestDelivery),
            ]
            view.queues = queues.map { kind, count, oldest in
                SystemView.Queue(
                    kind, waiting: count, overdue: Self.overdue(oldest, now), isCarried: carried.contains(kind))
            }
        }
        if let feed, let standing = feed.state.standing {
            view.feed = SystemView.Feed(
                server: "\(feed.address)", fed: standing.feed.events, waiting: standing.waiting, seconds: standing.lag,
                problem: standing.feed.problem, silence: standing.silence, isLate: feed.state.alarm.isRaised)
        }
        return view
    }

    private func metrics() -> String {
        let backlog = backlog
        set(MetricName.databaseUp, backlog == nil ? 0 : 1)
        if let backlog {
            let now = now()
            set(MetricName.messagesWaiting, Double(backlog.messages))
            set(MetricName.messagesOverdue, Self.overdue(backlog.oldestMessage, now))
            set(MetricName.deliveriesWaiting, Double(backlog.deliveries))
            set(MetricName.deliveriesOverdue, Self.overdue(backlog.oldestDelivery, now))
            set(MetricName.sessions, Double(backlog.sessions))
            set(MetricName.newestEvent, Double(backlog.newest))
            set(MetricName.snapshotLag, Double(max(0, backlog.newest - snapshotSequence())))
            set(MetricName.writerQueue, Double(backlog.writerQueue))
        }
        if let seen = feed?.state, let standing = seen.standing {
            set(MetricName.feedLagEvents, Double(standing.waiting))
            set(MetricName.feedLagSeconds, standing.lag)
            set(MetricName.feedLate, seen.alarm.isRaised ? 1 : 0)
        }
        let process = ProcessFigures.read()
        set(MetricName.diskFree, ProcessFigures.freeBytes(at: dataFolder))
        set(MetricName.memory, process.residentBytes)
        set(MetricName.openFiles, process.openFiles)
        set(MetricName.startTime, process.startedAt)
        set(MetricName.cpuSeconds, process.processorSeconds)
        Meter(
            label: MetricName.build, dimensions: [("version", Throughline.configuration.version)], factory: registry
        ).set(1)
        return registry.text()
    }

    private func set(_ name: String, _ value: Double?) {
        guard let value else { return }
        Meter(label: name, factory: registry).set(value)
    }

    private static func overdue(_ since: Instant?, _ now: Instant) -> Double {
        since.map { max(0, now.seconds(since: $0)) } ?? 0
    }

    /// Counts every commit of the writer.
    static func count(_ registry: MetricsRegistry) -> @Sendable (CommitSummary) -> Void {
        let stored = Counter(label: MetricName.eventsStored, factory: registry)
        let failed = Counter(label: MetricName.commitsFailed, factory: registry)
        let callers = Recorder(label: MetricName.commitCallers, dimensions: [], aggregate: true, factory: registry)
        let spent = Timer(label: MetricName.commitSeconds, factory: registry)
        return { commit in
            stored.increment(by: Int64(commit.stored))
            failed.increment(by: commit.isMade ? Int64(0) : 1)
            callers.record(Int64(commit.callers))
            spent.recordNanoseconds(Int64(commit.seconds * 1e9))
        }
    }
}
