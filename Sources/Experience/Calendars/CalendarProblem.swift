/// Why a working calendar can't be used. Each says what to do.
package enum CalendarProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownZone(String)
    case badSpan(String)
    case overlappingSpans(weekday: Int)
    case badRule(name: String, why: String)
    case unknownHolidaySet(String)
    case badDate(String)
    case badReference(String)

    package var description: String {
        switch self {
        case .unknownZone(let zone):
            "“\(zone)” is not a time zone; use an IANA name such as America/New_York."
        case .badSpan(let text):
            "“\(text)” is not a span of opening hours; write HH:MM-HH:MM with the end after the start, at most 24:00."
        case .overlappingSpans(let weekday):
            "the opening hours of weekday \(weekday) (1 = Monday) overlap; make them separate spans."
        case .badRule(let name, let why): "the holiday “\(name)” can't be computed: \(why)."
        case .unknownHolidaySet(let name):
            "there is no holiday set “\(name)”; use \(HolidayRule.sets.keys.sorted().joined(separator: ", "))."
        case .badDate(let text): "“\(text)” is not a date; write YYYY-MM-DD."
        case .badReference(let text): "“\(text)” does not name a calendar; write id or id@version."
        }
    }
}
