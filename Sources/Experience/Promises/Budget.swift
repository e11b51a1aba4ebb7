/// What a promise allows: the date follows from it, the calendar and the ledger.
package enum Budget: Sendable, Hashable, Codable {
    case workingDays(Int)
    /// Opening hours, in microseconds.
    case workingTime(microseconds: Int64)
    case calendarDays(Int)
    case calendarTime(microseconds: Int64)

    /// The word kept in events: `working_days`, `working_time`, `calendar_days`, `calendar_time`.
    package var unit: String {
        switch self {
        case .workingDays: "working_days"
        case .workingTime: "working_time"
        case .calendarDays: "calendar_days"
        case .calendarTime: "calendar_time"
        }
    }

    /// Days, or microseconds.
    package var amount: Int64 {
        switch self {
        case .workingDays(let days), .calendarDays(let days): Int64(days)
        case .workingTime(let time), .calendarTime(let time): time
        }
    }

    package init?(unit: String, amount: Int64) {
        guard amount >= 0 else { return nil }
        switch unit {
        case "working_days": self = .workingDays(Int(amount))
        case "working_time": self = .workingTime(microseconds: amount)
        case "calendar_days": self = .calendarDays(Int(amount))
        case "calendar_time": self = .calendarTime(microseconds: amount)
        default: return nil
        }
    }
}
