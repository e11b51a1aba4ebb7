/// How long each of a set of journeys took: the mergeable form of ``Distribution``, which needs every value.
package struct TimeSample: Sendable, Hashable {
    /// Microseconds, ascending once two samples were merged, else in the log's order.
    package private(set) var values: [Int64]

    package init(_ values: [Int64]) { self.values = values }

    package mutating func merge(_ other: TimeSample) { values += other.values }

    /// Levels are percents.
    package func distribution(levels: [Double] = EventLog.percentileLevels, threads: Int = 1) -> Distribution {
        values.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Distribution() }
            return Distribution(start, count: buffer.count, levels: levels, threads: threads > 0 ? threads : coreCount)
        }
    }

    package static func == (left: TimeSample, right: TimeSample) -> Bool {
        left.values.sorted() == right.values.sorted()
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(values.sorted()) }
}

extension EventLog {
    package static let percentileLevels: [Double] = [0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100]

    /// The time from the first to the last event of every journey, or of those selected. With a calendar, the working
    /// time between the two.
    package func durationSample(
        within selection: JourneySelection? = nil, calendar: WorkingHours? = nil, threads: Int = 0
    ) -> TimeSample {
        if let selection, selection.count < journeyCount / 4 { return durationSample(ofFew: selection, calendar) }
        let all = [Int64](unsafeUninitializedCapacity: journeyCount) { buffer, count in
            let out = OutputPointer(buffer.baseAddress)
            _ = eachShare(threads) { pieces in
                guard let start = out.start else { return }
                for piece in pieces {
                    let segment = segments[piece.segment]
                    var number = piece.firstJourney
                    for journey in piece.journeys {
                        start[number] = segment.duration(journey, calendar)
                        number += 1
                    }
                }
            }
            count = journeyCount
        }
        guard let selection else { return TimeSample(all) }
        var chosen: [Int64] = []
        chosen.reserveCapacity(selection.count)
        selection.forEach { if $0 < all.count { chosen.append(all[$0]) } }
        return TimeSample(chosen)
    }

    /// The same, looking at no other journeys.
    private func durationSample(ofFew selection: JourneySelection, _ calendar: WorkingHours?) -> TimeSample {
        var chosen: [Int64] = []
        chosen.reserveCapacity(selection.count)
        for piece in pieces {
            let segment = segments[piece.segment]
            var number = selection.next(from: piece.firstJourney, where: true)
            while let found = number, found < piece.firstJourney + piece.journeys.count {
                chosen.append(segment.duration(piece.journeys.lowerBound + found - piece.firstJourney, calendar))
                number = selection.next(from: found + 1, where: true)
            }
        }
        return TimeSample(chosen)
    }

    /// Figures of the journeys' durations; see ``durationSample(within:calendar:threads:)`` for the form that merges.
    package func durations(
        within selection: JourneySelection? = nil, calendar: WorkingHours? = nil,
        levels: [Double] = EventLog.percentileLevels, threads: Int = 0
    ) -> Distribution {
        durationSample(within: selection, calendar: calendar, threads: threads).distribution(
            levels: levels, threads: threads)
    }
}

/// Memory several threads write, each its own part.
struct OutputPointer<Element>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>?
    init(_ start: UnsafeMutablePointer<Element>?) { self.start = start }
}

extension LogSegment {
    /// From the first to the last event of a journey, microseconds.
    @inline(__always)
    fileprivate func duration(_ journey: Int, _ calendar: WorkingHours?) -> Int64 {
        let events = events(journey)
        guard !events.isEmpty else { return 0 }
        let first = times[events.lowerBound]
        let last = times[events.upperBound - 1]
        return calendar?.workingTime(from: first, to: last) ?? max(0, last &- first)
    }
}
