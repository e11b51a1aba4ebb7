/// The clock of one promise: an append-only ledger, and everything that follows from it.
///
/// A pure state machine: no time source, no I/O; the same lines in any order of arrival give the same state, because
/// the ledger is kept in the order of occurrence (ties in the order of arrival) and read from the start after every
/// line. Rules for lines that don't fit, none of which traps:
///
/// - A line before the promise is armed, a second arming, a resume without its pause, a pause id used twice, or
///   anything after the promise is met or withdrawn stays in the ledger without effect, is listed in `withoutEffect`,
///   and `apply` throws why. If what it needed arrives later, it takes effect then.
/// - Overlapping pauses stop the clock until the last of them ends.
/// - Pauses move every date given before or during them, the first as well as the last.
/// - `broken` is a note; a later re-promise opens the promise again, and a late `met` is still recorded (the state
///   stays `broken`, `endedAt` says when).
/// - Meeting a promise at exactly the due moment keeps it.
package struct PromiseClock: Sendable, Hashable, Codable {
    package struct Line: Sendable, Hashable, Codable {
        package var at: Instant
        package var entry: PromiseEntry

        package init(at: Instant, entry: PromiseEntry) {
            self.at = at
            self.entry = entry
        }
    }

    package enum State: String, Sendable, Hashable, Codable {
        case unarmed, open, paused, met, broken, withdrawn
    }

    package struct Pause: Sendable, Hashable, Codable {
        package var id: String
        package var waitingFor: ClockHolder
        package var holder: String?
        package var start: Instant
        /// Nil while it lasts.
        package var end: Instant?
    }

    package struct Commitment: Sendable, Hashable, Codable {
        package var at: Instant
        package var commitment: PromiseCommitment
        /// Nil for the first.
        package var reason: String?
        package var told: Bool
    }

    package internal(set) var ledger: [Line] = []
    package internal(set) var state = State.unarmed
    package internal(set) var terms: PromiseTerms?
    /// The first is the arming, the rest re-promises.
    package internal(set) var commitments: [Commitment] = []
    package internal(set) var pauses: [Pause] = []
    /// The calendar version that the dates below come from.
    package internal(set) var calendar: CalendarReference?
    /// The first date as it was told to the person: before any pause or change of calendar.
    package internal(set) var dateGiven: Instant?
    /// The derived dates. While paused: as if the clock ran on now, so the earliest they can be.
    package internal(set) var firstDue: Instant?
    package internal(set) var lastDue: Instant?
    /// When it was met or withdrawn.
    package internal(set) var endedAt: Instant?
    /// When a passed date was noted, since the last re-promise.
    package internal(set) var brokenAt: Instant?
    /// Positions in the ledger of lines that changed nothing.
    package internal(set) var withoutEffect: [Int] = []
    var isMet = false

    package init() {}

    package var armedAt: Instant? { commitments.first?.at }
    package var probability: Double? { terms?.probability }
    package var repromises: Int { max(0, commitments.count - 1) }
    package var isEnded: Bool { endedAt != nil }
    /// Re-promised, and the person has not been told of the last date.
    package var isUntold: Bool { !(commitments.last?.told ?? true) }

    /// Adds a line. Throws when it has no effect now; it is kept all the same.
    ///
    /// Cost: the days to the due dates; for a line that comes late the ledger is read again from its start.
    package mutating func apply(
        _ entry: PromiseEntry, at: Instant, calendars: CalendarSet
    ) throws(PromiseProblem) {
        var position = ledger.count
        while position > 0, ledger[position - 1].at > at { position -= 1 }
        let line = Line(at: at, entry: entry)
        if position == ledger.count {
            // In order, as nearly always: what the earlier lines left is the state to go on from.
            ledger.append(line)
            if let problem = follow(line, at: position, calendars) { throw problem }
            return
        }
        ledger.insert(line, at: position)
        if let problem = replay(calendars, watching: position) { throw problem }
    }
}
