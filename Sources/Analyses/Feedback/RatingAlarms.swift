package import Experience
import Statistics

/// Places whose ratings left their limits, with the number of alarms a year that chance alone would raise.
///
/// Each place's daily means are standardised by their own day's n and by how much days have differed before (so that uneven
/// days do not cry wolf), smoothed (EWMA, λ 0.1), and held against limits from the past. The last eight weeks are watched,
/// everything before is the past.
package struct RatingAlarms: Sendable {
    package struct Alarm: Sendable, Hashable {
        /// Touchpoint, or the channel where answers came without one.
        package var place: String
        package var since: CivilDate
        package var isWorse: Bool
        /// Mean rating since then, and before.
        package var value: Double
        package var usual: Double
        /// Fewer than 100 answers stand behind the limits.
        package var isProvisional: Bool
    }

    package private(set) var alarms: [Alarm] = []
    package private(set) var places = 0
    /// Expected false alarms a year over all places.
    package private(set) var perYear: Double?

    static let watchedDays = 56
    static let lambda = 0.1
    /// Limits of 2.95 deviations leave about 790 days between false alarms of one place.
    static let width = 2.95
    static let runLength: Double = RunLength.ewma(lambda: lambda, width: width, shift: 0) ?? 500

    /// - Parameter until: microseconds; answers from there on are not looked at.
    package init(_ columns: ResponseColumns, item: SurveyItem = .satisfaction, until: Int64) {
        guard let first = columns.occurred.min(), first < until else {
            perYear = 0
            return
        }
        let firstDay = floorDivide(first, Instant.day)
        let firstWatched = Int(floorDivide(until - 1, Instant.day) - firstDay) - RatingAlarms.watchedDays + 1
        let days = Array(stride(from: firstDay * Instant.day, to: until, by: Int(Instant.day))) + [until]
        let names = columns.surveys.map { $0.touchpoint.isEmpty ? $0.channel.rawValue : $0.touchpoint }
        let order = Set(names).sorted()
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let daily = RatingsByPeriod(columns, item, edges: days, groups: names.map { places[$0] ?? -1 })
        for (name, days) in zip(order, daily.groups) {
            guard let past = Past(days.filter { $0.number < firstWatched }) else { continue }
            self.places += 1
            let watched = days.filter { $0.number >= firstWatched }
            guard
                let chart = EwmaChart.run(
                    values: watched.map { past.deviation($0) }, mean: 0, sigma: past.spread,
                    lambda: RatingAlarms.lambda, width: RatingAlarms.width), let first = chart.points.lastStretch
            else { continue }
            let since = watched[first...]
            let mean = Double(since.reduce(0) { $0 + $1.sum }) / Double(since.reduce(0) { $0 + $1.n })
            alarms.append(
                Alarm(
                    place: name, since: CivilDate(daysSince1970: Int(firstDay) + watched[first].number),
                    isWorse: mean < past.usual,
                    value: mean, usual: past.usual, isProvisional: past.n < provisionalChartObservations))
        }
        perYear = AlarmRate.perYear(
            streams: Double(self.places), observationsPerYear: 365, runLength: RatingAlarms.runLength)
    }
}

/// What a place's days were like before those that are watched.
private struct Past {
    let n: Int
    let usual: Double
    private let variance: Double
    /// How much days differed, in deviations of their own n: above 1 where more than chance makes them differ (weather, staff,
    /// queues).
    private(set) var spread = 1.0

    /// Nil with fewer than 30 answers or 20 days: too little to call anything unusual.
    init?(_ days: [RatingsByPeriod.Period]) {
        let counts = (0..<5).map { value in days.reduce(0) { $0 + $1.counts[value] } }
        n = counts.reduce(0, +)
        guard n >= 30, days.count >= 20 else { return nil }
        var (sum, squares) = (0.0, 0.0)
        for (place, count) in counts.enumerated() {
            sum += Double(count * (place + 1))
            squares += Double(count * (place + 1) * (place + 1))
        }
        usual = sum / Double(n)
        variance = max(squares / Double(n) - usual * usual, 0.01)
        let deviations = days.map { deviation($0) }
        spread = max(1, (deviations.reduce(0) { $0 + $1 * $1 } / Double(days.count)).squareRoot())
    }

    /// A day's mean in its own standard errors from the usual.
    func deviation(_ day: RatingsByPeriod.Period) -> Double {
        let n = Double(day.n)
        return (Double(day.sum) / n - usual) / (variance / n).squareRoot()
    }
}

extension [ChartPoint] {
    /// Where the alarm that still stands at the end began; nil when the last point is inside its limits.
    fileprivate var lastStretch: Int? {
        guard let last, last.isAlarm else { return nil }
        var start = count - 1
        while start > 0, self[start - 1].isAlarm { start -= 1 }
        return start
    }
}
