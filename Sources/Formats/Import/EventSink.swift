/// The type a value has in its file; text where the format has no types.
enum ValueKind: UInt8, Sendable {
    case text, time, integer, number, boolean
}

/// What an attribute is to the record.
enum AttributeSlot: UInt8, Sendable {
    case plain, resource, lifecycle, recorded
}

/// Where a parser puts what it finds. Two exist: columns for the engine, values for the record. Parsers are generic over
/// the sink, so that each is compiled for each and nothing is called through a table per row.
///
/// Order of calls: `openJourney`, then in any order `nameJourney`, `setJourney` and events; an event is its `setEvent`s
/// followed by `endEvent`, or `dropEvent` if it turned out bad; `closeJourney`. A table names the journey for each row.
protocol EventSink: ~Copyable {
    /// The number under which values of this attribute are given; the same for the same name and level.
    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, journey: Bool, slot: AttributeSlot) -> Int
    mutating func openJourney()
    mutating func nameJourney(_ id: UnsafeBufferPointer<UInt8>)
    mutating func setJourney(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind)
    mutating func setEvent(_ attribute: Int, _ value: UnsafeBufferPointer<UInt8>, _ kind: ValueKind)
    mutating func endEvent(activity: UnsafeBufferPointer<UInt8>, time: Int64, line: Int)
    mutating func dropEvent(_ rejected: RejectedRow)
    /// Whether the journey had a name; events of one that had none are given `fallback`.
    mutating func closeJourney(fallback: UnsafeBufferPointer<UInt8>)
    /// Whether the sink wants the parser to pause at the next event's end.
    var isFull: Bool { get }
    /// Whether the line of each event matters to it.
    static var wantsLines: Bool { get }
}
