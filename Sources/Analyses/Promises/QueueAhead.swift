/// How much work was ahead of whoever began on a day: journeys begun and not ended, over how many ended a working day
/// lately (Little's law), in working days. For all journeys, and for those of the same first attribute.
///
/// Finished journeys tell how long the queue was when they joined it; the queue itself tells what those who join now will
/// wait, long before any of them has finished. A day's value comes from the days before it only, so the whole table can be
/// made at once and every morning reads what was known on it.
struct QueueAhead: Sendable {
    struct Value: Sendable, Hashable {
        var all: Double
        var group: Double
    }

    private let first: Int
    private let all: [Float]
    /// By level of the first attribute.
    private let groups: [[Float]]

    /// Journeys open for longer, in days, are taken for ones that will not end.
    static let longest: Int32 = 180
    /// Endings of so many days make the rate.
    static let lately = 14
    /// A group's rate leans on the whole as if it had so many more endings.
    static let prior = 3.0
    /// With more levels than this only the whole queue is counted.
    static let mostGroups = 200

    /// Counts up to the morning of `last`.
    init(_ history: PromiseHistory, count: DayCount, through last: Int) {
        let first = history.start.first.map { Int($0) } ?? last
        let days = max(1, last - first + 1)
        let levels = history.codes.isEmpty ? 0 : history.coding.sizes[0]
        let grouped = (2...QueueAhead.mostGroups).contains(levels) ? levels : 0
        var tallies = Array(repeating: Tally(days: days), count: grouped + 1)
        let ends = history.ends
        for row in 0..<history.count {
            let start = Int(history.start[row]) - first
            guard start < days else { break }
            let left = min(ends[row], history.start[row] + QueueAhead.longest)
            let hasEnded = ends[row] == left
            let group = grouped > 0 ? Int(history.codes[0][row]) : -1
            tallies[grouped].add(start, Int(left) - first, hasEnded: hasEnded)
            if group >= 0 { tallies[group].add(start, Int(left) - first, hasEnded: hasEnded) }
        }
        let spans = (0..<days).map { day in
            Double(max(1, count.steps(from: first + day - QueueAhead.lately - 1, to: first + day - 1)))
        }
        let whole = tallies[grouped].waits(spans) { _ in (0.5, 1) }
        self.first = first
        all = whole
        groups = (0..<grouped).map { group in
            tallies[group].waits(spans) { day in
                (QueueAhead.prior * Double(whole[day]) / spans[day], QueueAhead.prior)
            }
        }
    }

    /// What was ahead on the morning of a day; of a day after the last one known, what was ahead then.
    func value(on day: Int, group: Int32?) -> Value {
        let at = min(max(day - first, 0), all.count - 1)
        let whole = Double(all[at])
        guard let group, group >= 0, Int(group) < groups.count else { return Value(all: whole, group: whole) }
        return Value(all: whole, group: Double(groups[Int(group)][at]))
    }

    /// Beginnings, departures and endings by day.
    private struct Tally {
        var begun: [Int32]
        var left: [Int32]
        var ended: [Int32]

        init(days: Int) {
            begun = Array(repeating: 0, count: days)
            left = begun
            ended = begun
        }

        mutating func add(_ start: Int, _ end: Int, hasEnded: Bool) {
            begun[max(0, start)] += 1
            guard end >= 0, end < left.count else { return }
            left[end] += 1
            if hasEnded { ended[end] += 1 }
        }

        /// Working days of work ahead on each morning. `prior`: so many more open ones and endings.
        func waits(_ spans: [Double], prior: (Int) -> (open: Double, ended: Double)) -> [Float] {
            var open = 0
            var lately = 0
            return begun.indices.map { day in
                if day > 0 {
                    open += Int(begun[day - 1]) - Int(left[day - 1])
                    lately += Int(ended[day - 1])
                    if day > QueueAhead.lately { lately -= Int(ended[day - 1 - QueueAhead.lately]) }
                }
                let more = prior(day)
                return Float(min(2_000, spans[day] * (Double(open) + more.open) / (Double(lately) + more.ended)))
            }
        }
    }
}
