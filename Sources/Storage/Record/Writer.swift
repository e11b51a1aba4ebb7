import Experience
import Foundation

/// The one thread that writes. Callers queue work; the thread takes everything that is queued, does it in one
/// transaction, makes that durable, and only then answers. So the cost of a durable commit is shared by whoever
/// came while the one before was under way, and nobody waits for a timer.
final class Writer: @unchecked Sendable {
    struct Job: Sendable {
        /// Rows it will write, about: keeps one commit from growing without bound.
        let weight: Int
        /// Those it will append, for looking up what is known of them for a whole commit at once.
        let events: [PreparedEvent]
        /// Does the work inside the transaction; gives what to call once it is durable.
        let work: @Sendable (WriteTransaction) throws(StorageError) -> @Sendable () -> Void
        let fail: @Sendable (StorageError) -> Void
    }

    private static let groupLimit = 20_000

    private let driver: any RecordDriver
    private let options: RecordOptions
    private let views: ViewKeeper
    private let broadcast: CommitBroadcast
    private let recent: RecentEvents
    /// Guards `queue` and `isClosed`; everything else belongs to the thread.
    private let condition = NSCondition()
    private var queue: [Job] = []
    private var isClosed = false
    private var isFinished = false
    /// What the last commit left, while nobody else has written since.
    private var end: RecordEnd?

    init(driver: any RecordDriver, options: RecordOptions, broadcast: CommitBroadcast, recent: RecentEvents) {
        self.driver = driver
        self.options = options
        self.broadcast = broadcast
        self.recent = recent
        views = ViewKeeper(rules: options.rules)
        let thread = Thread { [self] in run() }
        thread.name = "record-writer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    func enqueue(_ job: Job) {
        condition.lock()
        let refused = isClosed
        if !refused { queue.append(job) }
        condition.signal()
        condition.unlock()
        if refused { job.fail(.closed) }
    }

    /// Callers that wait for a commit now.
    var waiting: Int {
        condition.lock()
        defer { condition.unlock() }
        return queue.count
    }

    /// Finishes what is queued and takes nothing more. Blocks until the thread has ended.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while !isFinished { condition.wait() }
        condition.unlock()
    }

    private func run() {
        while let jobs = take() {
            commit(jobs)
        }
        condition.lock()
        isFinished = true
        condition.broadcast()
        condition.unlock()
    }

    /// Everything queued, up to the limit; nil once closed and empty.
    private func take() -> [Job]? {
        condition.lock()
        defer { condition.unlock() }
        while queue.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        var weight = 0
        var count = 0
        for job in queue {
            weight += job.weight
            count += 1
            if weight >= Writer.groupLimit { break }
        }
        if count == queue.count {
            defer { queue = [] }
            return queue
        }
        let taken = Array(queue[..<count])
        queue.removeFirst(count)
        return taken
    }

    private func commit(_ jobs: [Job]) {
        var answers: [@Sendable () -> Void] = []
        answers.reserveCapacity(jobs.count)
        let started = ContinuousClock.now
        var stored: (events: [RecordedEvent], bytes: Int) = ([], 0)
        do throws(StorageError) {
            try write(jobs, &answers, &stored)
            options.observe?(
                CommitSummary(callers: jobs.count, stored: stored.events.count, since: started, isMade: true))
            recent.add(stored.events, bytes: stored.bytes)
            if let newest = stored.events.last { broadcast.send(newest.sequence) }
        } catch {
            options.observe?(CommitSummary(callers: jobs.count, stored: 0, since: started, isMade: false))
            views.forget()
            end = nil
            for job in jobs { job.fail(error) }
            return
        }
        for answer in answers { answer() }
        driver.grew(by: stored.events.count)
    }

    /// One transaction. A job that is refused is answered with its reason; any other failure undoes the whole.
    private func write(
        _ jobs: [Job], _ answers: inout [@Sendable () -> Void], _ stored: inout (events: [RecordedEvent], bytes: Int)
    ) throws(StorageError) {
        var given: [@Sendable () -> Void] = []
        var left: RecordEnd?
        try driver.transaction { (session, othersWrote) throws(StorageError) in
            given.removeAll(keepingCapacity: true)
            views.refreshRules()
            // Asked before it is known whether others wrote: one wait for all three answers.
            var asked = try AskedRows(jobs, views, session)
            if try othersWrote() {
                views.forget()
                end = nil
                asked = try AskedRows(jobs, views, session)
            }
            let transaction = try WriteTransaction(session, views: views, now: options.now(), after: end)
            try transaction.read(asked)
            for job in jobs {
                do throws(StorageError) {
                    given.append(try job.work(transaction))
                } catch {
                    guard error.concernsOneJob, session.isInTransaction else { throw error }
                    let reason = error
                    given.append({ job.fail(reason) })
                }
            }
            try views.flush(session)
            left = try transaction.seal()
            if let beforeCommit = options.beforeCommit {
                try session.settle()
                try beforeCommit()
            }
            stored = (transaction.stored, transaction.storedBytes)
        }
        // Work of another kind may take from the chain, from the events, or a key away.
        end = jobs.allSatisfy { !$0.events.isEmpty } ? left : nil
        answers = given
    }
}

extension StorageError {
    /// Says something of the job's own data, not of the database.
    var concernsOneJob: Bool {
        switch self {
        case .refused, .keyRevoked, .noVaultKey, .unknownVaultKey, .wrongVaultKey: true
        default: false
        }
    }
}
