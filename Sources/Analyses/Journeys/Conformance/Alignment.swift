/// How one path and a net are made to agree, at the least cost: 1 for every event the net cannot explain and for
/// every visible step the journey left out, 0 for steps that match and for silent ones (Adriansyah 2014).
package struct Alignment: Sendable, Hashable {
    package enum Move: Sendable, Hashable {
        /// The event and the net agree.
        case synchronous(String)
        /// An event with no place in the net: extra, or out of order.
        case log(String)
        /// A visible step the journey skipped.
        case model(String)
    }

    /// Deviations of the moves shown. Exact when `isExact`, else an upper bound.
    package var cost: Int
    /// Nothing cheaper than this exists; equals `cost` when the search ended.
    package var lowerBound: Int
    package var moves: [Move]
    /// Events whose activity no transition of the net bears; each costs 1 in every alignment.
    package var unmatchedEvents: Int
    package var statesExpanded: Int

    package var isExact: Bool { cost == lowerBound }
}

/// How much work one alignment may take. The state limit gives the same answer on every machine; a time limit doesn't.
package struct AlignmentBudget: Sendable, Hashable {
    package var states: Int
    /// Seconds of wall clock for one alignment; nil for no limit.
    package var seconds: Double?

    package init(states: Int = 1_000_000, seconds: Double? = nil) {
        self.states = states
        self.seconds = seconds
    }
}
