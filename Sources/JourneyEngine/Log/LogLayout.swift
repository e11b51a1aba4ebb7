import Synchronization

/// Which journeys of each segment are current, and in which order the log numbers them.
///
/// The runs of current journeys are worked out when first asked for, so that appending does not pay for what was
/// appended before.
final class LogLayout: Sendable {
    private let counts: [Int]
    private let superseded: [SupersededJourneys]
    private let segments: [LogSegment]
    private let cached = Mutex<[LogPiece]?>(nil)
    /// Known at once for a log of one segment, which is read without a lock.
    private let simple: [LogPiece]?

    init(_ segments: [LogSegment], _ superseded: [SupersededJourneys]) {
        self.segments = segments
        self.superseded = superseded
        counts = segments.map(\.journeyCount)
        if segments.count == 1, superseded.allSatisfy({ $0.count == 0 }) {
            let journeys = segments[0].journeyCount
            simple = journeys > 0 ? [LogPiece(segment: 0, journeys: 0..<journeys, firstJourney: 0, firstEvent: 0)] : []
        } else {
            simple = nil
        }
    }

    var pieces: [LogPiece] {
        if let simple { return simple }
        return cached.withLock { cached in
            if let cached { return cached }
            let pieces = makePieces()
            cached = pieces
            return pieces
        }
    }

    private func makePieces() -> [LogPiece] {
        var pieces: [LogPiece] = []
        var journeys = 0
        var events = 0
        for (index, segment) in segments.enumerated() {
            var next = 0
            func close(at end: Int) {
                guard end > next else { return }
                pieces.append(
                    LogPiece(segment: index, journeys: next..<end, firstJourney: journeys, firstEvent: events))
                journeys += end - next
                events += segment.events(end - 1).upperBound - segment.events(next).lowerBound
            }
            for gone in superseded[index].sorted() {
                close(at: Int(gone))
                next = Int(gone) + 1
            }
            close(at: counts[index])
        }
        return pieces
    }
}

/// Journeys of a segment that a later segment holds anew, in lists that are joined as they grow: adding k costs in
/// proportion to k over time.
struct SupersededJourneys: Sendable {
    private var lists: [[UInt32]] = []
    private(set) var count = 0

    /// Adds journeys not added before.
    mutating func add(_ journeys: [UInt32]) {
        guard !journeys.isEmpty else { return }
        count += journeys.count
        lists.append(journeys)
        while lists.count > 1, lists[lists.count - 1].count * 2 >= lists[lists.count - 2].count {
            let last = lists.removeLast()
            lists[lists.count - 1] += last
        }
    }

    func sorted() -> [UInt32] { lists.flatMap(\.self).sorted() }
}
