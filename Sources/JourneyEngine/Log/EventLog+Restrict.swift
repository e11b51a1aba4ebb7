extension EventLog {
    /// A log of the selected journeys only. Columns are copied, ids are shared.
    package func restricted(to selection: JourneySelection, threads: Int = 0) -> EventLog {
        let found = eachShare(threads) { pieces in selected(pieces, selection) }
        // The parts of one segment follow each other, so each knows where it goes once all are counted.
        var shares = Array(found.joined())
        var targets: [Int: (journeys: Int, events: Int)] = [:]
        for index in shares.indices {
            let before = targets[shares[index].segment] ?? (0, 0)
            shares[index].firstJourney = before.journeys
            shares[index].firstEvent = before.events
            targets[shares[index].segment] = (
                before.journeys + shares[index].journeys, before.events + shares[index].events
            )
        }
        var columns: [Int: SelectedColumns] = [:]
        for (segment, size) in targets {
            columns[segment] = SelectedColumns(
                segments[segment], attributes, journeys: size.journeys, events: size.events)
        }
        let placed = shares
        let copies = columns
        _ = concurrently(placed.count) { index in copies[placed[index].segment]?.copy(placed[index]) }
        let kept = targets.keys.sorted().compactMap { copies[$0]?.finish() }
        guard !kept.isEmpty else {
            return EventLog(
                SegmentCopy(attributes: attributes).finish(), book: book, values: values, attributes: attributes)
        }
        return EventLog(
            segments: kept, superseded: kept.map { _ in SupersededJourneys() },
            journeyCount: kept.reduce(0) { $0 + $1.journeyCount }, eventCount: kept.reduce(0) { $0 + $1.eventCount },
            book: book, values: values, attributes: attributes)
    }

    /// The selected journeys of some pieces as runs, a part a segment.
    private func selected(_ pieces: [LogPiece], _ selection: JourneySelection) -> [SelectedShare] {
        var shares: [SelectedShare] = []
        for piece in pieces {
            if shares.last?.segment != piece.segment { shares.append(SelectedShare(segment: piece.segment)) }
            let segment = segments[piece.segment]
            let last = shares.count - 1
            let shift = piece.journeys.lowerBound - piece.firstJourney
            var number = piece.firstJourney
            let end = piece.firstJourney + piece.journeys.count
            while number < end {
                guard let first = selection.next(from: number, where: true), first < end else { break }
                number = min(selection.next(from: first, where: false) ?? end, end)
                let journeys = first + shift..<number + shift
                let low = segment.events(journeys.lowerBound).lowerBound
                let high = max(low, segment.events(journeys.upperBound - 1).upperBound)
                shares[last].runs.append(JourneyRun(journeys: journeys, events: low..<high))
                shares[last].journeys += journeys.count
                shares[last].events += high - low
            }
        }
        return shares.filter { $0.journeys > 0 }
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
