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
        struct Day {
            var n = 0.0
            var sum = 0.0
        }
        let lastDay = Int(floorDivide(until - 1, Instant.day))
        let firstWatched = lastDay - RatingAlarms.watchedDays + 1
        var days: [String: [Int: Day]] = [:]
        var squares: [String: (n: Double, sum: Double, squares: Double)] = [:]
        let names = columns.surveys.map { $0.touchpoint.isEmpty ? $0.channel.rawValue : $0.touchpoint }
        let shift = UInt64(3 * (item.rawValue - 1))
        for row in columns.answers.indices where columns.held[row] == 0 && columns.occurred[row] < until {
            let value = Double(columns.answers[row] >> shift & 7)
            guard value > 0 else { continue }
            let name = names[Int(columns.survey[row])]
            let day = Int(floorDivide(columns.occurred[row], Instant.day))
            days[name, default: [:]][day, default: Day()].n += 1
            days[name, default: [:]][day, default: Day()].sum += value
            if day < firstWatched {
                var past = squares[name] ?? (0, 0, 0)
                past.n += 1
                past.sum += value
                past.squares += value * value
                squares[name] = past
            }
        }
        for (name, found) in days.sorted(by: { $0.key < $1.key }) {
            guard let past = squares[name], past.n >= 30 else { continue }
            let usual = past.sum / past.n
            let variance = max(past.squares / past.n - usual * usual, 0.01)
            func z(_ day: Day) -> Double { (day.sum / day.n - usual) / (variance / day.n).squareRoot() }
            let before = found.filter { $0.key < firstWatched }.map { z($0.value) }
            guard before.count >= 20 else { continue }
            places += 1
            // Days differ by more than chance: shared weather, staff, queues.
            let spread = max(1, (before.reduce(0) { $0 + $1 * $1 } / Double(before.count)).squareRoot())
            let watched = found.filter { $0.key >= firstWatched }.sorted { $0.key < $1.key }
            guard
                let chart = EwmaChart.run(
                    values: watched.map { z($0.value) }, mean: 0, sigma: spread, lambda: RatingAlarms.lambda,
                    width: RatingAlarms.width), let first = chart.points.lastStretch
            else { continue }
            let since = watched[first...]
            let n = since.reduce(0) { $0 + $1.value.n }
            let mean = since.reduce(0) { $0 + $1.value.sum } / n
            alarms.append(
                Alarm(
                    place: name, since: CivilDate(daysSince1970: watched[first].key), isWorse: mean < usual,
                    value: mean, usual: usual, isProvisional: past.n < Double(provisionalChartObservations)))
        }
        perYear = AlarmRate.perYear(
            streams: Double(places), observationsPerYear: 365, runLength: RatingAlarms.runLength)
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
