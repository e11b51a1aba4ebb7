/// Counts by stretch of time, between borders the caller gives: days, weeks or months of any time zone.
package struct TimeBuckets: Sendable, Hashable {
    /// Ascending; bucket `i` is `borders[i] ..< borders[i + 1]`.
    package let borders: [Int64]
    package private(set) var counts: [Int]
    /// Counted before the first border, and at or after the last.
    package private(set) var before = 0
    package private(set) var after = 0

    /// Borders in any order; equal ones are joined.
    package init(borders: [Int64]) {
        var distinct: [Int64] = []
        for border in borders.sorted() where distinct.last != border { distinct.append(border) }
        self.borders = distinct
        counts = [Int](repeating: 0, count: max(0, distinct.count - 1))
    }

    /// Adds the counts of another part of the log. False, and nothing added, when its borders are others.
    package mutating func merge(_ other: TimeBuckets) -> Bool {
        guard borders == other.borders else { return false }
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        before += other.before
        after += other.after
        return true
    }

    /// Counts a moment; `last` is where the one before fell, which the next one often does too.
    @inline(__always)
    mutating func add(_ time: Int64, last: inout Int) {
        guard borders.count > 1, time >= borders[0] else {
            before += 1
            return
        }
        guard time < borders[borders.count - 1] else {
            after += 1
            return
        }
        if !(borders[last] <= time && time < borders[last + 1]) {
            var low = 0
            var high = borders.count - 1
            while high - low > 1 {
                let middle = (low + high) / 2
                if borders[middle] <= time { low = middle } else { high = middle }
            }
            last = low
        }
        counts[last] += 1
    }
}

/// What is counted over time.
package enum TimelineMoment: Sendable, Hashable, CaseIterable {
    /// The first event of each journey, its last, or every event.
    case starts, ends, events
}

extension EventLog {
    /// How many journeys began or ended, or events happened, in each bucket.
    package func timeline(
        _ moment: TimelineMoment, borders: [Int64], within selection: JourneySelection? = nil, threads: Int = 0
    ) -> TimeBuckets {
        let empty = TimeBuckets(borders: borders)
        let parts = eachShare(threads) { pieces in
            var buckets = empty
            var last = 0
            for piece in pieces {
                let segment = segments[piece.segment]
                var number = piece.firstJourney
                for journey in piece.journeys {
                    defer { number += 1 }
                    if let selection, !selection.contains(number) { continue }
                    let events = segment.events(journey)
                    guard !events.isEmpty else { continue }
                    switch moment {
                    case .starts: buckets.add(segment.times[events.lowerBound], last: &last)
                    case .ends: buckets.add(segment.times[events.upperBound - 1], last: &last)
                    case .events: for event in events { buckets.add(segment.times[event], last: &last) }
                    }
                }
            }
            return buckets
        }
        var total = empty
        for part in parts { _ = total.merge(part) }
        return total
    }
}
