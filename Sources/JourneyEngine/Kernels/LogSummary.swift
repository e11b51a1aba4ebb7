/// What a log holds, in a few numbers.
package struct LogSummary: Sendable, Hashable {
    package var journeys = 0
    package var events = 0
    /// Microseconds since 1970 UTC; nil without events.
    package var firstTime: Int64?
    package var lastTime: Int64?
    /// Events of the shortest and the longest journey; 0 without journeys.
    package var shortest = 0
    package var longest = 0
    /// The activities that occur, in UTF-8 order, and how often.
    package var activityNames: [String] = []
    package var activityCounts: [Int] = []
    package var startCounts: [Int] = []
    package var endCounts: [Int] = []
    /// Distinct flows cannot be merged from numbers alone; take them from ``DirectlyFollows``.
    package var directlyFollows: Int { events - journeys }
    package var meanLength: Double? { journeys > 0 ? Double(events) / Double(journeys) : nil }

    package init() {}

    package mutating func merge(_ other: LogSummary) {
        let union = NameUnion(activityNames, other.activityNames)
        activityNames = union.names
        activityCounts = union.add(activityCounts, other.activityCounts)
        startCounts = union.add(startCounts, other.startCounts)
        endCounts = union.add(endCounts, other.endCounts)
        if other.journeys > 0 {
            shortest = journeys > 0 ? min(shortest, other.shortest) : other.shortest
            longest = max(longest, other.longest)
        }
        firstTime = [firstTime, other.firstTime].compactMap(\.self).min()
        lastTime = [lastTime, other.lastTime].compactMap(\.self).max()
        journeys += other.journeys
        events += other.events
    }
}

/// Activities that begin and end journeys.
package struct StartEnd: Sendable, Hashable {
    package var activityNames: [String] = []
    /// Journeys that begin with the activity, by activity.
    package var starts: [Int] = []
    package var ends: [Int] = []

    package init() {}

    package mutating func merge(_ other: StartEnd) {
        let union = NameUnion(activityNames, other.activityNames)
        activityNames = union.names
        starts = union.add(starts, other.starts)
        ends = union.add(ends, other.ends)
    }
}

extension EventLog {
    package func summary(threads: Int = 0) -> LogSummary {
        let map = directlyFollows(threads: threads)
        var summary = LogSummary()
        summary.journeys = journeyCount
        summary.events = eventCount
        summary.activityNames = map.activityNames
        summary.activityCounts = map.activityCounts
        summary.startCounts = map.startCounts
        summary.endCounts = map.endCounts
        let parts = eachShare(threads) { pieces in
            var first = Int64.max
            var last = Int64.min
            var shortest = Int.max
            var longest = 0
            for piece in pieces {
                let segment = segments[piece.segment]
                for journey in piece.journeys {
                    let events = segment.events(journey)
                    shortest = min(shortest, events.count)
                    longest = max(longest, events.count)
                    guard !events.isEmpty else { continue }
                    first = min(first, segment.times[events.lowerBound])
                    last = max(last, segment.times[events.upperBound - 1])
                }
            }
            return (first, last, shortest, longest)
        }
        guard eventCount > 0 else { return summary }
        summary.firstTime = parts.map(\.0).min()
        summary.lastTime = parts.map(\.1).max()
        summary.shortest = parts.map(\.2).min() ?? 0
        summary.longest = parts.map(\.3).max() ?? 0
        return summary
    }

    package func startEnd(threads: Int = 0) -> StartEnd {
        let map = directlyFollows(threads: threads)
        var result = StartEnd()
        for (index, name) in map.activityNames.enumerated() where map.startCounts[index] + map.endCounts[index] > 0 {
            result.activityNames.append(name)
            result.starts.append(map.startCounts[index])
            result.ends.append(map.endCounts[index])
        }
        return result
    }
}
