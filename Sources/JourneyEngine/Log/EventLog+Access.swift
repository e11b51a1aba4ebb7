/// Reads of single journeys and events: a timeline, a page, a test. Each is a search for the place in the columns, so
/// loops over the log belong in a kernel.
extension EventLog {
    /// The piece a journey is in, and its place in the segment. Numbers outside the log give the nearest journey.
    func place(ofJourney journey: Int) -> (segment: LogSegment, journey: Int, piece: LogPiece)? {
        let pieces = pieces
        guard !pieces.isEmpty, journey >= 0, journey < journeyCount else { return nil }
        let piece = pieces[lastIndex(of: pieces) { $0.firstJourney <= journey }]
        return (segments[piece.segment], piece.journeys.lowerBound + journey - piece.firstJourney, piece)
    }

    func place(ofEvent event: Int) -> (segment: LogSegment, event: Int)? {
        let pieces = pieces
        guard !pieces.isEmpty, event >= 0, event < eventCount else { return nil }
        let piece = pieces[lastIndex(of: pieces) { $0.firstEvent <= event }]
        let segment = segments[piece.segment]
        return (segment, segment.events(piece.journeys.lowerBound).lowerBound + event - piece.firstEvent)
    }

    private func lastIndex(of pieces: [LogPiece], where holds: (LogPiece) -> Bool) -> Int {
        var low = 0
        var high = pieces.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(pieces[middle]) { low = middle } else { high = middle }
        }
        return low
    }

    /// The id of a journey, "" outside `0 ..< journeyCount`.
    package func journeyID(_ journey: Int) -> String {
        guard let place = place(ofJourney: journey) else { return "" }
        return place.segment.ids[place.journey]
    }

    /// The number of the journey with this id.
    package func journeyIndex(ofID id: String) -> Int? {
        for (number, segment) in segments.enumerated().reversed() {
            guard let local = segment.ids.index(of: id) else { continue }
            for piece in pieces where piece.segment == number && piece.journeys.contains(local) {
                return piece.firstJourney + local - piece.journeys.lowerBound
            }
        }
        return nil
    }

    /// The numbers of journeys by their ids, -1 where the log has none. Quickest for ids that come in about the order
    /// of the log, where the next journey is mostly the one looked for.
    package func journeyNumbers(of ids: ArraySlice<String>) -> [Int32] {
        let tables = segments.map(\.ids)
        let pieces = pieces
        var numbers: [Int32] = []
        numbers.reserveCapacity(ids.count)
        var at: (piece: Int, local: Int)?
        for var id in ids {
            let found = id.withUTF8 { bytes -> Int? in
                if let next = at, next.local < pieces[next.piece].journeys.upperBound,
                    sameBytes(tables[pieces[next.piece].segment].withBytes(next.local), bytes)
                {
                    at = (next.piece, next.local + 1)
                    return pieces[next.piece].firstJourney + next.local - pieces[next.piece].journeys.lowerBound
                }
                for segment in tables.indices.reversed() {
                    guard let local = tables[segment].index(of: bytes),
                        let piece = pieces.firstIndex(where: {
                            $0.segment == segment && $0.journeys.contains(local)
                        })
                    else { continue }
                    at = (piece, local + 1)
                    return pieces[piece].firstJourney + local - pieces[piece].journeys.lowerBound
                }
                return nil
            }
            numbers.append(Int32(clamping: found ?? -1))
        }
        return numbers
    }

    /// The log's numbers of a journey's events, empty outside `0 ..< journeyCount`.
    package func events(of journey: Int) -> Range<Int> {
        guard let (segment, local, piece) = place(ofJourney: journey) else { return 0..<0 }
        let events = segment.events(local)
        let start = piece.firstEvent + events.lowerBound - segment.events(piece.journeys.lowerBound).lowerBound
        return start..<start + events.count
    }

    /// The index of an event's activity in ``activityNames``, -1 outside the log.
    package func activity(at event: Int) -> Int {
        guard let (segment, local) = place(ofEvent: event) else { return -1 }
        let code = segment.activities[local]
        return code < book.indexOfCode.count ? Int(book.indexOfCode[code]) : -1
    }

    /// Microseconds since 1970 UTC, 0 outside the log.
    package func time(at event: Int) -> Int64 {
        guard let (segment, local) = place(ofEvent: event) else { return 0 }
        return segment.times[local]
    }

    /// The texts of an attribute by code - 1.
    package func attributeValues(_ attribute: Int) -> [String] {
        guard values.indices.contains(attribute) else { return [] }
        return values[attribute].texts.texts()
    }

    /// The code of a text of an attribute, nil when no event or journey ever had it.
    package func attributeCode(_ attribute: Int, of text: String) -> Int? {
        values.indices.contains(attribute) ? values[attribute].code(of: text) : nil
    }

    /// The text of a code, nil for 0 (absent) and for codes never given.
    package func attributeText(_ attribute: Int, code: Int) -> String? {
        guard values.indices.contains(attribute), code >= 1, code <= values[attribute].count else { return nil }
        return values[attribute][code]
    }

    /// The index of a declared attribute.
    package func attributeIndex(_ name: String, level: AttributeDeclaration.Level) -> Int? {
        attributes.firstIndex { $0.level == level && sameText($0.name, name) }
    }

    /// The code of a journey-level attribute; 0 when absent.
    package func attributeCode(_ attribute: Int, journey: Int) -> Int {
        guard attributes.indices.contains(attribute), attributes[attribute].level == .journey,
            let (segment, local, _) = place(ofJourney: journey), let column = segment.attributes[attribute]
        else { return 0 }
        return column[local]
    }

    /// The code of an event-level attribute; 0 when absent.
    package func attributeCode(_ attribute: Int, event: Int) -> Int {
        guard attributes.indices.contains(attribute), attributes[attribute].level == .event,
            let (segment, local) = place(ofEvent: event), let column = segment.attributes[attribute]
        else { return 0 }
        return column[local]
    }
}
