/// How much of each journey's time was spent in work close together, and how much in waiting.
///
/// A log of completed steps does not say when work on a step began. What it can say: gaps between neighbouring events
/// up to an idle cut are taken for work in one sitting, longer ones for waiting. The cut is part of the answer; show
/// it, or show two (5 and 30 minutes are usual). Work between events that lie further apart is not seen.
package struct TouchTime: Sendable, Hashable {
    /// One value a journey.
    package var touch: TimeSample
    package var waiting: TimeSample

    package mutating func merge(_ other: TouchTime) {
        touch.merge(other.touch)
        waiting.merge(other.waiting)
    }
}

extension EventLog {
    /// - Parameter idleCut: the longest gap taken for work, microseconds; 30 minutes unless told.
    package func touchTime(
        within selection: JourneySelection? = nil, idleCut: Int64 = 1_800_000_000, threads: Int = 0
    ) -> TouchTime {
        let parts = eachShare(threads) { pieces in
            var touch: [Int64] = []
            var waiting: [Int64] = []
            let expected = pieces.reduce(0) { $0 + $1.journeys.count }
            touch.reserveCapacity(expected)
            waiting.reserveCapacity(expected)
            for piece in pieces {
                let segment = segments[piece.segment]
                var number = piece.firstJourney
                for journey in piece.journeys {
                    defer { number += 1 }
                    if let selection, !selection.contains(number) { continue }
                    let events = segment.events(journey)
                    var short: Int64 = 0
                    var long: Int64 = 0
                    if var previous = events.first.map({ segment.times[$0] }) {
                        for event in events.dropFirst() {
                            let time = segment.times[event]
                            let gap = max(0, time &- previous)
                            if gap <= idleCut { short &+= gap } else { long &+= gap }
                            previous = time
                        }
                    }
                    touch.append(short)
                    waiting.append(long)
                }
            }
            return (touch, waiting)
        }
        if parts.count == 1 { return TouchTime(touch: TimeSample(parts[0].0), waiting: TimeSample(parts[0].1)) }
        return TouchTime(
            touch: TimeSample(parts.flatMap(\.0)), waiting: TimeSample(parts.flatMap(\.1)))
    }
}
