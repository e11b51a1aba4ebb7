/// How much of the journeys' time was spent in work close together, and how much in waiting.
///
/// A log of completed steps does not say when work on a step began. What it can say: gaps between neighbouring events
/// up to an idle cut are taken for work in one sitting, longer ones for waiting. The two usual cuts, 5 and 30 minutes,
/// bracket the answer; neither sees work between events that lie further apart (METHODS, “measured”).
package struct TouchTime: Sendable, Hashable {
    package var journeys = 0
    /// Microseconds, summed over journeys.
    package var elapsed: Int128 = 0
    package var touchWithin5Minutes: Int128 = 0
    package var touchWithin30Minutes: Int128 = 0

    package init() {}

    package mutating func merge(_ other: TouchTime) {
        journeys += other.journeys
        elapsed += other.elapsed
        touchWithin5Minutes += other.touchWithin5Minutes
        touchWithin30Minutes += other.touchWithin30Minutes
    }

    /// Mean seconds a journey; nil without journeys.
    package func mean(_ sum: Int128) -> Double? { journeys > 0 ? Double(sum) / Double(journeys) / 1_000_000 : nil }
}

extension EventLog {
    package func touchTime(within selection: JourneySelection? = nil, threads: Int = 0) -> TouchTime {
        let fiveMinutes: Int64 = 300_000_000
        let thirtyMinutes: Int64 = 1_800_000_000
        let parts = eachShare(threads) { pieces in
            var sum = TouchTime()
            for piece in pieces {
                let segment = segments[piece.segment]
                var number = piece.firstJourney
                for journey in piece.journeys {
                    defer { number += 1 }
                    if let selection, !selection.contains(number) { continue }
                    let events = segment.events(journey)
                    sum.journeys += 1
                    guard var previous = events.first.map({ segment.times[$0] }) else { continue }
                    var elapsed: Int64 = 0
                    var five: Int64 = 0
                    var thirty: Int64 = 0
                    for event in events.dropFirst() {
                        let time = segment.times[event]
                        let gap = max(0, time &- previous)
                        elapsed &+= gap
                        if gap <= thirtyMinutes { thirty &+= gap }
                        if gap <= fiveMinutes { five &+= gap }
                        previous = time
                    }
                    sum.elapsed += Int128(elapsed)
                    sum.touchWithin5Minutes += Int128(five)
                    sum.touchWithin30Minutes += Int128(thirty)
                }
            }
            return sum
        }
        var total = TouchTime()
        for part in parts { total.merge(part) }
        return total
    }
}
