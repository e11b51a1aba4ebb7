/// Which journeys to look at, as people write it after `--where` and in addresses.
///
///     filter     = and-part { "or" and-part }
///     and-part   = not-part { "and" not-part }
///     not-part   = "not" not-part | "(" filter ")" | condition
///     condition  = "contained" "in" window          all its events inside
///                | "intersecting" window            its span touches the window
///                | "events" "in" window             at least one event inside
///                | "started" "in" window | "ended" "in" window
///                | "variant" "top" n                on one of the n commonest paths
///                | "variant" "rank" n [".." n]
///                | "starts" "with" name | "ends" "with" name
///                | "passes" ["through"] name
///                | "follows" "(" name "," name ")" ["within" time]
///                | "directly" "follows" "(" name "," name ")" ["within" time]
///                | "duration" bound-of-time | "length" bound-of-number
///                | ["attribute"] name ("=" | "!=") value | name ["not"] "in" "(" value {"," value} ")" | name "exists"
///     bound      = ("<" | "<=" | ">" | ">=" | "=") x | x ".." x       both ends included
///     window     = moment ".." moment                                 days are whole days, UTC
///     moment     = 2026-04-14 | 2026-04-14T09:00:00-05:00
///     time       = number unit, unit one of ms s min h d w
///
/// Names and values stand bare when they are one word without signs, else in double quotes (`\"` inside). Keywords in
/// any case. A journey attribute may be written `case:name`; an event attribute holds when any event has the value.
/// `!=` and `not in` need the attribute present.
package indirect enum JourneyFilter: Sendable, Hashable {
    case and(JourneyFilter, JourneyFilter)
    case or(JourneyFilter, JourneyFilter)
    case not(JourneyFilter)
    case contained(ClosedRange<Int64>)
    case intersecting(ClosedRange<Int64>)
    case eventIn(ClosedRange<Int64>)
    case startedIn(ClosedRange<Int64>)
    case endedIn(ClosedRange<Int64>)
    /// Ranks from 1, both included.
    case variantRank(ClosedRange<Int>)
    case startsWith(Name)
    case endsWith(Name)
    case passes(Name)
    /// Microseconds.
    case follows(Name, Name, isDirect: Bool, within: Int64?)
    case duration(Bound<Int64>)
    case length(Bound<Int64>)
    case attribute(Name, values: [String], isNegated: Bool)
    case exists(Name)

    /// A name and where it stands in the text, so that an unknown one can be pointed at.
    package struct Name: Sendable, Hashable {
        package var text: String
        package var offset: Int
        package var length: Int
    }

    /// Both ends included; nil is open.
    package struct Bound<Value: Comparable & Hashable & Sendable>: Sendable, Hashable {
        package var lower: Value?
        package var upper: Value?

        package func contains(_ value: Value) -> Bool {
            (lower.map { value >= $0 } ?? true) && (upper.map { value <= $0 } ?? true)
        }
    }

    /// - Throws: `FilterError`.
    package init(_ text: String) throws {
        var parser = try FilterParser(text)
        self = try parser.parse()
    }
}
