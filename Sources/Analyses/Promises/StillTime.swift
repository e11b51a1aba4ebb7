package import Experience

/// What the clock of one promise has lost by standing still: its date moves by as much, so a time that is to be held
/// against the date leaves it out.
package struct StillTime: Sendable, Hashable {
    /// The first date as it was given, and as it stands; nil where no wait has moved it.
    package var given: Instant?
    package var due: Instant?
    /// Since when the clock stands still now.
    package var waitingSince: Instant?

    package static let none = StillTime(given: nil, due: nil, waitingSince: nil)

    package init(given: Instant?, due: Instant?, waitingSince: Instant?) {
        self.given = given
        self.due = due
        self.waitingSince = waitingSince
    }

    package init(_ clock: PromiseClock) {
        self.init(given: clock.movedFrom, due: clock.firstDue, waitingSince: clock.waitingSince)
    }
}

extension DayCount {
    /// Working days in which the clock stood still, as the promise's own date has moved by them; with those of a wait
    /// that lasts, up to the morning of `today`.
    package func still(_ time: StillTime, _ calendar: WorkingCalendar, until today: CivilDate) -> Int {
        var days = 0
        if let given = time.given, let due = time.due {
            days = steps(
                from: calendar.dateToSay(for: given).daysSince1970, to: calendar.dateToSay(for: due).daysSince1970)
        }
        guard let since = time.waitingSince else { return days }
        return days + steps(from: calendar.date(of: since).daysSince1970, to: today.daysSince1970 - 1)
    }
}
