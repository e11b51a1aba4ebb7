import Statistics

/// What a walk through time found. Days are calendar days from the start unless said otherwise.
///
/// Judged are journeys that were quoted, have ended, and whose promised day lies within the data; journeys quoted whose
/// day passed without an end are counted in `openPastDue`, not judged (in an extract, lost and cancelled ones can't be
/// told from late ones). A promise is kept when the journey ends on the promised day or before.
package struct BacktestReport: Sendable, Hashable {
    package struct Month: Sendable, Hashable {
        package var month: String
        package var n: Int
        package var kept: Double
        package var meanLead: Double
    }

    package struct Group: Sendable, Hashable, Encodable {
        package var attribute: String
        package var value: String
        package var n: Int
        package var kept: Double
    }

    /// Quotes given again at a milestone, on the journeys that reached it.
    package struct Stage: Sendable, Hashable {
        package var milestone: String
        package var n: Int
        package var kept: Double
        /// From the start to the new date, and to the first date of the same journeys.
        package var meanLead: Double
        package var meanFirstLead: Double
        /// From the milestone to the new date.
        package var meanLeft: Double
    }

    /// Journeys for which breaking was said to be so likely, and how many broke.
    package struct Calibration: Sendable, Hashable, Encodable {
        package var said: Double
        package var was: Double
        package var n: Int
    }

    package var confidence: Double
    package var n = 0
    package var kept: Double?
    package var keptLow: Double?
    package var keptHigh: Double?
    package var meanLead: Double?
    package var medianLead: Double?
    /// Among months with at least 100 judged promises (else of all months).
    package var worstMonth: String?
    package var worstMonthKept: Double?
    package var worstGroup: Group?
    package var months: [Month] = []
    /// Of all journeys started, the share given a date.
    package var quotedShare: Double?
    package var pinball: Double?
    /// Mean width between the 1 − p and p quantiles, in days.
    package var intervalDays: Double?
    package var ownKept: Double?
    package var ownMeanLead: Double?
    package var ownPinball: Double?
    /// The confidence at which as many are kept as of the own promises, the mean lead there, and the own mean lead of the
    /// same journeys: those that could be quoted at every confidence tried.
    package var matchedConfidence: Double?
    package var matchedMeanLead: Double?
    package var matchedOwnMeanLead: Double?
    /// One Kaplan-Meier quantile for all journeys, walked through the same days.
    package var pooledKept: Double?
    package var pooledMeanLead: Double?
    /// Of the broken promises, the share announced at least three days before their date.
    package var warnedShare: Double?
    package var warnedDaysMedian: Double?
    /// Of the announcements, the share that came true.
    package var warnedRight: Double?
    package var stages: [Stage] = []
    package var calibration: [Calibration] = []
    package var openPastDue = 0
    /// Why journeys got no date.
    package var unquoted: [String: Int] = [:]

    package init(confidence: Double) { self.confidence = confidence }
}
