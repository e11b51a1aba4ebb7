internal import Analyses
internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Looks through what came in: puts copies and bursts aside, lets the queue of a flood through when nothing else stands
/// against an answer, and forgets the traces when their time is over.
struct IntakeKeeper: Service {
    let record: Record
    let services: @Sendable () -> [ServiceDefinition]
    let now: @Sendable () -> Instant
    let logger: Logger
    var review = IntakeReview()
    /// An answer waits at least so long in the queue, so that a flood is seen whole before any of it is let through.
    var wait: Int64 = 10 * Instant.minute
    /// Let through a minute and service.
    var pace = 60
    /// Traces and unredacted originals are kept so many days.
    var retentionDays: Int64 = 30

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var rounds = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(60))
                if Task.isCancelled { break }
                do {
                    for service in services() { try await look(service) }
                    if rounds.isMultiple(of: 60) {
                        try await record.forgetTraces(before: now().advanced(by: -retentionDays * Instant.day))
                        try await record.forgetConversations(before: now().advanced(by: -7 * Instant.day))
                    }
                    rounds += 1
                } catch {
                    logger.error("answers could not be looked through", metadata: ["reason": "\(error)"])
                }
            }
        }
    }

    /// One look at a week of a service's answers.
    func look(_ service: ServiceDefinition) async throws {
        let at = now()
        let marks = try await record.intakeMarks(
            agency: service.agency, service: service.id, since: at.advanced(by: -7 * Instant.day))
        guard !marks.isEmpty else { return }
        let flagged = review.flagged(marks)
        let known = Dictionary(marks.map { ($0.key, Set($0.reasons)) }, uniquingKeysWith: { first, _ in first })
        let fresh = flagged.filter { !$0.value.isSubset(of: known[$0.key] ?? []) }
        try await record.hold(
            Dictionary(uniqueKeysWithValues: fresh.map { ($0.key, $0.value.union(known[$0.key] ?? [])) }),
            agency: service.agency)
        if !fresh.isEmpty {
            logger.notice("answers put aside", metadata: ["service": "\(service.id)", "answers": "\(fresh.count)"])
        }
        let queue = marks.filter {
            $0.state == .held && $0.reasons == [.flood] && flagged[$0.key] == nil && $0.at < at.advanced(by: -wait)
        }
        try await record.decide(queue.prefix(pace).map(\.key), .clear, agency: service.agency, by: "system")
    }
}
