extension EventLog {
    /// Journeys below which another thread costs more than it saves.
    private static var grain: Int { 16_384 }

    /// The current journeys cut into about equal runs of events, one a thread. Cuts fall on multiples of 64 journeys,
    /// so that no two threads write the same word of a selection. `threads` 0 means the machine's cores, fewer for a
    /// small log.
    func shares(_ threads: Int) -> [[LogPiece]] {
        let wanted = threads > 0 ? threads : min(coreCount, max(1, eventCount / Self.grain))
        guard wanted > 1, journeyCount > 64 else { return [pieces] }
        var shares: [[LogPiece]] = []
        var share: [LogPiece] = []
        var cut = 1
        for piece in pieces {
            var piece = piece
            while cut < wanted {
                let target = eventCount / wanted * cut
                let segment = segments[piece.segment]
                let base = piece.firstEvent - segment.events(piece.journeys.lowerBound).lowerBound
                if base + segment.events(piece.journeys.upperBound - 1).upperBound <= target { break }
                var low = piece.journeys.lowerBound
                var high = piece.journeys.upperBound
                while low < high {
                    let middle = (low + high) / 2
                    if base + segment.events(middle).lowerBound < target { low = middle + 1 } else { high = middle }
                }
                // Up to the next multiple of 64, in the log's numbers.
                let number = (piece.firstJourney + low - piece.journeys.lowerBound + 63) & ~63
                let at = min(piece.journeys.lowerBound + number - piece.firstJourney, piece.journeys.upperBound)
                if at >= piece.journeys.upperBound { break }
                if at > piece.journeys.lowerBound {
                    var head = piece
                    head.journeys = piece.journeys.lowerBound..<at
                    share.append(head)
                    piece.firstEvent = base + segment.events(at).lowerBound
                    piece.firstJourney += at - piece.journeys.lowerBound
                    piece.journeys = at..<piece.journeys.upperBound
                }
                if !share.isEmpty { shares.append(share) }
                share = []
                cut += 1
            }
            share.append(piece)
        }
        if !share.isEmpty { shares.append(share) }
        return shares
    }

    /// Runs `body` on every share of the current journeys, each on its own thread.
    func eachShare<Result>(_ threads: Int, _ body: ([LogPiece]) -> Result) -> [Result] {
        let shares = shares(threads)
        return concurrently(shares.count) { body(shares[$0]) }
    }
}
