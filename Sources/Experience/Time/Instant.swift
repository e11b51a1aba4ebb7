/// A moment: whole microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
///
/// One integer rather than `Foundation.Date`: exact in the record, in the columnar log and in every
/// comparison, and free of locale. Differences are exact; a range of about ±292,000 years is refused
/// only by the parsers that make instants.
package struct Instant: Hashable, Comparable, Sendable, Codable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(seconds: Int64) { microseconds = seconds &* 1_000_000 }

    package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    package init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }

    /// Seconds from `other` to this instant; negative when this one is earlier.
    package func seconds(since other: Instant) -> Double {
        Double(microseconds &- other.microseconds) / 1_000_000
    }

    package static let minute: Int64 = 60 * 1_000_000
    package static let hour: Int64 = 60 * minute
    package static let day: Int64 = 24 * hour

    /// This instant moved by a number of microseconds, held at the ends of the range instead of wrapping.
    package func advanced(by microseconds: Int64) -> Instant {
        let (sum, overflow) = self.microseconds.addingReportingOverflow(microseconds)
        if overflow { return Instant(microseconds: microseconds > 0 ? .max : .min) }
        return Instant(microseconds: sum)
    }
}
