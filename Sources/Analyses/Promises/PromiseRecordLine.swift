package import Experience

/// What one promise adds to a service's record.
package struct PromiseRecordLine: Sendable, Hashable {
    package var journey: String
    /// Values by which the record is cut: supplier, office, step…
    package var groups: [String: String]
    package var first: PromiseClock.Verdict
    package var last: PromiseClock.Verdict
    /// Working days between the first date and the end (or now), where that is past; 0 when kept.
    package var lateDays: Int?
    package var repromises: Int
    /// Working time by holder of the clock, in microseconds; nil key = the service.
    package var held: [ClockHolder?: Int64]
    package var isCancelled: Bool
    /// The person's rating, where one was given.
    package var rating: Double?
    /// The probability said with the first date.
    package var probability: Double?
    /// The first date passed in this stretch of the journey: only on the lines of steps.
    package var passedHere = false

    package init(
        journey: String, groups: [String: String], first: PromiseClock.Verdict, last: PromiseClock.Verdict,
        lateDays: Int? = nil, repromises: Int = 0, held: [ClockHolder?: Int64] = [:], isCancelled: Bool = false,
        rating: Double? = nil, probability: Double? = nil
    ) {
        self.journey = journey
        self.groups = groups
        self.first = first
        self.last = last
        self.lateDays = lateDays
        self.repromises = repromises
        self.held = held
        self.isCancelled = isCancelled
        self.rating = rating
        self.probability = probability
    }

    /// Reads a clock; nil while nothing was promised, or its calendar is not known.
    package init?(
        journey: String, clock: PromiseClock, groups: [String: String], rating: Double?, now: Instant,
        calendars: CalendarSet
    ) {
        guard let due = clock.firstDue, let reference = clock.calendar, let calendar = calendars[reference] else {
            return nil
        }
        let end = clock.endedAt ?? now
        let verdict = clock.verdict(.first, now: now)
        var held: [ClockHolder?: Int64] = [:]
        for holding in clock.holdings(until: now) {
            held[holding.waitingFor, default: 0] += calendar.elapsed(from: holding.start, to: holding.end)
        }
        var late = 0
        if verdict == .broken {
            let from = calendar.dateToSay(for: due).daysSince1970
            let to = calendar.date(of: end).daysSince1970
            late = (from..<max(from, to)).count { calendar.isWorkingDay(CivilDate(daysSince1970: $0 + 1)) }
        }
        self.init(
            journey: journey, groups: groups, first: verdict, last: clock.verdict(.last, now: now), lateDays: late,
            repromises: clock.repromises, held: held, isCancelled: clock.state == .withdrawn, rating: rating,
            probability: clock.probability)
    }
}
