/// A question about one journey that is answered yes or no. Combine answers with ``JourneySelection/and(_:)``,
/// ``JourneySelection/or(_:)`` and ``JourneySelection/not()``.
///
/// Activities are indices into ``EventLog/activityNames`` of the log asked; times and lengths of time are microseconds,
/// both ends included.
package enum JourneyCriterion: Sendable {
    /// First and last event inside the window.
    case contained(in: ClosedRange<Int64>)
    /// Some moment between first and last event inside the window.
    case intersecting(ClosedRange<Int64>)
    /// At least one event inside the window.
    case hasEvent(in: ClosedRange<Int64>)
    /// First event inside the window; last event inside it.
    case started(in: ClosedRange<Int64>)
    case ended(in: ClosedRange<Int64>)
    case startsWith(Set<Int>)
    case endsWith(Set<Int>)
    /// At least one event of any of these activities.
    case passesThrough(Set<Int>)
    /// Time from first to last event.
    case duration(ClosedRange<Int64>)
    /// Number of events.
    case length(ClosedRange<Int>)
    /// Number of events of an activity.
    case occurrences(of: Int, ClosedRange<Int>)
    /// An event of the second activity straight after one of the first, in a time within the range.
    case directlyFollows(from: Int, to: Int, within: ClosedRange<Int64>?)
    /// An event of the second activity at some place after one of the first, in a time within the range.
    case eventuallyFollows(from: Int, to: Int, within: ClosedRange<Int64>?)
    /// A journey attribute with one of these codes, or any event with one of them; 0 asks for "absent" (at event level:
    /// an event without a value).
    case attribute(Int, codes: Set<Int>)
}
