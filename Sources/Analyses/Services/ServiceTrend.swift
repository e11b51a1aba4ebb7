package import Experience
package import Statistics

/// How a service did over time.
package struct ServiceTrend: Sendable, Codable {
    package struct Point: Sendable, Codable {
        /// ISO days, both included.
        package var from: String
        package var through: String
        package var opened: Int
        package var closed: Int
        /// Promises by the span their date fell in.
        package var promiseKept: Figure
        /// Answers by the span the journey was closed in.
        package var solved: Figure
        package var closedNotSolved: Int
        package var rating: Figure
        /// The last span, still running.
        package var isPartial: Bool
    }

    package var bucket: TimeBucket
    package var points: [Point]
}

extension JourneyTable {
    /// Counts each journey in the span its question belongs to: opened when it began, kept when its date fell due,
    /// solved and rated when it was closed. A promise whose date is still to come is in no point.
    package func trend(
        _ rows: [Int32], by bucket: TimeBucket, from: CivilDate, through: CivilDate, now: Int64, rule: SmallSampleRule
    ) -> ServiceTrend {
        let bounds = bucket.boundaries(from: from, through: through)
        guard bounds.count > 1 else { return ServiceTrend(bucket: bucket, points: []) }
        let edges = bounds.map { $0.startUTC.microseconds }
        let dayOfFirst = bounds[0].daysSince1970
        // A span for every day once, so that the loop over journeys looks up instead of searching.
        var spanOfDay: [Int32] = []
        for span in 0..<(bounds.count - 1) {
            let days = bounds[span + 1].daysSince1970 - bounds[span].daysSince1970
            spanOfDay.append(contentsOf: repeatElement(Int32(span), count: days))
        }
        func span(_ time: Int64) -> Int? {
            guard time >= edges[0], time < edges[edges.count - 1] else { return nil }
            return Int(spanOfDay[Int(time / Instant.day) - dayOfFirst])
        }
        var tallies = [Tally](repeating: Tally(), count: bounds.count - 1)
        for index in rows {
            let row = Int(index)
            if let at = span(opened[row]) { tallies[at].opened += 1 }
            if closed[row] != Self.notYet, let at = span(closed[row]) {
                tallies[at].closed += 1
                if rating[row] > 0 { tallies[at].rating.add(Int(rating[row])) }
                switch outcome[row] {
                case .yes:
                    tallies[at].yes += 1
                    tallies[at].answered += 1
                case .partly: tallies[at].answered += 1
                case .no:
                    tallies[at].no += 1
                    tallies[at].answered += 1
                case .unanswered: break
                }
            }
            switch verdict(row, .last, now: now) {
            case .kept:
                if let at = span(lastDue[row]) {
                    tallies[at].kept += 1
                    tallies[at].judged += 1
                }
            case .broken:
                if let at = span(lastDue[row]) { tallies[at].judged += 1 }
            case .pending, .none: break
            }
        }
        var points: [ServiceTrend.Point] = []
        for (at, tally) in tallies.enumerated() {
            let through = bounds[at + 1].adding(days: -1)
            let period = Figure.Period(from: bounds[at].description, through: through.description)
            points.append(
                ServiceTrend.Point(
                    from: bounds[at].description, through: through.description, opened: tally.opened,
                    closed: tally.closed,
                    promiseKept: .share(tally.kept, of: tally.judged, rule: rule, period: period),
                    solved: .share(tally.yes, of: tally.answered, rule: rule, period: period),
                    closedNotSolved: tally.no, rating: tally.rating.mean(rule: rule, period: period),
                    isPartial: edges[at + 1] > now))
        }
        return ServiceTrend(bucket: bucket, points: points)
    }

    private struct Tally {
        var opened = 0
        var closed = 0
        var kept = 0
        var judged = 0
        var yes = 0
        var no = 0
        var answered = 0
        var rating = CountMoments()
    }
}
