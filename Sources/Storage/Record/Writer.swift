import Experience
import Foundation
import GRDB

/// The one thread that writes. Callers queue work; the thread takes everything that is queued, does it in one
/// transaction, makes that durable, and only then answers. So the cost of a durable commit is shared by whoever
/// came while the one before was under way, and nobody waits for a timer.
final class Writer: @unchecked Sendable {
    struct Job: Sendable {
        /// Rows it will write, about: keeps one commit from growing without bound.
        let weight: Int
        /// Does the work inside the transaction; gives what to call once it is durable.
        let work: @Sendable (WriteTransaction) throws(StorageError) -> @Sendable () -> Void
        let fail: @Sendable (StorageError) -> Void
    }

    private static let groupLimit = 20_000

    private let pool: DatabasePool
    private let options: RecordOptions
    private let views: ViewKeeper
    private let broadcast: CommitBroadcast
    /// Guards `queue` and `isClosed`; everything else belongs to the thread.
    private let condition = NSCondition()
    private var queue: [Job] = []
    private var isClosed = false
    private var isFinished = false
    private var dataVersion: Int64 = -1

    init(pool: DatabasePool, options: RecordOptions, broadcast: CommitBroadcast) {
        self.pool = pool
        self.options = options
        self.broadcast = broadcast
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
        do throws(StorageError) {
            let newest = try write(jobs, &answers)
            if let newest { broadcast.send(newest) }
        } catch {
            views.forget()
            for job in jobs { job.fail(error) }
            return
        }
        for answer in answers { answer() }
    }

    /// One transaction. A job that is refused is answered with its reason; any other failure undoes the whole.
    private func write(_ jobs: [Job], _ answers: inout [@Sendable () -> Void]) throws(StorageError) -> Int64? {
        var newest: Int64?
        var given: [@Sendable () -> Void] = []
        do {
            try pool.writeWithoutTransaction { database in
                let session = Session(database: database)
                try database.inTransaction(.immediate) {
                    try noticeOtherWriters(session)
                    views.refreshRules()
                    let transaction = try WriteTransaction(session, views: views, now: options.now())
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
                    try options.beforeCommit?()
                    newest = transaction.newest
                    return .commit
                }
            }
        } catch {
            throw StorageError(error)
        }
        answers = given
        return newest
    }

    /// Another program that wrote since our last commit makes the cached states old.
    private func noticeOtherWriters(_ session: Session) throws(StorageError) {
        let version = try session.integer("PRAGMA data_version")
        if version != dataVersion, dataVersion >= 0 { views.forget() }
        dataVersion = version
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
