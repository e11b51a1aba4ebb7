package import Experience

/// What waits to be done, and who is signed in: for the metrics and the readiness check.
package struct Backlog: Sendable, Hashable {
    /// Work of one kind not done yet, and since when the oldest has been due.
    package struct Due: Sendable, Hashable {
        package var count = 0
        package var oldest: Instant?
    }

    /// Messages not sent yet, by how they go.
    package var mails: Due
    package var texts: Due
    /// All of them, and since when the oldest has been due.
    package var messages: Int { mails.count + texts.count }
    package var oldestMessage: Instant? { [mails.oldest, texts.oldest].compactMap { $0 }.min() }
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
            let mails = try session.due("message", "AND channel = 'email'")
            let texts = try session.due("message", "AND channel = 'sms'")
            let deliveries = try session.due("webhook_delivery")
            let sessions = try session.integer(
                "SELECT count(*) FROM sign_in_session WHERE created_at > ?1 AND seen_at > ?2",
                [
                    .integer(now.advanced(by: -Accounts.absolute).microseconds),
                    .integer(now.advanced(by: -Accounts.idle).microseconds),
                ])
            return Backlog(
                mails: mails, texts: texts, deliveries: deliveries.count, oldestDelivery: deliveries.oldest,
                sessions: Int(sessions), writerQueue: waiting,
                newest: try session.integer("SELECT coalesce(max(sequence), 0) FROM event"))
        }
    }
}

extension Session {
    fileprivate func due(_ table: String, _ also: String = "") throws(StorageError) -> Backlog.Due {
        try row(
            "SELECT count(*), min(next_attempt) FROM \(table) WHERE state IN ('queued', 'sending') \(also)", []
        ) { (row) throws(StorageError) in
            Backlog.Due(
                count: Int(row.integer(0)), oldest: row.isNull(1) ? nil : Instant(microseconds: row.integer(1)))
        } ?? Backlog.Due()
    }
}
