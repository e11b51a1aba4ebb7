extension EventLog {
    /// Pairs of neighbouring events of a journey with the same time. Where there are many, their order is the order of
    /// the file, and answers about what followed what lean on it.
    package func equalNeighbours(threads: Int = 0) -> Int {
        eachShare(threads) { pieces in
            var count = 0
            for piece in pieces {
                let segment = segments[piece.segment]
                for journey in piece.journeys {
                    let events = segment.events(journey)
                    guard var previous = events.first.map({ segment.times[$0] }) else { continue }
                    for event in events.dropFirst() {
                        let time = segment.times[event]
                        if time == previous { count += 1 }
                        previous = time
                    }
                }
            }
            return count
        }.reduce(0, +)
    }
}
