internal import Experience
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Work that lies in the record and is done by whoever holds its lease: takes what is due, tries each piece, and notes
/// what came of it before the next. Several nodes may do the same work; a lease that ran out passes it on.
struct LeasedWork<Piece: Sendable, Outcome: Sendable>: Sendable {
    /// In microseconds: outlives the longest attempt many times over, and ends soon enough after a crash.
    let lease: Int64
    let now: @Sendable () -> Instant
    let take: @Sendable (_ until: Instant, _ limit: Int) async throws(StorageError) -> [Piece]
    let attempt: @Sendable (Piece) async -> Outcome
    let finish: @Sendable (Piece, Outcome) async throws(StorageError) -> Void
    /// What the log says of an attempt that did not succeed; nil for one that did.
    let complaint: @Sendable (Piece, Outcome) -> (message: Logger.Message, metadata: Logger.Metadata)?

    /// How many pieces are taken at a time.
    static var batch: Int { 10 }

    /// Does one batch; gives how many pieces were taken.
    func doDue(_ logger: Logger) async throws(StorageError) -> Int {
        let pieces = try await take(now().advanced(by: lease), Self.batch)
        for piece in pieces {
            let outcome = await attempt(piece)
            try await finish(piece, outcome)
            if let said = complaint(piece, outcome) { logger.warning(said.message, metadata: said.metadata) }
        }
        return pieces.count
    }

    /// Does what is due until the server stops: after every commit, and every few seconds, since others commit too.
    ///
    /// - Parameters:
    ///   - first: done before each look.
    ///   - trouble: what the log says when the record can't be read.
    func run(
        on record: Record, _ logger: Logger, trouble: Logger.Message,
        first: @escaping @Sendable () async throws(StorageError) -> Void = { () throws(StorageError) in }
    ) async {
        await cancelWhenGracefulShutdown {
            await record.afterCommits(orEvery: .seconds(5)) {
                do {
                    try await first()
                    while try await self.doDue(logger) == Self.batch, !Task.isCancelled {}
                } catch {
                    if Task.isCancelled { return }
                    logger.error(trouble, metadata: ["reason": "\(error)"])
                }
            }
        }
    }
}

/// How long to wait after a failed attempt: a minute, then twice as long each time, six hours at most.
package enum Backoff {
    package static func wait(after attempt: Int) -> Int64 {
        min(6 * Instant.hour, Instant.minute << Int64(min(max(0, attempt - 1), 12)))
    }
}
