/// Events in columns, journeys in contiguous ranges. A value: nothing in it changes.
///
/// Inside a journey events are in order of time, then of position in the input. Numbers of journeys and of activities
/// hold for this value only: a log with a tail appended or restricted numbers them anew.
package struct EventLog: Sendable {
    /// Larger and older first; a journey is current in the last segment that has it.
    let segments: [LogSegment]
    let superseded: [SupersededJourneys]
    private let layout: LogLayout
    let book: ActivityBook
    let values: [ValueBook]
    package let attributes: [AttributeDeclaration]
    package let journeyCount: Int
    package let eventCount: Int

    /// The current journeys, in order of number.
    var pieces: [LogPiece] { layout.pieces }

    init(
        segments: [LogSegment], superseded: [SupersededJourneys], journeyCount: Int, eventCount: Int,
        book: ActivityBook, values: [ValueBook], attributes: [AttributeDeclaration]
    ) {
        self.segments = segments
        self.superseded = superseded
        self.journeyCount = journeyCount
        self.eventCount = eventCount
        self.book = book
        self.values = values
        self.attributes = attributes
        layout = LogLayout(segments, superseded)
    }

    init(_ segment: LogSegment, book: ActivityBook, values: [ValueBook], attributes: [AttributeDeclaration]) {
        self.init(
            segments: [segment], superseded: [SupersededJourneys()], journeyCount: segment.journeyCount,
            eventCount: segment.eventCount, book: book, values: values, attributes: attributes)
    }

    /// Names in UTF-8 order; an activity's index is its place here. May hold names no event of this log has.
    package var activityNames: [String] { book.names }

    /// The index of an activity by its exact name.
    package func activityIndex(_ name: String) -> Int? { book.code(of: name).map { Int(book.indexOfCode[$0]) } }
}
