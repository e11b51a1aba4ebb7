package import Experience

/// Spans of a calendar by which a trend is drawn, in UTC.
package enum TimeBucket: String, Sendable, Codable, CaseIterable {
    case day, week, month, quarter

    /// The first day of the span a day falls in; weeks begin on Monday (ISO 8601), quarters are the calendar's.
    package func start(of date: CivilDate) -> CivilDate {
        switch self {
        case .day: return date
        case .week: return date.adding(days: 1 - date.weekday)
        case .month: return CivilDate(year: date.year, month: date.month, day: 1) ?? date
        case .quarter: return CivilDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1) ?? date
        }
    }

    package func next(after start: CivilDate) -> CivilDate {
        switch self {
        case .day: return start.adding(days: 1)
        case .week: return start.adding(days: 7)
        case .month: return self.start(of: start.adding(days: 31))
        case .quarter: return self.start(of: start.adding(days: 92))
        }
    }

    /// The span that gives a readable number of points: days up to a month, weeks up to half a year, then months.
    package static func fitting(days: Int) -> TimeBucket {
        switch days {
        case ...35: .day
        case ...190: .week
        case ...1_500: .month
        default: .quarter
        }
    }

    /// Boundaries that cover [from, through]: starts of every span and the end of the last. At most 400 spans.
    package func boundaries(from: CivilDate, through: CivilDate) -> [CivilDate] {
        var bounds = [start(of: from)]
        while let last = bounds.last, last <= through, bounds.count <= 400 { bounds.append(next(after: last)) }
        return bounds
    }
}
