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
        return EventLog(copy.finish(), book: book, values: values, attributes: attributes)
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
        return EventLog(copy.finish(), book: book, values: values, attributes: attributes)
    }
}
