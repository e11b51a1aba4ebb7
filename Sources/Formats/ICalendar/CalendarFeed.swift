package import Experience

/// The closures in an iCalendar feed (RFC 5545), as a working calendar takes them.
///
/// Read are VEVENTs: all-day and timed, of one or several days, TZID, UTC and floating times, folded and escaped lines,
/// RRULE with FREQ=YEARLY (INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY with an ordinal), EXDATE and RDATE.
/// Cancelled and transparent events close nothing. Other frequencies are reported as findings, not guessed.
package struct CalendarFeed: Sendable, Hashable {
    package var closures: [CalendarDefinition.Closure] = []
    /// What was left out, with the line the event begins on.
    package var findings: [Finding] = []

    package struct Finding: Sendable, Hashable, CustomStringConvertible {
        package var line: Int
        package var reason: String
        package var description: String { "line \(line): \(reason)" }
    }

    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case notACalendar
        case neverEnds(line: Int)
        case tooLarge(limit: Int)

        package var description: String {
            switch self {
            case .notACalendar: "this is no iCalendar feed: it does not begin with BEGIN:VCALENDAR."
            case .neverEnds(let line): "the event that begins on line \(line) has no END:VEVENT; fetch the feed again."
            case .tooLarge(let limit): "the feed is larger than \(limit) bytes; import a shorter span."
            }
        }
    }

    package static let limit = 8_000_000
    /// An event longer than this is left out: a feed that closes for years is a mistake.
    static let longestDays = 366

    /// Reads a feed; yearly rules are written out for `years`. Timed closures are given in the local time of `zone`, the
    /// zone of the calendar they will close.
    package init(_ text: String, years: ClosedRange<Int>, zone: String) throws(Problem) {
        guard text.utf8.count <= CalendarFeed.limit else { throw .tooLarge(limit: CalendarFeed.limit) }
        let lines = ContentLine.unfold(text)
        guard let first = lines.first, first.name == "BEGIN", first.value.uppercased() == "VCALENDAR" else {
            throw .notACalendar
        }
        var event: FeedEvent?
        var depth = 0
        for line in lines {
            switch (line.name, line.value.uppercased()) {
            case ("BEGIN", "VEVENT"):
                if let event { throw .neverEnds(line: event.line) }
                event = FeedEvent(line: line.line)
                depth = 0
            case ("END", "VEVENT"):
                if let event { add(event, years, zone) }
                event = nil
            case ("BEGIN", _): depth += 1
            case ("END", _): depth -= 1
            default:
                // An alarm inside an event has times of its own.
                if depth == 0 { event?.take(line) }
            }
        }
        if let event { throw .neverEnds(line: event.line) }
        closures.sort { ($0.date, $0.hours?.start ?? -1, $0.name) < ($1.date, $1.hours?.start ?? -1, $1.name) }
        closures = closures.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    private mutating func add(_ event: FeedEvent, _ years: ClosedRange<Int>, _ zone: String) {
        guard !event.isOpen else { return }
        do throws(FeedEvent.Unreadable) {
            let starts = try event.dates(years)
            for date in starts {
                closures += try event.closures(from: date, zone: zone)
            }
        } catch {
            findings.append(Finding(line: event.line, reason: error.reason))
        }
    }
}
