/// The opening hours of fifty years laid end to end, so that a budget is used up by searching, not by walking days.
///
/// Covers the local days of 2000 to 2049: 0.7 MB and about 2 ms a calendar, made when first asked for. Whatever
/// begins or ends outside has no answer here and is walked.
final class OpeningTable: Sendable {
    /// Stretches of opening in order, apart, none empty.
    private let opens: [Int64]
    private let closes: [Int64]
    /// Open time before each stretch.
    private let before: [Int64]
    /// The last moment of opening of each day that opens, in order.
    private let closings: [Int64]
    /// What the table knows: from the first moment to before the last.
    private let known: Range<Int64>

    private static let days = 10_957..<29_220

    init(_ calendar: CompiledCalendar) {
        var opens: [Int64] = []
        var closes: [Int64] = []
        var before: [Int64] = []
        var closings: [Int64] = []
        var open: Int64 = 0
        for day in OpeningTable.days {
            let spans = calendar.spans(day: day)
            for (number, span) in spans.enumerated() {
                let (from, to) = calendar.bounds(span, day: day)
                if number == spans.count - 1 { closings.append(to) }
                // Hours the clocks skip are none.
                guard from < to else { continue }
                opens.append(from)
                closes.append(to)
                before.append(open)
                open += to - from
            }
        }
        self.opens = opens
        self.closes = closes
        self.before = before
        self.closings = closings
        known =
            calendar.midnight(day: OpeningTable.days.lowerBound)..<calendar.midnight(day: OpeningTable.days.upperBound)
    }

    /// Open time between two moments; nil when the table does not cover both.
    func elapsed(from start: Int64, to end: Int64) -> Int64? {
        guard known.contains(start), known.contains(end) else { return nil }
        return used(at: end) - used(at: start)
    }

    /// When so much open time has passed since a moment; nil when that lies outside the table.
    func moment(_ time: Int64, after start: Int64) -> Int64? {
        guard known.contains(start) else { return nil }
        let (target, overflow) = used(at: start).addingReportingOverflow(time)
        guard !overflow else { return nil }
        // The last stretch before which less had passed is the one that gets there, if its end does.
        let stretch = before.prefixCount { $0 < target } - 1
        guard stretch >= 0 else { return nil }
        let moment = opens[stretch] + (target - before[stretch])
        return moment <= closes[stretch] ? moment : nil
    }

    /// The closing that ends so many days after the one the start falls before, the clock standing still during
    /// `pauses` (sorted, apart); nil when it lies outside the table.
    func closing(_ days: Int, after start: Int64, pauses: [(start: Int64, end: Int64)]) -> Int64? {
        guard known.contains(start) else { return nil }
        var next = closings.prefixCount { $0 <= start }
        var left = days
        for pause in pauses {
            let resumed = closings.prefixCount { $0 < pause.end }
            guard resumed > next else { continue }
            let running = max(next, closings.prefixCount { $0 < pause.start }) - next
            if left < running { break }
            left -= running
            next = resumed
        }
        return left < closings.count - next ? closings[next + left] : nil
    }

    /// Open time from the table's beginning to a moment.
    private func used(at moment: Int64) -> Int64 {
        let stretch = opens.prefixCount { $0 <= moment } - 1
        guard stretch >= 0 else { return 0 }
        return before[stretch] + min(moment, closes[stretch]) - opens[stretch]
    }
}
