/// Events in columns, journeys in contiguous ranges. A value: nothing in it changes.
///
/// Inside a journey events are in order of time, then of position in the input. Numbers of journeys and of activities hold for
/// this value only: a log with a tail appended or restricted numbers them anew.
package struct EventLog: Sendable {
    let segments: [LogSegment]
    /// The current journeys, in order of number.
    let pieces: [LogPiece]
    let book: ActivityBook
    let values: [ValueBook]
    package let attributes: [AttributeDeclaration]
    package let journeyCount: Int
    package let eventCount: Int

    init(
        segments: [LogSegment], superseded: [[UInt32]]? = nil, book: ActivityBook, values: [ValueBook],
        attributes: [AttributeDeclaration]
    ) {
        self.segments = segments
        self.book = book
        self.values = values
        self.attributes = attributes
        var pieces: [LogPiece] = []
        var journeys = 0
        var events = 0
        for (index, segment) in segments.enumerated() {
            var next = 0
            func close(at end: Int) {
                guard end > next else { return }
                pieces.append(
                    LogPiece(segment: index, journeys: next..<end, firstJourney: journeys, firstEvent: events))
                journeys += end - next
                events += segment.events(end - 1).upperBound - segment.events(next).lowerBound
            }
            for gone in superseded?[index] ?? [] {
                close(at: Int(gone))
                next = Int(gone) + 1
            }
            close(at: segment.journeyCount)
        }
        self.pieces = pieces
        journeyCount = journeys
        eventCount = events
    }

    /// Names in UTF-8 order; an activity's index is its place here. May hold names no event of this log has.
    package var activityNames: [String] { book.names }

    /// The index of an activity by its exact name.
    package func activityIndex(_ name: String) -> Int? { book.code(of: name).map { Int(book.indexOfCode[$0]) } }
}
