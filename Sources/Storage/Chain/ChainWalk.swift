/// Follows the chain with events and commits in the order of their numbers; pure, so that it can be tried on anything.
struct ChainWalk {
    struct Commit {
        var first: Int64
        var last: Int64
        var recorded: Int64
        var digest: String
        var marks: [UInt8]
    }

    private(set) var report = ChainReport()
    private let expected: ChainHead?
    private var digest = CommitSeal.beginning
    /// The number the next event must have.
    private var next: Int64 = 1
    private var waiting: ArraySlice<Commit> = []
    private var current: (commit: Commit, seal: CommitSeal)?
    private var hasMetExpected = false

    var isOver: Bool { report.fault != nil }

    /// - Parameter expected: a commit that was noted before and must be met again.
    init(expected: ChainHead?) { self.expected = expected }

    /// The row the chain hangs on: where it was begun, or where what came before was dropped.
    mutating func anchor(last: Int64, digest: String, isDropped: Bool) {
        if isDropped { report.dropped = last } else { report.uncovered = last }
        self.digest = digest
        next = last + 1
        meet(last)
    }

    /// Further commits; their events follow.
    mutating func add(_ commits: [Commit]) {
        waiting += commits
        if current == nil { begin() }
    }

    mutating func take(_ sequence: Int64, recorded: Int64, _ event: @autoclosure () -> EventDigest) {
        while !isOver, let commit = current?.commit, sequence > commit.last { end() }
        guard !isOver else { return }
        guard let commit = current?.commit, sequence >= next else { return fail(.added(sequence)) }
        guard sequence == next else { return fail(.missing(next)) }
        let digest = event()
        let at = Int(sequence - commit.first) * EventDigest.markSize
        guard recorded == commit.recorded,
            commit.marks[at..<at + EventDigest.markSize].elementsEqual(digest.bytes.prefix(EventDigest.markSize))
        else { return fail(.altered(sequence)) }
        current?.seal.add(digest)
        report.checked += 1
        next += 1
    }

    /// All events up to the last commit given were taken.
    mutating func settle() {
        while !isOver, current != nil { end() }
    }

    /// All commits were given.
    mutating func finish() {
        settle()
        guard !isOver else { return }
        report.head = ChainHead(sequence: next - 1, digest: digest)
        if let expected, !hasMetExpected, expected.sequence >= max(report.uncovered, report.dropped) {
            fail(.otherHead(expected))
        }
    }

    private mutating func begin() {
        guard let commit = waiting.popFirst() else { return }
        guard commit.first == next else {
            if commit.first > next { return fail(.commitMissing(next...commit.first - 1)) }
            return fail(.commitAltered(min(commit.first, commit.last)...max(commit.first, commit.last)))
        }
        let count = commit.last - commit.first + 1
        guard count > 0, commit.marks.count == Int(count) * EventDigest.markSize else {
            return fail(.commitAltered(min(commit.first, commit.last)...max(commit.first, commit.last)))
        }
        let seal = CommitSeal(
            previous: digest, first: commit.first, recorded: commit.recorded, count: Int(count))
        current = (commit, seal)
    }

    private mutating func end() {
        guard let (commit, seal) = current else { return }
        guard next > commit.last else { return fail(.missing(next)) }
        guard seal.finish() == commit.digest else { return fail(.commitAltered(commit.first...commit.last)) }
        digest = commit.digest
        report.commits += 1
        current = nil
        meet(commit.last)
        if !isOver { begin() }
    }

    private mutating func meet(_ sequence: Int64) {
        guard let expected, expected.sequence == sequence else { return }
        hasMetExpected = true
        if expected.digest != digest { fail(.otherHead(expected)) }
    }

    mutating func fail(_ fault: ChainFault) {
        report.fault = report.fault ?? fault
        current = nil
        waiting = []
    }
}
