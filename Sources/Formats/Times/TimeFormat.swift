/// How times are written in a column. Chosen once for a column, never guessed per row: a column half day-first and
/// half month-first is an error in the data, not a reason to switch.
package enum TimeFormat: String, Sendable, Hashable, CaseIterable {
    /// Year first, as ISO 8601 has it (`2011-04-13T14:02:31.199+02:00`, `2011-04-13 14:02`, `20110413T140231Z`), and
    /// anything else that cannot be misread: month by name (`13 Apr 2011 14:02`), `2011/04/13`.
    case iso8601 = "iso"
    /// `13/04/2011 14:02`, `13.4.11 14:02:31`, `13-04-2011 2:02 PM`.
    case dayFirst = "day-first"
    /// `04/13/2011 14:02`, `4/13/11 2:02 PM`.
    case monthFirst = "month-first"
    /// Whole or decimal seconds since 1970-01-01T00:00:00Z.
    case epochSeconds = "epoch-seconds"
    case epochMilliseconds = "epoch-milliseconds"
    case epochMicroseconds = "epoch-microseconds"

    package init(named name: String) throws(FormatError) {
        guard let format = TimeFormat(rawValue: name) else { throw .unknownTimeFormat(name) }
        self = format
    }
}
