import Crypto
import Experience

/// The digest of a commit: SHA-256 over the digest of the commit before, the number of its first event, the time it
/// was recorded, how many events it has and the digest of each.
struct CommitSeal {
    /// What stands before the first commit.
    static let beginning = String(repeating: "0", count: 64)

    private var hash = SHA256()

    /// - Parameter previous: 64 hexadecimal digits.
    init(previous: String, first: Int64, recorded: Int64, count: Int) {
        hash.update(data: Array("throughline commit 1\n\(previous)\n\(first) \(recorded) \(count)\n".utf8))
    }

    mutating func add(_ event: EventDigest) {
        event.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    func finish() -> String { Hex.encode(hash.finalize()) }
}

/// The events of one commit on their way into the chain.
struct CommitEvents {
    private var first: Int64 = 0
    private var digests: [EventDigest] = []

    mutating func add(_ digest: EventDigest, sequence: Int64) {
        if digests.isEmpty { first = sequence }
        digests.append(digest)
    }

    /// Forgets the events from a number on: what they were part of was undone.
    mutating func undo(from sequence: Int64) {
        guard !digests.isEmpty else { return }
        digests.removeLast(min(digests.count, max(0, digests.count - Int(sequence - first))))
    }

    /// Writes the commit's row and gives its digest; nil when it has no events.
    func keep(_ session: Session, after previous: String, recorded: Instant) throws(StorageError) -> String? {
        guard !digests.isEmpty else { return nil }
        var seal = CommitSeal(
            previous: previous, first: first, recorded: recorded.microseconds, count: digests.count)
        var marks: [UInt8] = []
        marks.reserveCapacity(digests.count * EventDigest.markSize)
        for digest in digests {
            seal.add(digest)
            digest.bytes.withUnsafeBytes { marks.append(contentsOf: $0.prefix(EventDigest.markSize)) }
        }
        let row = try session.prepare(
            """
            INSERT INTO commit_digest (last_sequence, first_sequence, kind, recorded, digest, marks)
            VALUES (?1, ?2, 'commit', ?3, ?4, ?5)
            """)
        row.bind(1, first + Int64(digests.count) - 1)
        row.bind(2, first)
        row.bind(3, recorded.microseconds)
        let digest = seal.finish()
        row.bind(4, digest)
        row.bind(5, .bytes(marks))
        try row.send()
        return digest
    }
}
