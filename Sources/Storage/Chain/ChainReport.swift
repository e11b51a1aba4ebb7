/// What a walk along the chain found.
package struct ChainReport: Hashable, Sendable {
    /// Events whose digests were computed again.
    package var checked = 0
    package var commits = 0
    /// Events up to this number came before the chain was begun and are not covered by it; 0 when all are.
    package var uncovered: Int64 = 0
    /// Events up to this number were dropped when their time was over; 0 when none were.
    package var dropped: Int64 = 0
    /// The newest commit: what to note elsewhere.
    package var head: ChainHead?
    /// The first thing that is not as it was.
    package var fault: ChainFault?
}

/// A commit known by the number of its last event and its digest. Kept away from the database, it shows even a record
/// whose chain was written anew, or cut at its end. Its text: `1234:9f86d0…`.
package struct ChainHead: Hashable, Sendable, CustomStringConvertible {
    package var sequence: Int64
    package var digest: String

    package init(sequence: Int64, digest: String) {
        self.sequence = sequence
        self.digest = digest
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0,
            parts[1].utf8.count == 64, Hex.decode(String(parts[1])) != nil
        else { return nil }
        self.init(sequence: sequence, digest: parts[1].lowercased())
    }

    package var description: String { "\(sequence):\(digest)" }
}

package enum ChainFault: Hashable, Sendable, CustomStringConvertible {
    case altered(Int64)
    case missing(Int64)
    case added(Int64)
    /// The row that keeps the digest of these events was altered, or one of them together with its mark.
    case commitAltered(ClosedRange<Int64>)
    case commitMissing(ClosedRange<Int64>)
    /// The noted commit is not in the chain, or is another one.
    case otherHead(ChainHead)

    package var description: String {
        switch self {
        case .altered(let number): "event \(number) was altered"
        case .missing(let number): "event \(number) is missing"
        case .added(let number): "event \(number) was added by other means than an append"
        case .commitAltered(let range):
            range.count == 1
                ? "event \(range.lowerBound) or the digest of its commit was altered"
                : "one of the events \(range.lowerBound) to \(range.upperBound) or the digest of their commit was altered"
        case .commitMissing(let range):
            "the digests of the commits of events \(range.lowerBound) to \(range.upperBound) are missing"
        case .otherHead(let head):
            "the record does not hold the noted commit \(head.sequence): it was cut or written anew"
        }
    }
}
