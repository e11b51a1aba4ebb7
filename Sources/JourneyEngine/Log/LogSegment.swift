/// One set of columns: journeys in contiguous ranges, each in order of time, then of input.
struct LogSegment: Sendable {
    /// `journeyCount + 1` positions; journey `j` has the events `offsets[j] ..< offsets[j + 1]`.
    let offsets: Column<UInt32>
    let times: Column<Int64>
    let activities: CodeColumn
    let ids: JourneyIDs
    /// By attribute; nil when the segment has no value of it. Event level: a code an event; journey level: a code a
    /// journey.
    let attributes: [CodeColumn?]

    var journeyCount: Int { max(0, offsets.count - 1) }
    var eventCount: Int { times.count }

    /// The events of a journey. Bounds are checked, so that a damaged file gives a wrong range, never a wild one.
    @inline(__always)
    func events(_ journey: Int) -> Range<Int> {
        let limit = times.count
        let low = min(Int(offsets[journey]), limit)
        return low..<min(max(Int(offsets[journey + 1]), low), limit)
    }
}

/// A run of journeys of one segment that are current: not replaced by a later segment.
struct LogPiece: Sendable {
    var segment: Int
    /// Journeys inside the segment.
    var journeys: Range<Int>
    /// The log's number of the first of them.
    var firstJourney: Int
    /// The log's number of their first event.
    var firstEvent: Int
}
