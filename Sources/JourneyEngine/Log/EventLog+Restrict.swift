extension EventLog {
    /// A log of the selected journeys only.
    package func restricted(to selection: JourneySelection) -> EventLog {
        var copy = SegmentCopy(attributes: attributes)
        for piece in pieces {
            let segment = segments[piece.segment]
            for journey in piece.journeys
            where selection.contains(piece.firstJourney + journey - piece.journeys.lowerBound) {
                copy.append(journey, of: segment, events: segment.events(journey))
            }
        }
        return EventLog(segments: [copy.finish()], book: book, values: values, attributes: attributes)
    }

    /// A log of the events inside a window, both ends included; journeys without any are left out.
    package func restricted(toEventsIn window: ClosedRange<Int64>) -> EventLog {
        var copy = SegmentCopy(attributes: attributes)
        for piece in pieces {
            let segment = segments[piece.segment]
            for journey in piece.journeys {
                let events = segment.events(journey)
                var low = events.lowerBound
                while low < events.upperBound, segment.times[low] < window.lowerBound { low += 1 }
                var high = low
                while high < events.upperBound, segment.times[high] <= window.upperBound { high += 1 }
                if high > low { copy.append(journey, of: segment, events: low..<high) }
            }
        }
        return EventLog(segments: [copy.finish()], book: book, values: values, attributes: attributes)
    }
}

/// A segment being made of journeys of others that share its dictionaries.
struct SegmentCopy: ~Copyable {
    private var ids = TextTableBuilder()
    private var offsets = GrowingColumn<UInt32>()
    private var times = GrowingColumn<Int64>()
    private var activities = GrowingCodes()
    private var attributes: [AttributeCopy]

    final class AttributeCopy {
        let level: AttributeDeclaration.Level
        var codes = GrowingCodes()
        var isEmpty = true
        init(_ level: AttributeDeclaration.Level) { self.level = level }

        func take() -> CodeColumn? {
            if isEmpty { return nil }
            var taken = GrowingCodes(capacity: 16)
            swap(&taken, &codes)
            return taken.freeze()
        }
    }

    init(attributes: [AttributeDeclaration]) {
        self.attributes = attributes.map { AttributeCopy($0.level) }
        offsets.append(0)
    }

    /// Adds a journey with some of its events.
    mutating func append(_ journey: Int, of segment: LogSegment, events: Range<Int>) {
        _ = ids.code(segment.ids.withBytes(journey))
        times.append(contentsOf: segment.times.start + events.lowerBound, count: events.count)
        activities.append(contentsOf: segment.activities, events)
        offsets.append(UInt32(truncatingIfNeeded: times.count))
        for (copy, column) in zip(attributes, segment.attributes) {
            let isEvent = copy.level == .event
            if let column {
                copy.isEmpty = false
                copy.codes.append(contentsOf: column, isEvent ? events : journey..<journey + 1)
            } else {
                copy.codes.pad(to: copy.codes.count + (isEvent ? events.count : 1))
            }
        }
    }

    consuming func finish() -> LogSegment {
        let columns = attributes.map { $0.take() }
        return LogSegment(
            offsets: offsets.freeze(), times: times.freeze(), activities: activities.freeze(), ids: ids.freeze(),
            attributes: columns)
    }
}
