/// A figure as an analysis hands it over: a value with its interval, n, period and method. The page formats it.
package struct ShownFigure: Sendable, Hashable {
    package enum Unit: Sendable, Hashable {
        case share, seconds, days, count, perJourney
        /// A rating on 1–5.
        case score
        /// An index on 0–100.
        case points
    }

    /// Nil when there is nothing to show: no data, or suppressed.
    package var value: Double?
    package var low: Double?
    package var high: Double?
    package var n: Int
    package var unit: Unit
    /// Anchor on the methods page: "wilson", "kaplan-meier", "median-interval"…
    package var method: String
    package var period: Period?
    package var strength: Strength

    package enum Strength: Sendable, Hashable {
        case full
        /// 10–29: shown and marked.
        case few
        /// Too few to show.
        case suppressed
        /// The data end before the answer: fewer than half, or nine of ten, are done.
        case notReached
        /// What it would be worked out from is not in the record.
        case notRecorded
    }

    package init(
        value: Double?, low: Double? = nil, high: Double? = nil, n: Int, unit: Unit, method: String,
        period: Period? = nil, strength: Strength = .full
    ) {
        self.value = value
        self.low = low
        self.high = high
        self.n = n
        self.unit = unit
        self.method = method
        self.period = period
        self.strength = strength
    }

    /// Fewest people behind a published figure.
    package static let publicMinimum = 11

    /// The figure with the staff's rule applied: below 10 nothing, 10–29 marked.
    package func markedForStaff() -> ShownFigure {
        var figure = self
        if n < 10 {
            figure.strength = .suppressed
            (figure.value, figure.low, figure.high) = (nil, nil, nil)
        } else if n < 30 {
            figure.strength = .few
        }
        return figure
    }
}

/// What a service publishes about itself.
package struct PublicFacts: Sendable, Hashable {
    package var period: Period
    package var kept: ShownFigure
    package var halfDone: ShownFigure
    package var nineOfTenDone: ShownFigure
    package var solved: ShownFigure
    /// What dates were said to be kept, and what was.
    package var calibration: [CalibrationPoint]

    package init(
        period: Period, kept: ShownFigure, halfDone: ShownFigure, nineOfTenDone: ShownFigure, solved: ShownFigure,
        calibration: [CalibrationPoint] = []
    ) {
        self.period = period
        self.kept = kept
        self.halfDone = halfDone
        self.nineOfTenDone = nineOfTenDone
        self.solved = solved
        self.calibration = calibration
    }
}
