/// Opening hours within one local day, in minutes after midnight: `start` included, `end` (at most 1,440) not.
/// Hours across midnight are two spans. Written "09:00-17:00".
package struct DailySpan: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    package let start: Int
    package let end: Int

    package init?(start: Int, end: Int) {
        guard start >= 0, end <= 1440, start < end else { return nil }
        self.start = start
        self.end = end
    }

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = DailySpan.minutes(parts[0]), let end = DailySpan.minutes(parts[1]) else {
            return nil
        }
        self.init(start: start, end: end)
    }

    package static let wholeDay = DailySpan(uncheckedStart: 0, end: 1440)

    init(uncheckedStart start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    private static func minutes(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, (1...2).contains(parts[0].count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= 1440
        else { return nil }
        return hours * 60 + minutes
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let span = DailySpan(text) else { throw CalendarProblem.badSpan(String(text.prefix(40))) }
        self = span
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    package static func < (a: DailySpan, b: DailySpan) -> Bool { (a.start, a.end) < (b.start, b.end) }

    package var description: String {
        func clock(_ minutes: Int) -> String {
            let (h, m) = (minutes / 60, minutes % 60)
            return (h < 10 ? "0\(h)" : "\(h)") + (m < 10 ? ":0\(m)" : ":\(m)")
        }
        return clock(start) + "-" + clock(end)
    }

    /// What is left of `spans` when `hole` is taken out of each.
    static func subtract(_ hole: DailySpan, from spans: [DailySpan]) -> [DailySpan] {
        spans.flatMap { span -> [DailySpan] in
            let before = DailySpan(start: span.start, end: min(span.end, hole.start))
            let after = DailySpan(start: max(span.start, hole.end), end: span.end)
            return [before, after].compactMap { $0 }
        }
    }
}
