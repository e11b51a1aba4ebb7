package import Experience

/// What waits to be done, and who is signed in: for the metrics and the readiness check.
package struct Backlog: Sendable, Hashable {
    /// Messages not sent yet, and since when the oldest has been due.
    package var messages: Int
    package var oldestMessage: Instant?
    /// Webhook deliveries not made yet, and since when the oldest has been due.
    package var deliveries: Int
    package var oldestDelivery: Instant?
    /// Sessions that have not run out.
    package var sessions: Int
    /// Callers that wait for the writer of this process.
    package var writerQueue: Int
    /// The number of the newest event.
    package var newest: Int64
}

extension Record {
    /// Counts over the indexes of what is due; one read.
    package func backlog() async throws(StorageError) -> Backlog {
        let now = options.now()
        let waiting = writer.waiting
        return try await read { (session) throws(StorageError) in
            let messages = try session.due("message")
            let deliveries = try session.due("webhook_delivery")
            let sessions = try session.integer(
                "SELECT count(*) FROM sign_in_session WHERE created_at > ?1 AND seen_at > ?2",
                [
                    .integer(now.advanced(by: -Accounts.absolute).microseconds),
                    .integer(now.advanced(by: -Accounts.idle).microseconds),
                ])
            return Backlog(
                messages: messages.count, oldestMessage: messages.oldest, deliveries: deliveries.count,
                oldestDelivery: deliveries.oldest, sessions: Int(sessions), writerQueue: waiting,
                newest: try session.integer("SELECT coalesce(max(sequence), 0) FROM event"))
        }
    }
}

extension Session {
    fileprivate func due(_ table: String) throws(StorageError) -> (count: Int, oldest: Instant?) {
        let found = try row(
            "SELECT count(*), min(next_attempt) FROM \(table) WHERE state IN ('queued', 'sending')", []
        ) { (row) throws(StorageError) in (Int(row.integer(0)), row.isNull(1) ? nil : row.integer(1)) }
        guard let found else { return (0, nil) }
        return (found.0, found.1.map { Instant(microseconds: $0) })
    }
}
