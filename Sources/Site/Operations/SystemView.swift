package import Experience

/// How the running parts stand: for administrators. What is not known is nil and not shown.
package struct SystemView: Sendable {
    /// The server that answers analyses beyond memory.
    package struct Feed: Sendable {
        /// Its address, without a password.
        package var server: String
        package var fed: Int64
        package var waiting: Int64
        /// For how long the oldest event has waited.
        package var seconds: Double
        package var problem: String?
        /// For how long nothing was fed though events wait and no problem is known; nil while that is short.
        package var silence: Double?
        package var isLate: Bool

        package init(
            server: String, fed: Int64, waiting: Int64, seconds: Double, problem: String?, silence: Double? = nil,
            isLate: Bool
        ) {
            self.server = server
            self.fed = fed
            self.waiting = waiting
            self.seconds = seconds
            self.problem = problem
            self.silence = silence
            self.isLate = isLate
        }
    }

    /// What waits to be carried out of the house.
    package struct Queue: Sendable {
        package enum Kind: String, Sendable, CaseIterable { case mails, texts, webhooks }

        package var kind: Kind
        package var waiting: Int
        /// How long the oldest has been due, seconds.
        package var overdue: Double
        /// False where nothing is configured that would carry it.
        package var isCarried: Bool

        package init(_ kind: Kind, waiting: Int, overdue: Double, isCarried: Bool) {
            self.kind = kind
            self.waiting = waiting
            self.overdue = overdue
            self.isCarried = isCarried
        }
    }

    package var version: String
    package var checks: [ReadinessCheck]
    /// The number of the newest event.
    package var newest: Int64?
    /// Events that the analyses in memory do not hold yet.
    package var unread: Int64?
    package var freeBytes: Double?
    package var queues: [Queue]
    package var lastErasure: Instant?
    package var erasureFailed: Bool
    /// Nil where no such server is configured.
    package var feed: Feed?

    package init(
        version: String = "", checks: [ReadinessCheck] = [], newest: Int64? = nil, unread: Int64? = nil,
        freeBytes: Double? = nil, queues: [Queue] = [], lastErasure: Instant? = nil, erasureFailed: Bool = false,
        feed: Feed? = nil
    ) {
        self.version = version
        self.checks = checks
        self.newest = newest
        self.unread = unread
        self.freeBytes = freeBytes
        self.queues = queues
        self.lastErasure = lastErasure
        self.erasureFailed = erasureFailed
        self.feed = feed
    }
}

/// What an administrator should look at now.
package enum SystemAlarm: Sendable, Hashable {
    case analyticsLate(events: Int64, seconds: Double)
}
