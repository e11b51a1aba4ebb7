/// The time a collection costs the public in a year, as agencies must publish it.
///
/// - Formula: hours = respondents × responses each × minutes / 60; opportunity cost = hours × hourly value. Exact fractions
///   throughout, rounded half up only where a published table rounds.
/// - Reference: 44 U.S.C. 3502(2); 5 CFR 1320.3(b)(1); OMB M-22-10 (waiting and gathering records count too).
/// - The hourly value is configuration with a source and a date; use one value for all people, hours first, money second.
/// - Do not add learning or psychological costs in money; say them in words or on a short scale.
package struct BurdenEstimate: Sendable, Equatable {
    /// One line of a burden table.
    package struct Line: Sendable, Equatable {
        package let respondents: ExactRational
        /// Responses per respondent and year.
        package let frequency: ExactRational
        /// Minutes per response spent on the form.
        package let formMinutes: ExactRational
        /// Minutes per response spent waiting (office, phone); kept apart.
        package let waitMinutes: ExactRational

        /// `nil` when a number is negative.
        package init?(
            respondents: ExactRational, frequency: ExactRational, formMinutes: ExactRational,
            waitMinutes: ExactRational = ExactRational(0)
        ) {
            guard [respondents, frequency, formMinutes, waitMinutes].allSatisfy({ $0.numerator >= 0 })
            else { return nil }
            self.respondents = respondents
            self.frequency = frequency
            self.formMinutes = formMinutes
            self.waitMinutes = waitMinutes
        }
    }

    package let formHours: ExactRational
    package let waitHours: ExactRational
    /// Cost of form and waiting hours together, unrounded hours × value.
    package let cost: ExactRational
    /// Form hours rounded half up to whole hours, as notices print them.
    package let roundedFormHours: Int128
    /// Rounded form hours × value, rounded half up to whole currency units, as notices print it.
    package let roundedFormCost: Int128

    /// Computes one line; `nil` for a negative hourly value or numbers too large to hold exactly.
    package init?(_ line: Line, hourlyValue: ExactRational) {
        guard hourlyValue.numerator >= 0, let perMinute = ExactRational(1, over: 60),
            let responses = line.respondents.times(line.frequency),
            let form = responses.times(line.formMinutes)?.times(perMinute),
            let wait = responses.times(line.waitMinutes)?.times(perMinute),
            let cost = form.adding(wait)?.times(hourlyValue), let hours = form.rounded(),
            let published = ExactRational(hours, over: 1)?.times(hourlyValue)?.rounded()
        else { return nil }
        formHours = form
        waitHours = wait
        self.cost = cost
        roundedFormHours = hours
        roundedFormCost = published
    }

    /// Column totals the way notices make them: sums of the rounded rows. `nil` on overflow.
    package static func publishedTotals(_ rows: [BurdenEstimate]) -> (hours: Int128, cost: Int128)? {
        var hours: Int128 = 0
        var cost: Int128 = 0
        for row in rows {
            let h = hours.addingReportingOverflow(row.roundedFormHours)
            let c = cost.addingReportingOverflow(row.roundedFormCost)
            guard !h.overflow, !c.overflow else { return nil }
            hours = h.partialValue
            cost = c.partialValue
        }
        return (hours, cost)
    }
}
