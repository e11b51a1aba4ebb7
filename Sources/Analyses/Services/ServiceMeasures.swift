package import Statistics

/// What a service does for people, in a few numbers: the head of its page.
///
/// Shares carry Wilson intervals, means Student's t; times to the end are Kaplan-Meier quantiles with open
/// journeys censored. Counts are of the journeys that pass the page's filter.
package struct ServiceMeasures: Sendable, Codable {
    package var journeys: Int
    package var open: Int
    package var closed: Int
    /// Promises whose date was judged, against the last date given.
    package var promiseKept: Figure
    /// The same promises against the first date given: re-promising can't polish this one.
    package var promiseKeptFirst: Figure
    package var promisesKept: Int
    package var promisesBroken: Int
    package var promisesPending: Int
    /// Of the people who answered, those who got what they came for.
    package var solved: Figure
    /// Of the closed journeys whose person answered, those they call not solved.
    package var closedNotSolved: Figure
    package var closedNotSolvedCount: Int
    /// Days until half, and nine of ten, were closed.
    package var halfDone: Figure
    package var nineOfTenDone: Figure
    /// Mean of the 1–5 ratings.
    package var rating: Figure
    package var responses: Int
    package var contactsPerJourney: Figure
    /// Of all contacts, those that only chased or repeated.
    package var failureDemand: Figure
}

extension JourneyTable {
    /// - Parameters:
    ///   - rows: from ``rows(_:now:)``.
    ///   - now: µs; open journeys are followed until then.
    ///   - rule: how small a group may be shown, to whom.
    package func measures(
        _ rows: [Int32], now: Int64, rule: SmallSampleRule, period: Figure.Period? = nil
    ) -> ServiceMeasures {
        let counts = serviceCounts(rows, now: now)
        let times = daysUntilClosed(rows, now: now, rule: rule, period: period)
        return ServiceMeasures(
            journeys: counts.journeys, open: counts.journeys - counts.closed, closed: counts.closed,
            promiseKept: counts.promiseKept(rule: rule, period: period),
            promiseKeptFirst: counts.promiseKeptFirst(rule: rule, period: period),
            promisesKept: counts.last.kept, promisesBroken: counts.last.broken, promisesPending: counts.last.pending,
            solved: counts.solved(rule: rule, period: period),
            closedNotSolved: counts.closedNotSolved(rule: rule, period: period),
            closedNotSolvedCount: counts.closedNo, halfDone: times.half, nineOfTenDone: times.nineOfTen,
            rating: counts.ratings.mean(rule: rule, period: period), responses: counts.responses,
            contactsPerJourney: counts.contacts.mean(rule: rule, period: period),
            failureDemand: counts.failureDemandShare(rule: rule, period: period))
    }
}

extension Figure {
    /// A share with its Wilson interval; suppressed when nobody was asked.
    package static func share(
        _ part: Int, of whole: Int, rule: SmallSampleRule, period: Figure.Period? = nil
    ) -> Figure {
        Proportion(successes: part, n: whole)?.figure(rule: rule, period: period)
            ?? Figure(value: nil, n: 0, method: Method("proportion.wilson"), period: period, flag: .suppressed)
            .applying(rule)
    }
}

/// Count, sum and sum of squares of small whole numbers (ratings, contacts), exact in integers: below 2¹⁶ each they can't
/// overflow before there are 2³¹ of them.
package struct CountMoments: Sendable, Hashable, Codable {
    package private(set) var n = 0
    package private(set) var sum = 0
    private var squares = 0

    package init() {}

    /// Sums taken elsewhere.
    package init(n: Int, sum: Int, squares: Int) {
        self.n = n
        self.sum = sum
        self.squares = squares
    }

    package mutating func add(_ value: Int) {
        n &+= 1
        sum &+= value
        squares &+= value &* value
    }

    private var meanValue: Double { n > 0 ? Double(sum) / Double(n) : 0 }

    /// Sample variance; nil below two values.
    package var variance: Double? {
        n > 1 ? max(0, (Double(squares) - Double(sum) * meanValue) / Double(n - 1)) : nil
    }

    /// The mean with Student's t interval.
    package func mean(
        level: Double = 0.95, rule: SmallSampleRule, period: Figure.Period? = nil
    ) -> Figure {
        var interval: Figure.Interval?
        if let variance, n > 1 {
            let reach =
                StudentT.quantile((1 + level) / 2, df: Double(n - 1)) * (variance / Double(n)).squareRoot()
            interval = Figure.Interval(lower: meanValue - reach, upper: meanValue + reach)
        }
        return Figure(
            value: n > 0 ? meanValue : nil, interval: interval, level: level, n: n, method: .init("mean.student-t"),
            period: period
        ).applying(rule)
    }
}
